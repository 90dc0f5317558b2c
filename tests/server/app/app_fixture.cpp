#include "tests/server/app/app_fixture.h"

namespace valv::app::testing {

Config local_config(const std::filesystem::path& data_folder) {
    Config config;
    config.data_folder = data_folder.string();
    config.staff_listen = config.public_listen = config.metrics_listen = "127.0.0.1:0";
    config.local_only = true;
    return config;
}

}  // namespace valv::app::testing

#include "server/app/server_parts.h"

#include "server/app/init.h"
#include "server/app/secret_files.h"

namespace valv::app {
namespace {

// Before the folder is opened, because opening it makes what is missing.
const std::string& checked_folder(const Config& config) {
    require_private_folder(config.data_folder);
    static_cast<void>(require_secret(std::filesystem::path(config.data_folder) / "secrets" /
                                     kStaffCertificateFile));
    return config.data_folder;
}

}  // namespace

ServerParts::ServerParts(const Config& config, Clock& clock, RandomSource& random)
    : folder_(checked_folder(config)),
      store_(folder_.database(), {.free_reserve = [this] { folder_.free_reserve(); }}),
      blobs_(folder_.blobs(), {.has_room = [this] { return folder_.has_room(); }}),
      erasure_keys_(folder_.erasure()),
      log_keys_(log_key_folder(folder_.secrets())),
      tokens_(token_folder(folder_.secrets())),
      time_(clock, store_),
      environment_{.store = store_,
                   .blobs = blobs_,
                   .erasure_keys = erasure_keys_,
                   .log_keys = log_keys_,
                   .tokens = tokens_,
                   .time = time_,
                   .random = random,
                   .quotas = {.max_document_bytes = config.max_document_bytes,
                              .vault_bytes = config.vault_quota_bytes}},
      services_(environment_) {}

}  // namespace valv::app

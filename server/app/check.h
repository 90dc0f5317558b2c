#pragma once

#include <string>

#include "common/base/clock.h"
#include "common/base/random.h"
#include "server/app/config.h"
#include "server/store/check.h"

namespace valv::app {

struct CheckResult {
    std::string text;  // for the operator
    bool is_good = false;
};

// Whether the data folder is what it has to be: database, notes, documents, links, logs, keys, and
// who may read the secrets. The server must be stopped: it holds the folder's lock.
[[nodiscard]] CheckResult check(const Config& config, store::ReadData read_data, Clock& clock,
                                RandomSource& random);

}  // namespace valv::app

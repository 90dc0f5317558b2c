#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "common/base/clock.h"
#include "common/base/log.h"
#include "common/protocol/version.h"
#include "server/http/exchange.h"
#include "server/service/services.h"
#include "server/store/store.h"

namespace valv::http {

// A file of the recipients' page. `path` is the whole path: `/o`, `/o/app.0123.js`.
struct PageFile {
    std::string_view path;
    std::string_view media_type;
    std::string_view body;
    bool is_immutable = false;
};

struct ApplicationParts {
    service::Services& services;
    store::Store& store;
    std::span<const PageFile> page;
    Clock& clock;
    Logger& logger;
    std::string_view min_client = protocol::kMinClient;
};

// Everything behind the three listeners: route, rules for every call (docs/protocol.md section 1),
// handler, errors, one access line. Callable from any thread; the parts outlive it.
[[nodiscard]] std::unique_ptr<Application> make_application(const ApplicationParts& parts);

}  // namespace valv::http

#pragma once

#include <memory>

#include "common/base/clock.h"
#include "common/base/log.h"

namespace Poco {
class ErrorHandler;
}

namespace valv::http {

// Sends what Poco's threads catch to our log, while it lives. Poco has one handler for the process,
// so main makes one of these.
class PocoErrorLog {
public:
    PocoErrorLog(Clock& clock, Logger& logger);
    PocoErrorLog(const PocoErrorLog&) = delete;
    PocoErrorLog& operator=(const PocoErrorLog&) = delete;
    ~PocoErrorLog();

private:
    class Handler;
    std::unique_ptr<Handler> handler_;
    Poco::ErrorHandler* before_;  // Poco refuses to have none
};

}  // namespace valv::http

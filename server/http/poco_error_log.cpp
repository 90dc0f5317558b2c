#include "server/http/poco_error_log.h"

#include <cerrno>

#include <Poco/ErrorHandler.h>
#include <Poco/Exception.h>

namespace valv::http {
namespace {

// When no descriptor is free, accept fails at once, again and again: let some connections end
// first.
constexpr std::chrono::milliseconds kAcceptPause{100};

}  // namespace

class PocoErrorLog::Handler final : public Poco::ErrorHandler {
public:
    Handler(Clock& clock, Logger& logger) : clock_(clock), logger_(logger) {}

    // The texts stay out: Poco puts addresses and file names into them.
    void exception(const Poco::Exception& error) override {
        logger_.write(LogLevel::kError, "poco_exception", {{"number", error.code()}});
        if (error.code() == EMFILE || error.code() == ENFILE) {
            clock_.sleep_for(kAcceptPause);
        }
    }
    void exception(const std::exception& /*error*/) override {
        logger_.write(LogLevel::kError, "thread_exception", {});
    }
    void exception() override { logger_.write(LogLevel::kError, "unknown_exception", {}); }

private:
    Clock& clock_;
    Logger& logger_;
};

PocoErrorLog::PocoErrorLog(Clock& clock, Logger& logger)
    : handler_(std::make_unique<Handler>(clock, logger)),
      before_(Poco::ErrorHandler::set(handler_.get())) {}

PocoErrorLog::~PocoErrorLog() {
    Poco::ErrorHandler::set(before_);
}

}  // namespace valv::http

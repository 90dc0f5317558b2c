#include "client/lib/pdf_renderer.h"

#include <chrono>
#include <string>

#include "client/lib/embedded.h"
#include "common/base/error.h"
#include "crypto/local/child.h"

namespace valv::client {
namespace {

constexpr std::chrono::seconds kTimeLimit{20};
constexpr std::size_t kMaxPdfBytes = 32U * 1024 * 1024;
constexpr int kNoWeasyPrint = 3;  // render_pdf.py

// Nothing of ours reaches the renderer but the paper's time. The path keeps ctypes from running a
// compiler to find its libraries.
std::vector<std::string> environment(Instant made_at) {
    return {"SOURCE_DATE_EPOCH=" + std::to_string(made_at.time_since_epoch().count()),
            "PATH=/nonexistent", "HOME=/nonexistent", "LANG=C.UTF-8"};
}

Error no_weasyprint() {
    return {ErrorCode::kUnsupported, "paper: no WeasyPrint", {}, "no_weasyprint"};
}

Error not_rendered(const std::string& why) {
    return {ErrorCode::kUnavailable, "paper: " + why, {}, "paper_not_rendered"};
}

local::ChildResult run(ByteView html, Instant made_at, const std::filesystem::path& python) {
    try {
        return local::run_child(
            {.command = {python.string(), "-I", "-B", "-c", std::string(builtin_render_pdf())},
             .environment = environment(made_at),
             .max_output_bytes = kMaxPdfBytes,
             .time_limit = kTimeLimit},
            html);
    } catch (const Error& error) {
        throw error.code() == ErrorCode::kNotFound ? no_weasyprint() : not_rendered(error.what());
    }
}

}  // namespace

crypto::SecretBytes render_pdf(ByteView html, Instant made_at,
                               const std::filesystem::path& python) {
    local::ChildResult result = run(html, made_at, python);
    if (result.exit_code == kNoWeasyPrint) {
        throw no_weasyprint();
    }
    if (result.exit_code != 0 || !as_text(result.output.reveal()).starts_with("%PDF-")) {
        throw not_rendered("exit code " + std::to_string(result.exit_code));
    }
    return std::move(result.output);
}

}  // namespace valv::client

#include "client/cli/certificate_page.h"

#include <algorithm>
#include <vector>

#include "client/casework/paperwork.h"
#include "client/lib/pdf_renderer.h"
#include "common/base/encoding.h"
#include "common/protocol/json.h"

namespace valv::cli {
namespace {

using casework::PaperView;
using protocol::JsonObject;

constexpr std::string_view kFormat = "resvalv/erasure/1";
constexpr std::size_t kMaxProofHashes = 64;  // a tree of 2^64 leaves

struct Certificate {
    PaperView view;
    Instant erased_at;
};

// `line` for each; the line feed at the end of a note makes no line.
std::vector<PaperView> lines_of(std::string_view text) {
    std::vector<PaperView> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(PaperView().text("line", text.substr(0, end)));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

// `2026-04-14 10:00:00 UTC`
std::string moment_text(Instant instant) {
    std::string text = to_text(instant);
    std::ranges::replace(text, 'T', ' ');
    text.pop_back();
    return text + " UTC";
}

void read_log(JsonObject log, PaperView& view) {
    view.text("log_origin", log.text("origin"));
    view.text("log_key", to_base64url(log.fixed_octets("log_key")));
    view.number("log_index", log.integer("index"));
    view.rows("event", lines_of(log.text("event")));
    view.text("log_nonce", to_base64url(log.fixed_octets("nonce")));
    view.rows("checkpoint", lines_of(log.text("checkpoint")));
    std::vector<PaperView> path;
    for (const std::string& hash : log.texts("proof", kMaxProofHashes)) {
        path.push_back(PaperView().text("line", hash));
    }
    view.rows("proof", std::move(path));
    log.finish();
}

void read_decision(JsonObject decision, PaperView& view) {
    view.rows("decision", lines_of(decision.text("note")));
    view.text("decided", as_text(decision.octets("object")));
    decision.finish();
}

Certificate read_certificate(std::string_view json) {
    const protocol::JsonDocument document = protocol::JsonDocument::parse(json);
    JsonObject object = document.object();
    if (object.text("format") != kFormat) {
        throw Error(ErrorCode::kMalformed, "certificate: unknown format", object.path_of("format"));
    }
    Certificate read;
    PaperView& view = read.view;
    view.text("vault", object.id<VaultId>("vault").text());
    view.text("vault_name", object.text("vault_name"));
    view.text("case", object.id<CaseId>("case").text());
    read.erased_at = object.instant("erased_at");
    view.text("erased_at", moment_text(read.erased_at));
    view.text("by_device", object.id<DeviceId>("by_device").text());
    const std::string person = object.text("by_person");
    view.text("by_person", person.empty() ? "–" : person);  // of a device that nobody knows
    view.number("documents", object.integer("documents"));
    read_log(object.object("log"), view);
    read_decision(object.object("decision"), view);
    object.finish();
    return read;
}

std::string page_of(const Certificate& certificate, casework::DeskLanguage language) {
    return casework::paper_html(casework::Paper::kErasureCertificate, language, certificate.view);
}

}  // namespace

std::string certificate_page(std::string_view json, casework::DeskLanguage language) {
    return page_of(read_certificate(json), language);
}

crypto::SecretBytes render_certificate(std::string_view json, casework::DeskLanguage language,
                                       const std::filesystem::path& python) {
    const Certificate certificate = read_certificate(json);
    return client::render_pdf(as_bytes(page_of(certificate, language)), certificate.erased_at,
                              python);
}

}  // namespace valv::cli

#include "client/cli/share_sheet.h"

#include <algorithm>
#include <string_view>

#include "client/casework/paperwork.h"
#include "client/cli/qr_text.h"
#include "common/base/encoding.h"
#include "common/base/error.h"

namespace valv::cli {
namespace {

constexpr std::size_t kGroup = 10;  // characters between two blanks, to keep one's place when typing
constexpr std::string_view kCode = "code";
constexpr std::string_view kShare = "share";

// The page with a secret in its place. The secret is markup of ours or needs no escaping.
crypto::SecretBytes with_secret(ByteView page, std::string_view name, ByteView secret) {
    const std::string place = casework::place_for(name);
    const std::string_view html = as_text(page);
    const std::size_t at = html.find(place);
    VALV_CHECK(at != std::string_view::npos);
    crypto::SecretBuilder filled;
    filled.append(html.substr(0, at));
    filled.append(secret);
    filled.append(html.substr(at + place.size()));
    return filled.take();
}

crypto::SecretBytes in_groups(ByteView text) {
    crypto::SecretBuilder groups;
    while (!text.empty()) {
        const std::size_t octets = std::min(kGroup, text.size());
        groups.append(text.first(octets));
        text = text.subspan(octets);
        groups.append(text.empty() ? std::string_view() : " ");
    }
    return groups.take();
}

casework::PaperView view_of(const SheetFacts& facts, const sealed::RecoveryShare& share) {
    casework::PaperView view;
    view.number("number", share.x).number("count", share.count);
    view.number("threshold", share.threshold).text("set", to_hex(share.set));
    view.text("vault", facts.vault).text("vault_id", facts.vault_id.text());
    view.text("words", facts.words);
    view.text("made_on", to_text(facts.made_at).substr(0, std::string_view("YYYY-MM-DD").size()));
    view.place(kCode).place(kShare);
    return view;
}

}  // namespace

crypto::SecretBytes share_sheet(const SheetFacts& facts, const sealed::RecoveryShare& share) {
    const std::string page = casework::paper_html(casework::Paper::kRecoveryShare, facts.language,
                                                  view_of(facts, share));
    const crypto::SecretBytes text = share.text();
    const crypto::SecretBytes with_code =
        with_secret(as_bytes(page), kCode, qr_svg(text.reveal()).reveal());
    return with_secret(with_code.reveal(), kShare, in_groups(text.reveal()).reveal());
}

}  // namespace valv::cli

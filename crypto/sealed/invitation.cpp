#include "crypto/sealed/invitation.h"

#include "common/base/encoding.h"
#include "common/base/error.h"
#include "crypto/core/text_lines.h"
#include "crypto/sealed/secret_text.h"

namespace valv::sealed {
namespace {

constexpr std::string_view kFirstLine = "resvalv-invitation-1";
constexpr std::string_view kScheme = "https://";

bool is_staff_address(std::string_view text) {
    return text.starts_with(kScheme) && text.find(':', kScheme.size()) != std::string_view::npos &&
           crypto::is_link_origin(text);
}

crypto::Role parse_invited_role(std::string_view text) {
    const std::optional<crypto::Role> role = crypto::parse_role(text);
    if (!role) {
        throw Error(ErrorCode::kMalformed, "invitation: unknown role");
    }
    return *role;
}

std::string parse_staff_address(std::string_view text) {
    if (!is_staff_address(text)) {
        throw Error(ErrorCode::kMalformed, "invitation: not https://host:port");
    }
    return std::string(text);
}

}  // namespace

crypto::SecretBytes encode_invitation(const Invitation& invitation) {
    VALV_CHECK(is_staff_address(invitation.server));
    crypto::SecretBuilder text;
    text.append(kFirstLine);
    text.append("\n");
    append_secret_line(text, "server", invitation.server);
    append_secret_line(text, "server_ca", to_base64(invitation.server_ca));
    append_secret_line(text, "vault", invitation.vault.text());
    append_secret_line(text, "founder", to_base64(invitation.founder));
    append_secret_line(text, "log_key", to_base64(invitation.log_key));
    append_secret_line(text, "person", invitation.person.text());
    append_secret_line(text, "role", crypto::to_string(invitation.role));
    append_secret_line(text, "expires", to_text(invitation.expires));
    text.append("secret ");
    append_base64(text, invitation.secret.reveal());
    text.append("\n");
    return text.take();
}

Invitation decode_invitation(ByteView text) {
    crypto::TextLines lines(as_text(text), "invitation");
    if (lines.line() != kFirstLine) {
        lines.complain("not an invitation");
    }
    Invitation invitation{.server = parse_staff_address(lines.value("server")),
                          .server_ca = crypto::hash_from(from_base64(lines.value("server_ca"))),
                          .vault = VaultId::parse(lines.value("vault")),
                          .founder = crypto::verify_key_from(from_base64(lines.value("founder"))),
                          .log_key = crypto::verify_key_from(from_base64(lines.value("log_key"))),
                          .person = PersonId::parse(lines.value("person")),
                          .role = parse_invited_role(lines.value("role")),
                          .expires = parse_instant(lines.value("expires")),
                          .secret = InvitationSecret(secret_from_base64(lines.value("secret")))};
    lines.expect_end();
    return invitation;
}

crypto::Hash invitation_hash(ByteView text) {
    return crypto::sha256(text);
}

}  // namespace valv::sealed

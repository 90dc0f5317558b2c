#include "client/lib/invitation_store.h"

#include "client/lib/errors.h"
#include "crypto/local/files.h"
#include "crypto/sealed/age/file.h"

namespace valv::client {
namespace {

constexpr std::size_t kMaxFileBytes = 64 * 1024;

// Cuts the first line off, without its LF. The plaintext is: digits LF name LF invitation.
ByteView take_line(ByteView& text) {
    std::size_t end = 0;
    while (end < text.size() && text[end] != '\n') {
        ++end;
    }
    if (end == text.size()) {
        throw Error(ErrorCode::kMalformed, "kept invitation: a line is missing");
    }
    const ByteView line = text.first(end);
    text = text.subspan(end + 1);
    return line;
}

}  // namespace

std::filesystem::path InvitationStore::file_of(const InvitationId& id) const {
    return profile_.cache() / "invitations" / (id.text() + ".age");
}

void InvitationStore::keep(const InvitationId& id, const KeptInvitation& invitation) {
    const crypto::SecretBytes plain = crypto::SecretBytes::concat(
        {invitation.code.digits().reveal(), as_bytes("\n"), as_bytes(invitation.name),
         as_bytes("\n"), invitation.file.reveal()});
    local::make_private_folder(profile_.cache() / "invitations");
    const sealed::X25519Recipient& own = profile_.keys().identity.recipient();
    local::replace_file(file_of(id), sealed::seal(plain.reveal(), {&own}, random_));
}

std::optional<KeptInvitation> InvitationStore::find(const InvitationId& id) const {
    const std::optional<Bytes> file = local::read_file_if(file_of(id), kMaxFileBytes);
    if (!file) {
        return std::nullopt;
    }
    const crypto::SecretBytes plain = sealed::open(*file, {&profile_.keys().identity});
    ByteView rest = plain.reveal();
    auto code = sealed::DigitCode::from_text(take_line(rest), sealed::kInvitationCodeDigits);
    std::string name(as_text(take_line(rest)));
    if (!code) {
        throw Error(ErrorCode::kMalformed, "kept invitation: no code");
    }
    return KeptInvitation{
        .file = crypto::SecretBytes::from(rest), .code = std::move(*code), .name = std::move(name)};
}

void InvitationStore::forget(const InvitationId& id) {
    local::remove_file(file_of(id));
}

}  // namespace valv::client

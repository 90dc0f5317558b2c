// What a server sends signed: notes, directories, checkpoints, and the plaintext of keyrings. Each
// has one text only: what decodes is encoded to the same octets.
#include "crypto/core/checkpoint.h"
#include "crypto/core/directory.h"
#include "crypto/core/object_note.h"
#include "crypto/core/signed_note.h"
#include "crypto/sealed/keyring.h"
#include "tests/fuzz/support.h"
#include "tests/fuzz/target.h"

namespace valv::fuzz {
namespace {

void check_note(ByteView input) {
    static_cast<void>(succeeds([&] {
        const crypto::SignedNote note = crypto::parse_note(input);
        VALV_CHECK(note.text.ends_with('\n') && as_text(input).starts_with(note.text));
        VALV_CHECK(!note.signatures.empty());
        VALV_CHECK(note.signatures.size() <= crypto::kMaxNoteSignatures);
    }));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input(data, size);
    const std::string_view text = as_text(input);
    check_note(input);
    static_cast<void>(succeeds(
        [&] { VALV_CHECK(crypto::encode_object_note(crypto::decode_object_note(text)) == text); }));
    static_cast<void>(succeeds(
        [&] { VALV_CHECK(crypto::encode_directory(crypto::decode_directory(text)) == text); }));
    static_cast<void>(succeeds(
        [&] { VALV_CHECK(crypto::checkpoint_text(crypto::parse_checkpoint_text(text)) == text); }));
    static_cast<void>(succeeds([&] {
        VALV_CHECK(equal(sealed::encode_keyring(sealed::decode_keyring(input)).reveal(), input));
    }));
    return 0;
}

}  // namespace valv::fuzz

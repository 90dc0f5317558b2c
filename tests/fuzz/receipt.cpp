// Receipts of the log: what decodes is encoded to the same text, and nothing verifies under a key
// that signed nothing; events and verifier keys alike.
#include "crypto/core/log_receipt.h"
#include "crypto/core/signed_note.h"
#include "tests/crypto/seeded_random.h"
#include "tests/fuzz/support.h"
#include "tests/fuzz/target.h"

namespace valv::fuzz {

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = as_text(ByteView(data, size));
    static const crypto::VerifyKey kKey = [] {
        test::SeededRandom random("fuzz/receipt");
        return crypto::SigningKey::random(random).public_key();
    }();
    std::optional<crypto::LogReceipt> receipt;
    if (succeeds([&] { receipt = crypto::decode_log_receipt(text); })) {
        VALV_CHECK(crypto::encode_log_receipt(*receipt) == text);
        VALV_CHECK(!succeeds([&] {
            static_cast<void>(crypto::verify_log_receipt(*receipt, "resvalv/v1/log/seed", kKey));
        }));
        static_cast<void>(
            succeeds([&] { static_cast<void>(crypto::parse_log_event(receipt->event)); }));
    }
    static_cast<void>(succeeds([&] { static_cast<void>(crypto::parse_log_event(text)); }));
    std::optional<crypto::NoteVerifier> verifier;
    if (succeeds([&] { verifier = crypto::parse_note_verifier(text); })) {
        VALV_CHECK(crypto::note_verifier_text(verifier->name, verifier->key) == text);
    }
    return 0;
}

}  // namespace valv::fuzz

// Texts of keys: whatever is accepted is written as it was read, and is a key of one kind only.
#include "crypto/sealed/age/hybrid.h"
#include "crypto/sealed/age/x25519.h"
#include "tests/fuzz/support.h"
#include "tests/fuzz/target.h"

namespace valv::fuzz {
namespace {

template <typename Recipient>
int count_recipient(std::string_view text) {
    return succeeds([&] { VALV_CHECK(Recipient::parse(text).text() == text); }) ? 1 : 0;
}

template <typename Identity>
int count_identity(ByteView text) {
    return succeeds([&] { VALV_CHECK(equal(Identity::parse(text).text().reveal(), text)); }) ? 1
                                                                                             : 0;
}

void check(std::string_view text) {
    const int kinds = count_recipient<sealed::X25519Recipient>(text) +
                      count_recipient<sealed::HybridRecipient>(text) +
                      count_identity<sealed::X25519Identity>(as_bytes(text)) +
                      count_identity<sealed::HybridIdentity>(as_bytes(text));
    VALV_CHECK(kinds <= 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input(data, size);
    check(as_text(input));
    check(with_checksum(as_text(input)));
    return 0;
}

}  // namespace valv::fuzz

// Texts of keys: whatever is accepted is written as it was read, and is a key of one kind only;
// what a file is accepted for is as many keys as it has lines that are none of comment and empty.
#include "crypto/sealed/age/hybrid.h"
#include "crypto/sealed/age/key_text.h"
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
    // A key alone and the same key as the only line of a file.
    const bool is_key =
        text.find('\n') == std::string_view::npos && !text.ends_with('\r') &&
        succeeds([&] { static_cast<void>(sealed::parse_identity(as_bytes(text))); });
    const std::string line = "# a file\n" + std::string(text) + "\r\n";
    VALV_CHECK(!is_key || sealed::parse_identity_file(as_bytes(line)).size() == 1);
}

std::size_t count_key_lines(std::string_view text) {
    std::size_t count = 0;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        count += line.empty() || line.starts_with('#') ? 0U : 1U;
    }
    return count;
}

void check_file(std::string_view text) {
    static_cast<void>(succeeds([&] {
        VALV_CHECK(sealed::parse_identity_file(as_bytes(text)).size() == count_key_lines(text));
    }));
    static_cast<void>(succeeds(
        [&] { VALV_CHECK(sealed::parse_recipients_file(text).size() == count_key_lines(text)); }));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input(data, size);
    check(as_text(input));
    check(with_checksum(as_text(input)));
    check_file(as_text(input));
    return 0;
}

}  // namespace valv::fuzz

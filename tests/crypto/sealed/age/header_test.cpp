#include "crypto/sealed/age/header.h"

#include <gtest/gtest.h>

#include "common/base/encoding.h"
#include "tests/crypto/expect_error.h"

namespace valv::sealed {
namespace {

constexpr const char* kHeaderFailure = "malformed age_header_invalid";

std::string mac_line() {
    return "--- " + to_base64_unpadded(Bytes(32, 7)) + "\n";
}
std::string version() {
    return "age-encryption.org/v1\n";
}

std::string refusal(const std::string& header) {
    return test::error_of([&] { static_cast<void>(parse_age_header(as_bytes(header))); });
}

TEST(AgeHeaderTest, BodiesOfEveryLengthComeBack) {
    for (std::size_t size = 0; size <= 100; ++size) {
        const AgeHeader header{
            .stanzas = {{.arguments = {"type", "a", "b"}, .body = Bytes(size, 0xa5)}},
            .mac = crypto::hash_from(Bytes(32, 1))};
        const AgeHeader parsed = parse_age_header(encode_age_header(header));
        EXPECT_EQ(parsed.stanzas, header.stanzas) << size;
        EXPECT_EQ(parsed.mac, header.mac);
    }
}

TEST(AgeHeaderTest, EachShorterHeaderIsRefused) {
    const std::string header = version() + "-> X25519 abc\nAAAA\n" + mac_line();
    EXPECT_EQ(refusal(header), "nothing");
    for (std::size_t size = 0; size < header.size(); ++size) {
        EXPECT_EQ(refusal(header.substr(0, size)), kHeaderFailure) << size;
    }
}

TEST(AgeHeaderTest, AnAcceptedHeaderEncodesToItselfWhateverOctetChanged) {
    const std::string header = version() + "-> X25519 abc\nAAAA\n" + mac_line();
    for (std::size_t at = 0; at < header.size(); ++at) {
        for (const char replacement : {'A', '=', ' ', '\n', '\r', '-', '>', '\x7f'}) {
            std::string changed = header;
            changed[at] = replacement;
            try {
                EXPECT_EQ(as_text(encode_age_header(parse_age_header(as_bytes(changed)))), changed);
            } catch (const Error& error) {
                EXPECT_EQ(age_failure(error), AgeFailure::kHeader);
            }
        }
    }
}

TEST(AgeHeaderTest, LimitsAreKept) {
    const std::string stanza = "-> a\n\n";
    std::string many = version();
    for (std::size_t count = 0; count < kMaxAgeStanzas; ++count) {
        many += stanza;
    }
    EXPECT_EQ(refusal(many + mac_line()), "nothing");
    EXPECT_EQ(refusal(many + stanza + mac_line()), kHeaderFailure);
    const std::string long_line =
        version() + "-> " + std::string(kMaxAgeLineBytes, 'a') + "\n\n" + mac_line();
    EXPECT_EQ(refusal(long_line), kHeaderFailure);
}

TEST(FindAgeHeaderEndTest, AsksForMoreUntilTheLastLineIsThere) {
    const std::string header = version() + "-> X25519 abc\nAAAA\n" + mac_line();
    const std::string file = header + "payload --- \n";
    for (std::size_t size = 0; size < header.size(); ++size) {
        EXPECT_EQ(find_age_header_end(as_bytes(file.substr(0, size))), std::nullopt) << size;
    }
    EXPECT_EQ(find_age_header_end(as_bytes(file)), header.size());
}

TEST(FindAgeHeaderEndTest, GivesUpAtOnceOnWhatIsNoAgeFile) {
    const auto refused = [](const std::string& front) {
        return test::error_of([&] { static_cast<void>(find_age_header_end(as_bytes(front))); });
    };
    EXPECT_EQ(refused("%PDF"), kHeaderFailure);
    EXPECT_EQ(refused(version() + std::string(kMaxAgeLineBytes, 'a')), kHeaderFailure);
    std::string endless = version();
    while (endless.size() <= kMaxAgeHeaderBytes) {
        endless += "-> a\n" + std::string(64, 'A') + "\n";
    }
    EXPECT_EQ(refused(endless), kHeaderFailure);
}

TEST(AgeHeaderMacTest, AnotherFileKeyOrStanzaBreaksIt) {
    AgeHeader header{.stanzas = {{.arguments = {"type"}, .body = Bytes(32, 3)}}, .mac = {}};
    const FileKey file_key = FileKey::from(Bytes(16, 1));
    header.mac = age_header_mac(header.stanzas, file_key);
    check_age_header_mac(header, file_key);
    const auto refused = [&](const FileKey& key) {
        return test::error_of([&] { check_age_header_mac(header, key); });
    };
    EXPECT_EQ(refused(FileKey::from(Bytes(16, 2))), "tampered age_hmac_invalid");
    header.stanzas[0].body[31] ^= 1U;
    EXPECT_EQ(refused(file_key), "tampered age_hmac_invalid");
}

TEST(AgeErrorTest, EveryClassHasItsName) {
    for (const AgeFailure failure :
         {AgeFailure::kHeader, AgeFailure::kHmac, AgeFailure::kNoMatch, AgeFailure::kPayload}) {
        try {
            fail(failure, "text");
        } catch (const Error& error) {
            EXPECT_EQ(age_failure(error), failure);
        }
    }
    EXPECT_EQ(age_failure(Error(ErrorCode::kIo, "other")), std::nullopt);
}

}  // namespace
}  // namespace valv::sealed

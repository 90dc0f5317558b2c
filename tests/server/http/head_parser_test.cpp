#include "server/http/head_parser.h"

#include <gtest/gtest.h>

#include "tests/server/http/head_vectors.h"

namespace valv::http {
namespace {

using testing::HeadVector;

// What the engine does with a connection's octets, without the connection.
std::variant<ParsedHead, HeadRefusal> read(std::string_view octets) {
    HeadScanner scanner;
    const auto state = scanner.scan(octets);
    if (const auto* const refusal = std::get_if<HeadRefusal>(&state)) {
        return *refusal;
    }
    if (const auto* const complete = std::get_if<HeadScanner::Complete>(&state)) {
        return parse_head(octets.substr(0, complete->size));
    }
    return HeadRefusal{.status = 0};
}

ParsedHead accepted(std::string_view octets) {
    const auto result = read(octets);
    const auto* const head = std::get_if<ParsedHead>(&result);
    EXPECT_NE(head, nullptr) << octets;
    return head == nullptr ? ParsedHead{} : *head;
}

class RefusedHeadTest : public ::testing::TestWithParam<HeadVector> {};

TEST_P(RefusedHeadTest, IsRefusedWithItsStatus) {
    // The engine forgives one empty line; the vector with two begins with the second here.
    const std::string_view octets = GetParam().octets;
    const auto result = read(octets);
    ASSERT_TRUE(std::holds_alternative<HeadRefusal>(result));
    EXPECT_EQ(std::get<HeadRefusal>(result).status, GetParam().status);
}

TEST_P(RefusedHeadTest, IsRefusedJustSoOctetByOctet) {
    HeadScanner scanner;
    const std::string_view octets = GetParam().octets;
    int status = 0;
    for (std::size_t size = 1; size <= octets.size() && status == 0; ++size) {
        const auto state = scanner.scan(octets.substr(0, size));
        if (const auto* const refusal = std::get_if<HeadRefusal>(&state)) {
            status = refusal->status;
        } else if (std::holds_alternative<HeadScanner::Complete>(state)) {
            const auto result = parse_head(octets.substr(0, size));
            ASSERT_TRUE(std::holds_alternative<HeadRefusal>(result));
            status = std::get<HeadRefusal>(result).status;
        }
    }
    EXPECT_EQ(status, GetParam().status);
}

INSTANTIATE_TEST_SUITE_P(Vectors, RefusedHeadTest, ::testing::ValuesIn(testing::refused_heads()),
                         [](const auto& row) { return row.param.name; });

TEST(HeadParserTest, ReadsAnOrdinaryRequest) {
    const ParsedHead head = accepted(
        "POST /v1/links/open?a=b HTTP/1.1\r\nHost: example.org:8443\r\nContent-Length: "
        "007\r\nX-Thing:  a b \r\n\r\n");
    EXPECT_EQ(head.method, "POST");
    EXPECT_EQ(head.target, "/v1/links/open?a=b");
    EXPECT_EQ(head.content_length, 7U);
    EXPECT_TRUE(head.keeps_alive);
    ASSERT_EQ(head.fields.size(), 3U);
    EXPECT_EQ(head.fields[2].name, "x-thing");
    EXPECT_EQ(head.fields[2].value, "a b");
}

TEST(HeadParserTest, TakesChunkedInAnyCaseForTheApplicationToRefuse) {
    EXPECT_TRUE(
        accepted("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: cHuNkEd\r\n\r\n").is_chunked);
}

TEST(HeadParserTest, LeavesEncodedWordsAlone) {
    EXPECT_EQ(accepted("GET / HTTP/1.1\r\nHost: a\r\nX: =?UTF-8?B?YQ0KSW5qOiAx?=\r\n\r\n")
                  .fields[1]
                  .value,
              "=?UTF-8?B?YQ0KSW5qOiAx?=");
}

TEST(HeadParserTest, TakesTheLongestLine) {
    EXPECT_EQ(accepted("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(4088, 'x') + "\r\n\r\n")
                  .fields[1]
                  .value.size(),
              4088U);
}

TEST(HeadParserTest, Closes_1_0_AndWhoAsksForIt) {
    EXPECT_FALSE(accepted("GET / HTTP/1.0\r\nHost: a\r\n\r\n").keeps_alive);
    EXPECT_FALSE(accepted("GET / HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n\r\n").keeps_alive);
}

TEST(HeadParserTest, WaitsForTheRest) {
    const std::string head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    for (std::size_t size = 0; size < head.size(); ++size) {
        HeadScanner scanner;
        EXPECT_TRUE(
            std::holds_alternative<HeadScanner::NeedMore>(scanner.scan(head.substr(0, size))))
            << size;
    }
}

}  // namespace
}  // namespace valv::http

#include "common/protocol/json.h"

#include <optional>
#include <string>

#include <gtest/gtest.h>

namespace valv::protocol {
namespace {

std::optional<std::string> refusal_path(std::string_view text, void (*read)(JsonObject&)) {
    try {
        const JsonDocument document = JsonDocument::parse(text);
        JsonObject object = document.object();
        read(object);
        object.finish();
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::kMalformed);
        return error.path();
    }
    return std::nullopt;
}

void read_nothing(JsonObject& /*object*/) {}
void read_number(JsonObject& object) {
    (void)object.integer("n", 10);
}
void read_text(JsonObject& object) {
    (void)object.text("t", 3);
}
void read_octets(JsonObject& object) {
    (void)object.fixed_octets("o", 2);
}
void read_time(JsonObject& object) {
    (void)object.instant("at");
}
void read_id(JsonObject& object) {
    (void)object.id<CaseId>("id");
}
void read_nested(JsonObject& object) {
    for (JsonObject& row : object.objects("rows", 2)) {
        (void)row.count("k");
        row.finish();
    }
}

struct Case {
    const char* name;
    std::string text;
    void (*read)(JsonObject&);
    std::optional<std::string> path;  // absent: accepted
};

class StrictJson : public testing::TestWithParam<Case> {};

TEST_P(StrictJson, AcceptsOrNamesTheField) {
    EXPECT_EQ(refusal_path(GetParam().text, GetParam().read), GetParam().path);
}

std::string nested(int depth) {
    std::string text = "{";
    for (int level = 1; level < depth; ++level) {
        text += "\"a\":{";
    }
    return text + std::string(static_cast<std::size_t>(depth), '}');
}

INSTANTIATE_TEST_SUITE_P(
    Texts, StrictJson,
    testing::Values(
        Case{"Empty", "{}", read_nothing, std::nullopt}, Case{"NotJson", "{", read_nothing, ""},
        Case{"TrailingOctets", "{} x", read_nothing, ""},
        Case{"NotUtf8", "{\"t\":\"\xff\"}", read_text, ""},
        Case{"NotAnObject", "[]", read_nothing, ""},
        Case{"DuplicateKey", R"({"n":1,"n":2})", read_number, ""},
        Case{"DuplicateKeyBelow", R"({"rows":[{"k":1,"k":1}]})", read_nested, ""},
        Case{"SameKeyInTwoRows", R"({"rows":[{"k":1},{"k":1}]})", read_nested, std::nullopt},
        Case{"TooDeep", nested(17), read_nothing, ""},
        Case{"DeepestAllowed", nested(16), [](JsonObject& object) { (void)object.object("a"); },
             std::nullopt},
        Case{"UnknownKey", R"({"x":1})", read_nothing, "/x"},
        Case{"UnknownKeyWithSlash", R"({"x/y~z":1})", read_nothing, "/x~1y~0z"},
        Case{"UnknownKeyBelow", R"({"rows":[{"k":1},{"k":1,"z":0}]})", read_nested, "/rows/1/z"},
        Case{"TooManyRows", R"({"rows":[{"k":1},{"k":1},{"k":1}]})", read_nested, "/rows"},
        Case{"Missing", "{}", read_number, "/n"},
        Case{"NumberAtItsLimit", R"({"n":10})", read_number, std::nullopt},
        Case{"NumberOverItsLimit", R"({"n":11})", read_number, "/n"},
        Case{"NegativeNumber", R"({"n":-1})", read_number, "/n"},
        Case{"Fraction", R"({"n":1.0})", read_number, "/n"},
        Case{"NumberAsText", R"({"n":"1"})", read_number, "/n"},
        Case{"Null", R"({"n":null})", read_number, "/n"},
        Case{"TextTooLong", R"({"t":"1234"})", read_text, "/t"},
        Case{"Octets", R"({"o":"AAA"})", read_octets, std::nullopt},
        Case{"OctetsPadded", R"({"o":"AAA="})", read_octets, "/o"},
        Case{"OctetsOfAnotherLength", R"({"o":"AAAA"})", read_octets, "/o"},
        Case{"OctetsWithTrailingBits", R"({"o":"AAB"})", read_octets, "/o"},
        Case{"Time", R"({"at":"2026-03-31T10:25:00Z"})", read_time, std::nullopt},
        Case{"TimeWithOffset", R"({"at":"2026-03-31T10:25:00+00:00"})", read_time, "/at"},
        Case{"TimeThatIsNone", R"({"at":"2026-02-30T10:25:00Z"})", read_time, "/at"},
        Case{"Id", R"({"id":"aaaaaaaaaaaaaaaaaaaaaaaaaa"})", read_id, std::nullopt},
        Case{"IdInUpperCase", R"({"id":"AAAAAAAAAAAAAAAAAAAAAAAAAA"})", read_id, "/id"},
        Case{"IdWithTrailingBits", R"({"id":"aaaaaaaaaaaaaaaaaaaaaaaaab"})", read_id, "/id"}),
    [](const testing::TestParamInfo<Case>& row) { return row.param.name; });

TEST(JsonWriterTest, KeepsTheOrderOfTheCallsAndLeavesAbsentOut) {
    JsonWriter json;
    json.text("z", "1").integer("a", 2).text_if("absent", std::nullopt).boolean("b", true);
    EXPECT_EQ(json.take(), R"({"z":"1","a":2,"b":true})");
}

}  // namespace
}  // namespace valv::protocol

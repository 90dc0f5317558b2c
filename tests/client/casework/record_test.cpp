#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "client/casework/import.h"
#include "tests/client/casework/support.h"

namespace valv::casework::test {
namespace {

using Json = nlohmann::ordered_json;
using Strings = std::vector<std::string>;

const Instant kAt = parse_instant(kNow);

// Every pointer to a leaf of the record.
void leaves(const Json& json, const std::string& path, Strings& found) {
    if (!json.is_structured() || json.empty()) {
        found.push_back(path);
        return;
    }
    const auto flat = json.flatten();
    for (const auto& [key, value] : flat.items()) {
        found.push_back(path + key);
    }
}

Strings leaves_of(const Json& json) {
    Strings found;
    leaves(json, "", found);
    return found;
}

TEST(RecordTest, ATextThatIsDifferentGivesARecordThatIsDifferent) {
    for (const auto* const name : {"8_3", "8_8"}) {
        const auto original = load_case(name);
        const auto record = case_record(name);
        for (const auto& pointer : leaves_of(original)) {
            auto json = original;
            remove(json, pointer);
            const auto decoded = decode(json);
            const bool is_empty_list = original.at(Json::json_pointer(pointer)).is_array();
            EXPECT_TRUE(is_empty_list || !decoded.record || !(*decoded.record == record))
                << pointer;
        }
    }
}

TEST(RecordTest, EveryLeafOfTheWrongTypeIsRefusedAtItsPath) {
    for (const auto* const name : {"8_3", "8_8"}) {
        const auto original = load_case(name);
        for (const auto& pointer : leaves_of(original)) {
            auto json = original;
            json[Json::json_pointer(pointer)] = Json{{"no", 1.5}};
            const auto refusals = refusals_of(json);
            EXPECT_THAT(refusals, testing::Contains("wrong_type " + pointer)) << name;
        }
    }
}

TEST(RecordTest, AnUnknownKeyIsRefusedInEveryObject) {
    const auto original = load_case("8_3");
    std::vector<std::string> pointers = {""};
    for (std::size_t next = 0; next < pointers.size(); ++next) {
        const auto& value = original.at(Json::json_pointer(pointers[next]));
        for (std::size_t index = 0; value.is_array() && index < value.size(); ++index) {
            if (value[index].is_structured()) {
                pointers.push_back(pointers[next] + "/" + std::to_string(index));
            }
        }
        for (const auto& [key, inner] : value.items()) {
            if (value.is_object() && inner.is_structured()) {
                pointers.push_back(pointers[next] + "/" + key);
            }
        }
    }
    for (const auto& pointer : pointers) {
        auto json = original;
        auto& value = json[Json::json_pointer(pointer)];
        const bool has_free_keys =
            pointer.ends_with("/seats") || pointer.ends_with("/names_on_ticket");
        if (value.is_object() && !has_free_keys) {
            value["nmae"] = 1;
            EXPECT_EQ(refusals_of(json, "2026-04-02T09:00:00Z"),
                      Strings{"unknown_field " + pointer + "/nmae"});
        }
    }
}

TEST(RecordTest, KeysComeOutInTheOrderOfTheFormatWhateverTheirOrderWas) {
    const auto original = load_case("8_3");
    Json reversed = Json::object();
    std::vector<std::string> keys;
    for (const auto& [key, value] : original.items()) {
        keys.insert(keys.begin(), key);
    }
    for (const auto& key : keys) {
        reversed[key] = original.at(key);
    }
    EXPECT_EQ(encode_record(accepted(reversed, "2026-04-02T09:00:00Z")),
              encode_record(case_record("8_3")));
    EXPECT_EQ(encode_record(case_record("8_3")).substr(0, 29), R"({"format":"resvalv/case/1","i)");
}

TEST(RecordTest, ExtIsKept) {
    auto json = load_case("8_1");
    json["ext"] = {{"b", {1, 2.5, nullptr}}, {"a", {{"x", "y"}}}};
    const auto bytes = encode_record(accepted(json));
    EXPECT_THAT(bytes, testing::HasSubstr(R"("ext":{"b":[1,2.5,null],"a":{"x":"y"}})"));
    EXPECT_EQ(encode_record(*decode_record(bytes, places(), kAt).record), bytes);
}

TEST(RecordTest, ChangedRecordsAreCheckedLikeDecodedOnes) {
    auto record = case_record("8_1");
    EXPECT_TRUE(check_record(record, places(), kAt).empty());
    record.legs[0].to.zone = "Europe/Nowhere";
    const auto refusals = check_record(record, places(), kAt);
    ASSERT_EQ(refusals.size(), 1U);
    EXPECT_EQ(refusals[0].path, "/legs/0/to/zone");
}

// Import.

std::string without_papers(Json json) {
    json.erase("documents");
    json.erase("links");
    return json.dump();
}

DecodedImport import_over(std::string_view text, const Record& existing) {
    return decode_import(text, {.base = existing, .existing = existing}, places(), kAt);
}

Strings import_refusals(const std::string& text, const Record& existing) {
    Strings lines;
    for (const auto& refusal : import_over(text, existing).refusals) {
        lines.push_back(refusal.code + " " + refusal.path);
    }
    return lines;
}

Record empty_case() {
    Record record;
    record.facts.id = CaseId::parse("vaultcaseaaaaaaaaaaaaaaaaa");
    return record;
}

TEST(ImportTest, ARecordWithoutPapersComesIntoAnEmptyCase) {
    auto json = load_case("8_1");
    remove(json, "/legs/0/ticket_document");
    const auto decoded = import_over(without_papers(json), empty_case());
    ASSERT_TRUE(decoded.record);
    EXPECT_EQ(decoded.record->facts.id, empty_case().facts.id);
    EXPECT_TRUE(decoded.record->documents.empty());
    EXPECT_EQ(to_text(decoded.record->itinerary_changed_at.value()), "2026-03-12T10:00:00Z");
}

TEST(ImportTest, PapersThatTheCaseDoesNotHoldAreRefused) {
    EXPECT_EQ(import_refusals(without_papers(load_case("8_1")), empty_case()),
              Strings{"unknown_reference /legs/0/ticket_document"});
    const auto refusals = import_refusals(load_case("8_8").dump(), empty_case());
    EXPECT_EQ(refusals,
              (Strings{"unknown_reference /documents/0/id", "unknown_reference /links/0/id"}));
}

TEST(ImportTest, PapersThatTheCaseHoldsMayBeNamed) {
    const auto existing = case_record("8_1");
    const auto decoded = import_over(without_papers(load_case("8_1")), existing);
    ASSERT_TRUE(decoded.record);
    EXPECT_TRUE(*decoded.record == existing);
}

TEST(ImportTest, WhatAPersonWritesAboutAPaperIsTakenAndWhatTheVaultWroteIsNot) {
    const auto existing = case_record("8_1");
    auto json = load_case("8_1");
    set(json, "/documents/0/expires_on", "2030-05-01");
    const auto decoded = import_over(json.dump(), existing);
    ASSERT_TRUE(decoded.record);
    EXPECT_EQ(to_text(decoded.record->documents[0].expires_on.value()), "2030-05-01");
    set(json, "/documents/0/size", 7);
    EXPECT_EQ(import_refusals(json.dump(), existing), Strings{"row_differs /documents/0"});
}

TEST(ImportTest, LinksCannotBeChanged) {
    const auto existing = case_record("8_8");
    auto json = load_case("8_8");
    set(json, "/links/0/max_opens", 20);
    EXPECT_EQ(import_refusals(json.dump(), existing), Strings{"row_differs /links/0"});
}

TEST(ImportTest, AChangedRouteMovesTheTimeOfItsChange) {
    const auto existing = case_record("8_1");
    auto json = load_case("8_1");
    set(json, "/legs/0/departs", "2026-04-08T11:05");
    const auto moved = import_over(json.dump(), existing);
    ASSERT_TRUE(moved.record);
    EXPECT_EQ(moved.record->itinerary_changed_at, kAt);
    set(json, "/itinerary_changed_at", "2026-03-19T10:00:00Z");
    EXPECT_EQ(to_text(import_over(json.dump(), existing).record->itinerary_changed_at.value()),
              "2026-03-19T10:00:00Z");
}

TEST(ImportTest, NotesAreAddedToThoseThatAreThere) {
    auto json = load_case("8_1");
    json["notes"] = {{{"at", "2026-03-01T09:00:00Z"}, {"by", "c"}, {"text", "old"}}};
    const auto existing = accepted(json);
    json["notes"] = {{{"at", "2026-03-02T09:00:00Z"}, {"by", "c"}, {"text", "new"}}};
    const auto decoded = import_over(json.dump(), existing);
    ASSERT_TRUE(decoded.record);
    EXPECT_EQ(decoded.record->notes.size(), 2U);
}

TEST(ImportTest, ExportImportExportGivesTheSameBytes) {
    for (const auto* const name : {"8_1", "8_2", "8_4", "8_5", "8_8"}) {
        const auto existing = case_record(name);
        const auto bytes = encode_record(existing);
        const auto decoded = import_over(bytes, existing);
        ASSERT_TRUE(decoded.record) << name;
        EXPECT_EQ(encode_record(*decoded.record), bytes) << name;
    }
}

TEST(ImportTest, ANewerFormatIsNeverTakenIn) {
    auto json = load_case("8_1");
    json["format"] = "resvalv/case/7";
    const auto decoded = import_over(json.dump(), case_record("8_1"));
    EXPECT_FALSE(decoded.record);
    EXPECT_TRUE(decoded.read_only_newer_format);
}

}  // namespace
}  // namespace valv::casework::test

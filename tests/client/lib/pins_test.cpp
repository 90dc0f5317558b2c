#include "client/lib/pins.h"

#include <gtest/gtest.h>

#include "tests/client/lib/support/party.h"

namespace valv::client::test {
namespace {

crypto::NoteHead head(std::uint32_t number) {
    return {.number = number, .hash = crypto::sha256(as_bytes(std::to_string(number)))};
}

Pins some_pins() {
    valv::test::SeededRandom random("pins");
    Pins pins;
    pins.facts.vault = VaultId::random(random);
    pins.facts.server = "https://vault.example:8443";
    pins.facts.server_ca_next = crypto::sha256(as_bytes("next"));
    pins.facts.person = PersonId::random(random);
    pins.pin_directory(head(3));
    pins.pin_log({.size = 9, .root = crypto::sha256(as_bytes("root"))});
    const auto case_id = CaseId::random(random);
    pins.pin_keyring(case_id, {.epoch = 2, .head = head(4)});
    pins.pin_record(case_id, head(17));
    pins.pin_retention(case_id, head(2));
    pins.cases[CaseId::random(random)].record = head(1);
    pins.owed_log_size = 10;
    pins.journal = {{.month = "2026-02", .octets = 70, .mac = crypto::sha256(as_bytes("mac"))},
                    {.month = "2026-03", .octets = 9, .mac = crypto::sha256(as_bytes("other"))}};
    pins.pin_erased(CaseId::random(random), 8);
    return pins;
}

TEST(PinsTest, DecodeGivesBackWhatWasEncoded) {
    EXPECT_EQ(decode_pins(encode_pins(some_pins())), some_pins());
}

TEST(PinsTest, CutTextIsRefusedAtEveryLength) {
    const std::string text = encode_pins(some_pins());
    for (std::size_t size = 0; size < text.size(); ++size) {
        EXPECT_EQ(failure_of([&] { return decode_pins(text.substr(0, size)); }), "malformed")
            << size;
    }
}

TEST(PinsTest, UnknownKeyIsRefused) {
    std::string text = encode_pins(some_pins());
    text.insert(1, R"("extra":1,)");
    EXPECT_EQ(failure_of([&] { return decode_pins(text); }), "malformed");
}

TEST(PinsTest, PinsOnlyMoveForward) {
    Pins pins = some_pins();
    pins.pin_directory(head(2));
    pins.pin_log({.size = 8, .root = crypto::sha256(as_bytes("other"))});
    for (const auto& [case_id, unused] : some_pins().cases) {
        pins.pin_record(case_id, head(1));
        if (unused.retention) {
            pins.pin_retention(case_id, head(1));
        }
        if (unused.keyring) {
            pins.pin_keyring(case_id, {.epoch = 1, .head = head(1)});
        }
    }
    EXPECT_EQ(pins, some_pins());
}

TEST(PinsTest, AnErasedCaseTakesItsPinsAlong) {
    Pins pins = some_pins();
    const CaseId gone = pins.cases.begin()->first;
    pins.pin_erased(gone, 5);
    EXPECT_FALSE(pins.cases.contains(gone));
    EXPECT_EQ(pins.erased.at(gone), 5U);
    pins.pin_erased(gone, 6);
    EXPECT_EQ(pins.erased.at(gone), 5U);
}

TEST(PinsTest, EachOwnWriteIsOwedBeyondWhatWasSeen) {
    Pins pins;
    pins.owe({});
    pins.owe({});
    EXPECT_EQ(pins.owed_log_size, 2U);
    pins.pin_log({.size = 9, .root = crypto::sha256(as_bytes("root"))});
    pins.owe({});
    EXPECT_EQ(pins.owed_log_size, 10U);
}

}  // namespace
}  // namespace valv::client::test

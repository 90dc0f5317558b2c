#include "client/lib/journal.h"

#include <gtest/gtest.h>

#include "tests/client/lib/support/party.h"

namespace valv::client::test {
namespace {

OwnWrite write_at(std::string_view at, std::string_view value) {
    return {.at = parse_instant(at),
            .kind = "record",
            .key = "note_sha256",
            .value = std::string(value),
            .case_id = {}};
}

struct JournalTest : testing::Test {
    [[nodiscard]] Journal journal() const {
        return {folder.path(), crypto::SecretBytes::from(as_bytes("the key of the journal"))};
    }
    void append(const OwnWrite& write) { journal().append(std::span(&write, 1), months); }
    [[nodiscard]] std::string read_failure() const {
        return failure_of([&] { return journal().read(months); });
    }
    TempFolder folder;
    std::vector<JournalMonth> months;
    const std::filesystem::path november = folder / "journal-2026-11";
};

TEST_F(JournalTest, KeepsWhatWasWrittenInItsOrder) {
    const OwnWrite first = write_at("2026-11-03T09:00:00Z", "a");
    OwnWrite second = write_at("2026-11-03T09:00:01Z", "b");
    valv::test::SeededRandom random{"journal"};
    second.case_id = CaseId::random(random);
    append(first);
    append(second);
    EXPECT_EQ(journal().read(months), (std::vector{first, second}));
    EXPECT_EQ(read_file(november).size(), months.front().octets);
}

TEST_F(JournalTest, AMonthIsAFileAndLeavesNinetyDaysAfterItsEnd) {
    append(write_at("2026-08-31T23:59:59Z", "a"));
    append(write_at("2026-09-01T00:00:00Z", "b"));
    ASSERT_EQ(months.size(), 2U);
    append(write_at("2026-11-29T00:00:00Z", "c"));  // 90 days after 31 August
    ASSERT_EQ(months.size(), 3U);
    append(write_at("2026-11-30T00:00:00Z", "d"));
    ASSERT_EQ(months.size(), 2U);
    EXPECT_EQ(months.front().month, "2026-09");
    EXPECT_EQ(journal().read(months).size(), 3U);
    journal().remove_all_but(months);
    EXPECT_FALSE(std::filesystem::exists(folder / "journal-2026-08"));
    EXPECT_EQ(journal().read(months).size(), 3U);
}

TEST_F(JournalTest, AClockThatGoesBackWritesToItsMonth) {
    append(write_at("2026-11-01T00:00:00Z", "a"));
    append(write_at("2026-10-31T23:00:00Z", "b"));
    append(write_at("2026-11-01T01:00:00Z", "c"));
    ASSERT_EQ(months.size(), 2U);
    EXPECT_EQ(journal().read(months).front().value, "b");
}

// Killed after the journal and before the pins: the next write takes its place.
TEST_F(JournalTest, WhatThePinsDoNotTellIsWrittenOver) {
    append(write_at("2026-11-03T09:00:00Z", "a"));
    const std::vector<JournalMonth> told = months;
    append(write_at("2026-11-03T09:00:01Z", "a much longer value that was cut off"));
    months = told;
    EXPECT_EQ(journal().read(months).size(), 1U);
    append(write_at("2026-11-03T09:00:02Z", "b"));
    const std::vector<OwnWrite> writes = journal().read(months);
    ASSERT_EQ(writes.size(), 2U);
    EXPECT_EQ(writes.back().value, "b");
    EXPECT_EQ(read_file(november).size(), months.front().octets);
}

TEST_F(JournalTest, EveryAlteredOctetAndEveryCutIsNoticed) {
    append(write_at("2026-11-03T09:00:00Z", "a"));
    append(write_at("2026-11-03T09:00:01Z", "b"));
    const Bytes good = read_file(november);
    for (std::size_t index = 0; index < good.size(); ++index) {
        Bytes bad = good;
        bad[index] ^= 1U;
        write_file(november, bad);
        EXPECT_EQ(read_failure(), "profile_damaged") << index;
        write_file(november, ByteView(good).first(index));
        EXPECT_EQ(read_failure(), "profile_damaged") << index;
    }
    std::filesystem::remove(november);
    EXPECT_EQ(read_failure(), "profile_damaged");
    EXPECT_EQ(failure_of([&] { append(write_at("2026-11-03T09:00:02Z", "c")); }),
              "profile_damaged");
}

TEST_F(JournalTest, AnotherDevicesJournalIsNotTakenForOnesOwn) {
    append(write_at("2026-11-03T09:00:00Z", "a"));
    const Journal other(folder.path(), crypto::SecretBytes::from(as_bytes("another key")));
    EXPECT_EQ(failure_of([&] { return other.read(months); }), "profile_damaged");
}

// Through the profile: each command's writes, and what another process of the profile wrote.
TEST_F(JournalTest, AProfileKeepsTheWritesOfAllItsCommands) {
    World world;
    const auto founder = found(world);
    const std::size_t before = founder->profile.read_journal().size();
    const CaseId case_id = Cases(founder->vault).create(plain_record());
    Case opened = founder->open(case_id);
    opened.update_record([](casework::Record record) { return record; });
    const std::vector<OwnWrite> writes = founder->profile.read_journal();
    ASSERT_GT(writes.size(), before);
    EXPECT_EQ(writes.back().kind, "record");
    Profile again = Profile::open(founder->profile.folder(), passphrase());
    EXPECT_EQ(again.read_journal(), writes);
    EXPECT_TRUE(again.pins().new_writes.empty());
}

}  // namespace
}  // namespace valv::client::test

#include "client/lib/documents.h"

#include <gtest/gtest.h>

#include "client/lib/errors.h"
#include "client/lib/export.h"
#include "crypto/sealed/age/file.h"
#include "tests/client/lib/support/party.h"

namespace valv::client::test {
namespace {

using protocol::RouteName;

constexpr std::size_t kChunk = 65'536;
constexpr std::size_t kThreePieces = 17U << 20U;  // two full pieces of 8 MiB and a third

// Fast to make, and no two chunks alike.
Bytes big_octets(std::size_t count) {
    Bytes octets(count);
    for (std::size_t index = 0; index < count; ++index) {
        octets[index] = static_cast<std::uint8_t>((index * 31) ^ (index >> 16U));
    }
    return octets;
}

struct DocumentsTest : testing::Test {
    std::filesystem::path source(const Bytes& octets) {
        write_file(world.folder / "source", octets);
        return world.folder / "source";
    }
    std::filesystem::path target() { return world.folder / "target"; }
    World world;
    std::unique_ptr<Member> founder = found(world);
    CaseId case_id = Cases(founder->vault).create(plain_record());
    Case opened = founder->open(case_id);
    Documents documents{opened};
};

struct SizeTest : DocumentsTest, testing::WithParamInterface<std::size_t> {};

TEST_P(SizeTest, PaperComesBackByteForByte) {
    const Bytes octets = big_octets(GetParam());
    const casework::Document row = documents.add(source(octets), passport_row());
    EXPECT_EQ(row.size, static_cast<std::int64_t>(GetParam()));
    documents.get(documents.row(row.id), target(), local::Overwrite::kNo);
    EXPECT_EQ(read_file(target()), octets);
}

INSTANTIATE_TEST_SUITE_P(ChunkEdges, SizeTest,
                         testing::Values(0, 1, kChunk - 1, kChunk, kChunk + 1, 2 * kChunk,
                                         3'000'000));

TEST_F(DocumentsTest, RowSaysWhoAndWhen) {
    const casework::Document row = documents.add(source(big_octets(10)), passport_row());
    EXPECT_EQ(row.added_by, "Founder");
    EXPECT_EQ(row.added_at, world.clock.now());
    EXPECT_EQ(row.epoch, 1);
    EXPECT_EQ(row.name, "scan.jpg");
}

TEST_F(DocumentsTest, CutUploadGoesOnWithThePieceThatIsMissing) {
    const Bytes octets = big_octets(kThreePieces);
    std::size_t pieces = 0;
    world.network.wire.before = [&](const Call& call) {
        if (call.route == RouteName::kAppendUpload && ++pieces == 2) {
            throw Error(ErrorCode::kNetwork, "cut");
        }
    };
    EXPECT_EQ(failure_of([&] { return documents.add(source(octets), passport_row()); }), "network");
    const auto again = Member::reopen(world, "founder");
    Case reopened = again->open(case_id);
    const casework::Document row = Documents(reopened).add(source(octets), passport_row());
    EXPECT_EQ(pieces, 4U);  // the first, the cut one, and the two that were missing
    Documents(reopened).get(row, target(), local::Overwrite::kNo);
    EXPECT_EQ(read_file(target()), octets);
}

TEST_F(DocumentsTest, PieceWhoseReplyWasLostIsNotSentTwice) {
    const Bytes octets = big_octets(kThreePieces);
    std::size_t pieces = 0;
    world.network.wire.after = [&](const Call& call, Response&) {
        if (call.route == RouteName::kAppendUpload && ++pieces == 1) {
            throw Error(ErrorCode::kNetwork, "lost");
        }
    };
    EXPECT_EQ(failure_of([&] { return documents.add(source(octets), passport_row()); }), "network");
    (void)documents.add(source(octets), passport_row());
    EXPECT_EQ(pieces, 3U);
}

// Wherever an upload was cut, adding again ends with one paper.
struct CutTest : DocumentsTest, testing::WithParamInterface<std::size_t> {
    void cut(std::size_t& calls) const {
        if (++calls == GetParam()) {
            throw Error(ErrorCode::kUnavailable, "cut");
        }
    }
    std::size_t papers_after_trying_again(const Bytes& octets) {
        const bool was_cut =
            error_of([&] { return documents.add(source(octets), passport_row()); }).has_value();
        world.network.wire = {};
        if (was_cut) {
            (void)documents.add(source(octets), passport_row());
        }
        return opened.read_record().record.documents.size();
    }
};

TEST_P(CutTest, UploadWhoseCallDidNotArriveEndsWithOnePaper) {
    std::size_t calls = 0;
    world.network.wire.before = [&](const Call&) { cut(calls); };
    EXPECT_EQ(papers_after_trying_again(big_octets(100)), 1U);
}

TEST_P(CutTest, UploadWhoseReplyWasLostEndsWithOnePaper) {
    std::size_t calls = 0;
    world.network.wire.after = [&](const Call&, Response&) { cut(calls); };
    EXPECT_EQ(papers_after_trying_again(big_octets(100)), 1U);
}

INSTANTIATE_TEST_SUITE_P(EveryCall, CutTest, testing::Range(std::size_t{1}, std::size_t{10}));

TEST_F(DocumentsTest, UploadThatTheServerHoldsUnderAForgottenKeyIsBegunAnew) {
    world.network.wire.after = [&](const Call& call, Response&) {
        if (call.route == RouteName::kCreateUpload) {
            throw Error(ErrorCode::kUnavailable, "lost");
        }
    };
    EXPECT_EQ(failure_of([&] { return documents.add(source(big_octets(10)), passport_row()); }),
              "unavailable");
    world.network.wire = {};
    world.clock.advance(std::chrono::hours(25));
    const casework::Document row = documents.add(source(big_octets(10)), passport_row());
    documents.get(row, target(), local::Overwrite::kNo);
    EXPECT_EQ(read_file(target()), big_octets(10));
}

TEST_F(DocumentsTest, ChangedSourceIsAPaperOfItsOwn) {
    std::size_t pieces = 0;
    world.network.wire.before = [&](const Call& call) {
        if (call.route == RouteName::kAppendUpload && ++pieces == 1) {
            throw Error(ErrorCode::kNetwork, "cut");
        }
    };
    EXPECT_EQ(failure_of([&] { return documents.add(source(big_octets(10)), passport_row()); }),
              "network");
    const casework::Document row = documents.add(source(big_octets(11)), passport_row());
    documents.get(row, target(), local::Overwrite::kNo);
    EXPECT_EQ(read_file(target()).size(), 11U);
    EXPECT_EQ(opened.read_record().record.documents.size(), 1U);
}

TEST_F(DocumentsTest, CutDownloadAsksForTheRestOnly) {
    const Bytes octets = big_octets(1'000'000);
    const casework::Document row = documents.add(source(octets), passport_row());
    world.network.wire.cut_body_at = 300'000;
    EXPECT_EQ(failure_of([&] {
                  documents.get(row, target(), local::Overwrite::kNo);
                  return 0;
              }),
              "network");
    EXPECT_FALSE(std::filesystem::exists(target()));
    std::optional<std::uint64_t> first;
    world.network.wire.before = [&](const Call& call) {
        first = call.range ? call.range->first : first;
    };
    documents.get(row, target(), local::Overwrite::kNo);
    EXPECT_EQ(first, 300'000U);
    EXPECT_EQ(read_file(target()), octets);
}

TEST_F(DocumentsTest, ExistingFileIsKeptUnlessToldOtherwise) {
    const casework::Document row = documents.add(source(big_octets(10)), passport_row());
    write_file(target(), as_bytes("mine"));
    EXPECT_EQ(failure_of([&] {
                  documents.get(row, target(), local::Overwrite::kNo);
                  return 0;
              }),
              "conflict");
    EXPECT_EQ(snapshot(target()), "mine");
    documents.get(row, target(), local::Overwrite::kYes);
    EXPECT_EQ(read_file(target()).size(), 10U);
}

TEST_F(DocumentsTest, PaperOfAnOldEpochStillOpens) {
    const auto other = enrol(world, *founder, "other");
    founder->vault.sync();
    opened.share({other->device()});
    const casework::Document row = documents.add(source(big_octets(10)), passport_row());
    opened.unshare({other->device()});
    documents.get(documents.row(row.id), target(), local::Overwrite::kNo);
    EXPECT_EQ(read_file(target()), big_octets(10));
}

TEST_F(DocumentsTest, UploadThatARotationOvertookIsWrappedForTheNewKey) {
    const auto other = enrol(world, *founder, "other");
    founder->vault.sync();
    opened.share({other->device()});
    world.network.wire.before = [](const Call& call) {
        if (call.route == RouteName::kAppendUpload) {
            throw Error(ErrorCode::kNetwork, "cut");
        }
    };
    EXPECT_EQ(failure_of([&] { return documents.add(source(big_octets(10)), passport_row()); }),
              "network");
    world.network.wire.before = {};
    opened.unshare({other->device()});
    const casework::Document row = documents.add(source(big_octets(10)), passport_row());
    EXPECT_EQ(row.epoch, 2);
    documents.get(row, target(), local::Overwrite::kNo);
}

TEST_F(DocumentsTest, RemovedPaperIsGone) {
    const casework::Document row = documents.add(source(big_octets(10)), passport_row());
    documents.remove(row.id);
    EXPECT_EQ(failure_of([&] { return documents.row(row.id); }), "not_found");
    EXPECT_EQ(failure_of([&] { return documents.header(row); }), "object_missing");
}

TEST_F(DocumentsTest, NothingOfATransferStaysInTheCache) {
    const casework::Document row = documents.add(source(big_octets(10)), passport_row());
    documents.get(row, target(), local::Overwrite::kNo);
    for (const char* name : {"uploads", "downloads"}) {
        for (const auto& entry :
             std::filesystem::recursive_directory_iterator(founder->profile.cache() / name)) {
            EXPECT_FALSE(entry.is_regular_file()) << entry.path();
        }
    }
}

TEST_F(DocumentsTest, ExportOpensWithTheIdentityBesideIt) {
    const Bytes octets = big_octets(70'000);
    const casework::Document row = documents.add(source(octets), passport_row());
    export_case(opened, world.folder / "export");
    const Bytes identities = read_file(world.folder / "export/case.txt");
    const std::string text(as_text(identities));
    const std::size_t at = text.find("AGE-SECRET-KEY-1");
    const auto identity =
        sealed::X25519Identity::parse(as_bytes(text.substr(at, text.find('\n', at) - at)));
    const Bytes file = read_file(world.folder / ("export/documents/" + row.id.text() + ".age"));
    EXPECT_TRUE(equal(sealed::open(file, {&identity}).reveal(), octets));
    EXPECT_NE(snapshot(world.folder / "export/case.json").find("RV-2026-101"), std::string::npos);
    EXPECT_EQ(failure_of([&] {
                  export_case(opened, world.folder / "export");
                  return 0;
              }),
              "conflict");
}

}  // namespace
}  // namespace valv::client::test

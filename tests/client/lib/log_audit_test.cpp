#include "client/lib/log_audit.h"

#include <gtest/gtest.h>

#include "client/lib/documents.h"
#include "client/lib/link_opener.h"
#include "client/lib/links.h"
#include "client/lib/log_export.h"
#include "common/base/encoding.h"
#include "crypto/core/checkpoint.h"
#include "tests/client/lib/support/party.h"

namespace valv::client::test {
namespace {

using protocol::RouteName;
using Entries = std::vector<protocol::LogEntry>;

// A founder with a case; a paper and a link opened twice. Colleagues are enrolled where they are
// needed, because that takes a second.
struct LogAuditTest : testing::Test {
    LogAuditTest() {
        Case opened = founder->open(Cases(founder->vault).create(plain_record()));
        write_file(world.folder / "source", some_octets(100));
        const casework::Document row =
            Documents(opened).add(world.folder / "source", passport_row());
        LinkRequest wanted;
        wanted.recipient = "o1";
        wanted.kinds = {"passport"};
        wanted.not_after = world.clock.now() + std::chrono::hours(48);
        wanted.max_opens = 9;
        wanted.parts = {{.documents = {{.id = row.id, .name = "paper.jpg"}}}};
        CreatedLink link = Links(opened).create(wanted);
        link_id = link.id;
        code = std::move(link.code);
        url = std::move(link.url);
        for (const std::string_view holder : {"a", "b"}) {
            (void)LinkOpener(world.environment, HolderStore(world.folder / holder), url.reveal())
                .open(code);
        }
        founder->vault.sync();
    }
    // With a case of her own.
    void enrol_colleague() {
        colleague = enrol(world, *founder, "colleague");
        own_case = Cases(colleague->vault).create(plain_record("RV-2026-102"));
        founder->vault.sync();
        colleague->vault.sync();
    }
    void change_entries(const std::function<void(Entries&)>& change) {
        world.network.wire.after = [change](const Call& call, Response& response) {
            if (call.route == RouteName::kGetLogEntries) {
                Entries entries = protocol::decode_log_entries(response.text());
                change(entries);
                response.body = to_bytes(as_bytes(protocol::encode_log_entries(entries)));
            }
        };
    }
    std::string verified_with(const std::function<void(Entries&)>& change) {
        change_entries(change);
        const std::string failure = failure_of([&] { return verify_log(founder->vault); });
        world.network.wire = {};
        return failure;
    }

    World world;
    std::unique_ptr<Member> founder = found(world);
    std::unique_ptr<Member> colleague;
    LinkId link_id;
    crypto::SecretBytes url;
    std::optional<sealed::DigitCode> code;
    CaseId own_case;
};

TEST_F(LogAuditTest, AnAdminReadsAndChecksEveryEntryAndTheOwnJournal) {
    const LogReport report = verify_log(founder->vault);
    EXPECT_EQ(report.size, founder->vault.log_head().size);
    EXPECT_EQ(report.readable, report.size);
    EXPECT_EQ(report.unreadable, 0U);
    EXPECT_EQ(report.own_told, founder->profile.read_journal().size());
    EXPECT_GE(report.own_told, 7U);
    EXPECT_EQ(report.own_unchecked, 0U);
}

TEST_F(LogAuditTest, AnAuditorReadsEveryEntryToo) {
    const auto auditor = enrol(world, *founder, "auditor", crypto::Role::kAuditor);
    EXPECT_EQ(verify_log(auditor->vault).unreadable, 0U);
    EXPECT_NE(export_log(auditor->vault), "");
}

// The directory, and the cases that she is a member of.
TEST_F(LogAuditTest, AColleagueReadsHerOwnCasesOnly) {
    enrol_colleague();
    std::map<std::string, std::size_t> kinds;
    std::size_t hidden = 0;
    read_log_entries(colleague->vault, [&](std::uint64_t, const protocol::LogEntry& entry) {
        if (!entry.is_readable()) {
            ++hidden;
            return;
        }
        const crypto::LogEvent event = crypto::parse_log_event(entry.event);
        ++kinds[event.kind];
        EXPECT_TRUE(event.kind == "directory" || event.find("case") == own_case.text());
    });
    EXPECT_EQ(kinds, (std::map<std::string, std::size_t>{
                         {"directory", 2}, {"keyring", 1}, {"record", 1}}));
    EXPECT_GE(hidden, 9U);
    EXPECT_EQ(verify_log(colleague->vault).own_told, 2U);
}

TEST_F(LogAuditTest, AMemberReadsTheOpensOfHerCasesLinks) {
    enrol_colleague();
    Case opened = founder->open(Cases(founder->vault).list().front().id);
    opened.share({colleague->device()});
    colleague->vault.sync();
    std::size_t opens = 0;
    read_log_entries(colleague->vault, [&](std::uint64_t, const protocol::LogEntry& entry) {
        opens += entry.event.find("kind link-open\n") != std::string::npos ? 1U : 0U;
    });
    EXPECT_EQ(opens, 2U);
}

TEST_F(LogAuditTest, AnEntryThatIsNotWhatItsLeafCommittedToIsNoticed) {
    EXPECT_EQ(verified_with([](Entries& all) { all[3].event += "more -\n"; }), "log_inconsistent");
    EXPECT_EQ(verified_with([](Entries& all) { all[3].nonce[0] ^= 1U; }), "log_inconsistent");
    EXPECT_EQ(verified_with([](Entries& all) { std::swap(all[3], all[4]); }), "log_inconsistent");
    EXPECT_EQ(verified_with([](Entries& all) { all.pop_back(); }), "log_inconsistent");
    EXPECT_EQ(verified_with([](Entries&) {}), "none");
}

// The sender's list and the log are two witnesses of each open.
TEST_F(LogAuditTest, AnOpenThatOneOfTheTwoWitnessesHidesIsNoticed) {
    world.network.wire.after = [](const Call& call, Response& response) {
        if (call.route == RouteName::kListLinks) {
            std::vector<protocol::LinkState> links = protocol::decode_links(response.text());
            links.at(0).opened.pop_back();
            --links.at(0).opens;
            response.body = to_bytes(as_bytes(protocol::encode_links(links)));
        }
    };
    EXPECT_EQ(failure_of([&] { return verify_log(founder->vault); }), "log_inconsistent");
    world.network.wire = {};
    EXPECT_EQ(verified_with([](Entries& all) {
                  for (protocol::LogEntry& entry : all) {
                      if (entry.event.find("kind link-open\n") != std::string::npos) {
                          entry = {};
                          return;
                      }
                  }
              }),
              "log_inconsistent");
}

// A recipient who comes while the log is read is no disagreement.
TEST_F(LogAuditTest, AnOpenBetweenTheTwoAnswersIsNoDisagreement) {
    bool has_come = false;
    world.network.wire.before = [&](const Call& call) {
        if (call.route == RouteName::kGetCheckpoint && !std::exchange(has_come, true)) {
            (void)LinkOpener(world.environment, HolderStore(world.folder / "c"), url.reveal())
                .open(code);
        }
    };
    EXPECT_EQ(failure_of([&] { return verify_log(founder->vault); }), "none");
    EXPECT_TRUE(has_come);
}

TEST_F(LogAuditTest, AWithheldDirectoryNoteIsNoticed) {
    EXPECT_EQ(verified_with([](Entries& all) { all.at(0) = {}; }), "log_inconsistent");
}

// The log is longer than what this device wrote, and yet its own write is not in it.
TEST_F(LogAuditTest, AnOwnWriteThatIsNotToldIsMissing) {
    EXPECT_EQ(verified_with([](Entries& all) {
                  for (protocol::LogEntry& entry : all) {
                      if (entry.event.find("kind document\n") != std::string::npos) {
                          entry = {};
                      }
                  }
              }),
              "own_write_missing");
    founder->vault.remember_own_write({.at = {}, .kind = "record", .key = "a", .value = "b"});
    EXPECT_EQ(verified_with([](Entries&) {}), "own_write_missing");
}

TEST_F(LogAuditTest, OwnWritesOfACaseThatWasLeftAreNotChecked) {
    enrol_colleague();
    Case opened = colleague->open(own_case);
    opened.share({founder->device()});
    founder->open(own_case).unshare({colleague->device()});
    colleague->vault.sync();
    const LogReport report = verify_log(colleague->vault);
    EXPECT_EQ(report.own_told, 0U);
    EXPECT_EQ(report.own_unchecked, 3U);
}

// ---- export ----

struct LogExportTest : LogAuditTest {
    LogExportTest() {
        for (int note = 2; note <= 3; ++note) {
            founder->vault.put_directory(founder->vault.directory(), founder->vault.names());
            founder->vault.sync();
        }
        text = export_log(founder->vault);
    }
    crypto::NoteVerifier founder_key() {
        return {.name = founder->device().text(),
                .key = founder->profile.keys().signing_key.public_key()};
    }
    std::string verified(const std::string& changed) {
        return failure_of([&] { return verify_log_export(changed, founder_key()); });
    }
    // Line `line` (from 0), changed.
    std::string with_line(std::size_t line, const std::function<void(std::string&)>& change) {
        std::string changed;
        std::size_t at = 0;
        for (std::size_t begin = 0; begin < text.size(); ++at) {
            const std::size_t end = text.find('\n', begin);
            std::string one = text.substr(begin, end - begin) + "\n";
            if (at == line) {
                change(one);
            }
            changed += one;
            begin = end + 1;
        }
        return changed;
    }
    static constexpr std::size_t kFirstNote = 3;
    static constexpr std::size_t kCheckpoint = kFirstNote + 3;
    static constexpr std::size_t kFirstEntry = kCheckpoint + 2;
    std::string text;
};

TEST_F(LogExportTest, TheFoundersKeyIsEnough) {
    const AuditedExport audited = verify_log_export(text, founder_key());
    EXPECT_EQ(audited.vault, founder->vault.id());
    EXPECT_EQ(audited.head.size, founder->vault.log_head().size);
    EXPECT_EQ(audited.directory_notes, 3U);
    EXPECT_EQ(audited.earlier_heads, 2U);
    EXPECT_EQ(audited.unreadable, 0U);
    ASSERT_EQ(audited.opens.size(), 2U);
    EXPECT_EQ(audited.opens[0].link, link_id);
    EXPECT_EQ(audited.opens[0].network, "192.0.2.0/24");
    EXPECT_EQ(audited.opens[0].holder, 1U);
    EXPECT_EQ(audited.opens[1].holder, 2U);
}

TEST_F(LogExportTest, AColleagueCannotExport) {
    enrol_colleague();
    EXPECT_EQ(failure_of([&] { return export_log(colleague->vault); }), "forbidden");
}

TEST_F(LogExportTest, AnotherFounderIsNoticed) {
    crypto::NoteVerifier other = founder_key();
    other.name = DeviceId::random(world.random).text();
    EXPECT_EQ(failure_of([&] { return verify_log_export(text, other); }), "note_context_mismatch");
    other = founder_key();
    other.key = crypto::SigningKey::random(world.random).public_key();
    EXPECT_EQ(failure_of([&] { return verify_log_export(text, other); }), "note_signature_invalid");
}

TEST_F(LogExportTest, EntriesChangedDroppedSwappedOrAddedAreNoticed) {
    const auto drop = [](std::string& line) { line.clear(); };
    for (std::size_t entry = 0; entry < 11; ++entry) {
        EXPECT_EQ(
            verified(with_line(kFirstEntry + entry,
                               [](std::string& line) { line[0] = line[0] == 'A' ? 'B' : 'A'; })),
            "log_inconsistent")
            << entry;
        EXPECT_EQ(verified(with_line(kFirstEntry + entry, drop)), "malformed");
    }
    EXPECT_EQ(verified(with_line(kFirstEntry, [](std::string& line) { line += line; })),
              "malformed");
}

// As far as an export can: what an erased event said nobody knows, but the tree holds.
TEST_F(LogExportTest, AnErasedEntryIsCountedAndItsLeafStillHolds) {
    const std::string erased = with_line(kFirstEntry + 3, [&](std::string& line) {
        const std::size_t blank = line.find(' ');
        const Bytes event = from_base64(line.substr(blank + 1, line.size() - blank - 2));
        const Bytes nonce = from_base64(line.substr(0, blank));
        line = "- " + to_base64(crypto::log_leaf_hash(as_text(event), nonce)) + "\n";
    });
    EXPECT_EQ(verify_log_export(erased, founder_key()).unreadable, 1U);
}

TEST_F(LogExportTest, DirectoryNotesDroppedOrChangedAreNoticed) {
    const auto drop = [](std::string& line) { line.clear(); };
    EXPECT_EQ(verified(with_line(kFirstNote, drop)), "note_chain_broken");
    EXPECT_EQ(verified(with_line(kFirstNote + 1, drop)), "note_chain_broken");
    EXPECT_EQ(verified(with_line(kFirstNote + 2, drop)), "log_inconsistent");
}

// The checkpoint of a log that somebody else signed, or of a shorter one.
TEST_F(LogExportTest, AnotherCheckpointIsNoticed) {
    const auto sign = [&](const crypto::TreeHead& head) {
        return with_line(kCheckpoint, [&](std::string& line) {
            const Bytes note = crypto::sign_checkpoint(
                {.origin = crypto::log_origin(founder->vault.id()), .head = head},
                crypto::SigningKey::random(world.random));
            line = "checkpoint " + to_base64(note) + "\n";
        });
    };
    EXPECT_EQ(verified(sign(founder->vault.log_head())), "log_signature_invalid");
}

TEST_F(LogExportTest, EveryCutIsRefused) {
    for (std::size_t length = 0; length < text.size(); length += 97) {
        EXPECT_NE(verified(text.substr(0, length)), "none") << length;
    }
}

}  // namespace
}  // namespace valv::client::test

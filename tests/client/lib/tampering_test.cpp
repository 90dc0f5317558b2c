// One altered octet in whatever the server sends: named as reference threats 4.1 names it, nothing
// pinned, nothing written.
#include <gtest/gtest.h>

#include "client/lib/documents.h"
#include "client/lib/errors.h"
#include "client/lib/link_opener.h"
#include "client/lib/links.h"
#include "tests/client/lib/support/party.h"

namespace valv::client::test {
namespace {

using protocol::RouteName;
using Change = std::function<void(Response&)>;

Change in_put(std::function<void(protocol::Put&)> change) {
    return [change = std::move(change)](Response& response) {
        protocol::Put put = protocol::decode_put(response.text());
        change(put);
        response.body = to_bytes(as_bytes(protocol::encode(put)));
    };
}

Change in_file(std::function<void(protocol::MacFile&)> change) {
    return [change = std::move(change)](Response& response) {
        protocol::MacFile file = protocol::decode_mac_file(response.text());
        change(file);
        response.body = to_bytes(as_bytes(protocol::encode(file)));
    };
}

void flip(Bytes& octets, std::size_t at) {
    octets.at(at) ^= 1U;
}
void flip_middle(Bytes& octets) {
    flip(octets, octets.size() / 2);
}

struct TamperingTest : testing::Test {
    TamperingTest() {
        write_file(world.folder / "first", some_octets(200'000));
        Case opened = founder->open(case_id);
        row = Documents(opened).add(world.folder / "first", passport_row());
    }
    // What a reader with the founder's profile gets when the reply of `route` is changed; checks
    // that nothing was pinned and no paper was written.
    std::string read_with(RouteName route, Change change) {
        founder->vault.sync();
        for (const char* copy : {"directory", "cases", "log"}) {  // everything is read anew
            std::filesystem::remove_all(founder->profile.cache() / copy);
        }
        const std::string pins = snapshot(founder->profile.folder() / "pins");
        world.network.wire.after = [route, change](const Call& call, Response& response) {
            if (call.route == route) {
                change(response);
            }
        };
        const std::string failure = failure_of([&] {
            const auto member = Member::reopen(world, "founder");
            (void)member->vault.names();
            Case opened = member->open(case_id);
            Documents documents(opened);
            documents.get(documents.row(row.id), world.folder / "target", local::Overwrite::kNo);
            return 0;
        });
        EXPECT_TRUE(snapshot(founder->profile.folder() / "pins") == pins);
        EXPECT_FALSE(std::filesystem::exists(world.folder / "target"));
        return failure;
    }
    World world;
    std::unique_ptr<Member> founder = found(world);
    CaseId case_id = Cases(founder->vault).create(plain_record());
    casework::Document row;
};

TEST_F(TamperingTest, HonestServerPasses) {
    const auto member = Member::reopen(world, "founder");
    Case opened = member->open(case_id);
    Documents(opened).get(row, world.folder / "target", local::Overwrite::kNo);
    EXPECT_EQ(read_file(world.folder / "target"), some_octets(200'000));
}

TEST_F(TamperingTest, DirectoryNote) {
    EXPECT_EQ(
        read_with(RouteName::kGetDirectory, in_put([](protocol::Put& put) { put.note[40] ^= 1; })),
        "note_signature_invalid");
}

TEST_F(TamperingTest, DirectoryObject) {
    EXPECT_EQ(read_with(RouteName::kGetDirectory,
                        in_put([](protocol::Put& put) { flip_middle(put.object); })),
              "object_hash_mismatch");
}

TEST_F(TamperingTest, KeyringNote) {
    EXPECT_EQ(
        read_with(RouteName::kGetKeyring, in_put([](protocol::Put& put) { put.note[40] ^= 1; })),
        "note_signature_invalid");
}

TEST_F(TamperingTest, KeyringObject) {
    EXPECT_EQ(read_with(RouteName::kGetKeyring,
                        in_put([](protocol::Put& put) { flip_middle(put.object); })),
              "object_hash_mismatch");
}

TEST_F(TamperingTest, RecordNote) {
    EXPECT_EQ(
        read_with(RouteName::kGetRecord, in_put([](protocol::Put& put) { put.note[40] ^= 1; })),
        "note_signature_invalid");
}

TEST_F(TamperingTest, RecordObject) {
    EXPECT_EQ(read_with(RouteName::kGetRecord,
                        in_put([](protocol::Put& put) { flip_middle(put.object); })),
              "object_hash_mismatch");
}

TEST_F(TamperingTest, RecordOfAnotherCase) {
    const CaseId other = Cases(founder->vault).create(plain_record("RV-2026-102"));
    std::string stolen;
    world.network.wire.after = [&](const Call& call, Response& response) {
        if (call.route == RouteName::kGetRecord) {
            stolen = std::string(response.text());
        }
    };
    (void)founder->open(other).read_record();
    EXPECT_EQ(read_with(RouteName::kGetRecord,
                        [&](Response& response) { response.body = to_bytes(as_bytes(stolen)); }),
              "note_context_mismatch");
}

TEST_F(TamperingTest, OlderRecord) {
    EXPECT_EQ(read_with(RouteName::kGetCase,
                        [](Response& response) {
                            protocol::CaseHeads heads =
                                protocol::decode_case_heads(response.text());
                            heads.record -= 1;
                            response.body = to_bytes(as_bytes(protocol::encode(heads)));
                        }),
              "state_rolled_back");
}

TEST_F(TamperingTest, MissingRecord) {
    EXPECT_EQ(read_with(RouteName::kGetRecord,
                        [](Response& response) {
                            response.status = 404;
                            response.body =
                                to_bytes(as_bytes(R"({"error":"not_found","message":"m"})"));
                        }),
              "object_missing");
}

TEST_F(TamperingTest, HeaderOfADocument) {
    EXPECT_EQ(read_with(RouteName::kGetDocumentHeader,
                        [](Response& response) { flip_middle(response.body); }),
              "header_unreadable");
}

TEST_F(TamperingTest, HeaderOfAnotherPaper) {
    Case opened = founder->open(case_id);
    write_file(world.folder / "second", as_bytes("second"));
    const casework::Document other = Documents(opened).add(world.folder / "second", passport_row());
    const Bytes header = Documents(opened).header(other);
    EXPECT_EQ(read_with(RouteName::kGetDocumentHeader,
                        [&](Response& response) { response.body = header; }),
              "file_key_mismatch");
}

TEST_F(TamperingTest, BodyOfADocument) {
    for (const std::size_t at : {0U, 17U, 70'000U, 199'000U}) {
        EXPECT_EQ(read_with(RouteName::kGetDocumentBody,
                            [at](Response& response) { flip(response.body, at); }),
                  "body_damaged")
            << at;
    }
}

TEST_F(TamperingTest, BodyThatIsShorter) {
    EXPECT_EQ(read_with(RouteName::kGetDocumentBody,
                        [](Response& response) { response.body.resize(100'000); }),
              "body_truncated");
}

TEST_F(TamperingTest, BodyThatIsLonger) {
    EXPECT_EQ(read_with(RouteName::kGetDocumentBody,
                        [](Response& response) { response.body.push_back(0); }),
              "body_truncated");
}

TEST_F(TamperingTest, Checkpoint) {
    EXPECT_EQ(read_with(RouteName::kGetCheckpoint,
                        [](Response& response) { flip_middle(response.body); }),
              "log_signature_invalid");
}

TEST_F(TamperingTest, LogTile) {
    EXPECT_EQ(
        read_with(RouteName::kGetTile, [](Response& response) { flip_middle(response.body); }),
        "log_inconsistent");
}

TEST_F(TamperingTest, OwnWriteThatTheLogDoesNotHold) {
    founder->vault.sync();
    Response old;
    world.network.wire.after = [&](const Call& call, Response& response) {
        if (call.route == RouteName::kGetCheckpoint) {
            old = response;
        }
    };
    founder->vault.sync_log();
    Case opened = founder->open(case_id);
    opened.update_record([](casework::Record record) { return record; });
    world.network.wire.after = [&](const Call& call, Response& response) {
        if (call.route == RouteName::kGetCheckpoint) {
            response = old;
        }
    };
    EXPECT_EQ(failure_of([&] {
                  founder->vault.sync_log();
                  return 0;
              }),
              "own_write_missing");
}

TEST_F(TamperingTest, ReplyThatIsNoJson) {
    EXPECT_EQ(read_with(RouteName::kGetRecord,
                        [](Response& response) { response.body = to_bytes(as_bytes("{")); }),
              "protocol_violation");
}

// ---- the recipient of a link ----

struct LinkTamperingTest : TamperingTest {
    LinkTamperingTest() {
        Case opened = founder->open(case_id);
        LinkRequest wanted;
        wanted.recipient = "o1";
        wanted.kinds = {"passport"};
        wanted.not_after = world.clock.now() + std::chrono::hours(24);
        wanted.parts = {{.documents = {{.id = row.id, .name = "paper.jpg"}}}};
        link.emplace(Links(opened).create(wanted));
    }
    std::string open_with(RouteName route, Change change) {
        world.network.wire.after = [route, change](const Call& call, Response& response) {
            if (call.route == route) {
                change(response);
            }
        };
        const std::string failure = failure_of([&] {
            LinkOpener opener(world.environment, HolderStore(world.folder / "holders"),
                              link->url.reveal());
            opener.open(link->code).save(1, world.folder / "target", local::Overwrite::kNo);
            return 0;
        });
        EXPECT_FALSE(std::filesystem::exists(world.folder / "target"));
        return failure;
    }
    std::optional<CreatedLink> link;
};

TEST_F(LinkTamperingTest, PackageFile) {
    EXPECT_EQ(open_with(RouteName::kGetPackage,
                        in_file([](protocol::MacFile& file) { flip_middle(file.file); })),
              "package_mac_invalid");
}

TEST_F(LinkTamperingTest, PackageMac) {
    EXPECT_EQ(open_with(RouteName::kGetPackage,
                        in_file([](protocol::MacFile& file) { flip(file.mac, 0); })),
              "package_mac_invalid");
}

TEST_F(LinkTamperingTest, PartFile) {
    EXPECT_EQ(open_with(RouteName::kGetPart,
                        in_file([](protocol::MacFile& file) { flip_middle(file.file); })),
              "package_mac_invalid");
}

TEST_F(LinkTamperingTest, PackageInThePlaceOfAPart) {
    Bytes package;
    world.network.wire.after = [&](const Call& call, Response& response) {
        if (call.route == RouteName::kGetPackage) {
            package = response.body;
        }
    };
    (void)LinkOpener(world.environment, HolderStore(world.folder / "holders"), link->url.reveal())
        .open(link->code);
    EXPECT_EQ(open_with(RouteName::kGetPart, [&](Response& response) { response.body = package; }),
              "package_mac_invalid");
}

TEST_F(LinkTamperingTest, HeaderOfALink) {
    EXPECT_EQ(open_with(RouteName::kGetLinkHeader,
                        [](Response& response) { flip_middle(response.body); }),
              "package_mac_invalid");
}

TEST_F(LinkTamperingTest, BodyOfALink) {
    EXPECT_EQ(
        open_with(RouteName::kGetLinkBody, [](Response& response) { flip_middle(response.body); }),
        "body_damaged");
}

TEST_F(LinkTamperingTest, LeaseOfAnotherVersion) {
    EXPECT_EQ(open_with(RouteName::kLinkOpen,
                        [](Response& response) {
                            protocol::Lease lease = protocol::decode_lease(response.text());
                            lease.version = 2;
                            response.body = to_bytes(as_bytes(protocol::encode(lease)));
                        }),
              "package_mac_invalid");
}

}  // namespace
}  // namespace valv::client::test

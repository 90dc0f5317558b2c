// A server that gives out papers must show the opening in the log before anything is read
// (docs/formats.md section 9, "An open counts as logged").
#include <gtest/gtest.h>

#include "client/lib/documents.h"
#include "client/lib/link_opener.h"
#include "client/lib/links.h"
#include "crypto/core/checkpoint.h"
#include "crypto/core/log_receipt.h"
#include "tests/client/lib/support/party.h"

namespace valv::client::test {
namespace {

using protocol::RouteName;
using Change = std::function<void(crypto::LogReceipt&)>;

struct ReceiptTest : testing::Test {
    ReceiptTest() {
        write_file(world.folder / "source", some_octets(100));
        const casework::Document row =
            Documents(opened).add(world.folder / "source", passport_row());
        LinkRequest wanted;
        wanted.recipient = "o1";
        wanted.kinds = {"passport"};
        wanted.not_after = world.clock.now() + std::chrono::hours(48);
        wanted.max_opens = 9;
        wanted.parts = {{.documents = {{.id = row.id, .name = "paper.jpg"}}}};
        link.emplace(Links(opened).create(wanted));
        other_link.emplace(Links(opened).create(wanted));
    }
    OpenedLink open(std::string_view holder, const CreatedLink& what) {
        return LinkOpener(world.environment, HolderStore(world.folder / holder), what.url.reveal())
            .open(what.code);
    }
    OpenedLink open(std::string_view holder = "holder") { return open(holder, *link); }
    // The server gives `octets` for a receipt; nothing of a part may be asked for after it.
    std::string open_given(const std::string& octets) {
        std::size_t parts = 0;
        world.network.wire.after = [&](const Call& call, Response& response) {
            if (call.route == RouteName::kGetReceipt) {
                response.body = to_bytes(as_bytes(octets));
            }
            parts += call.route == RouteName::kGetPart ? 1U : 0U;
        };
        const std::string failure = failure_of([&] { return open(); });
        world.network.wire = {};
        EXPECT_EQ(parts, failure == "none" ? 1U : 0U);
        return failure;
    }
    std::string open_changed(const Change& change) {
        crypto::LogReceipt receipt = crypto::decode_log_receipt(open().receipt());
        change(receipt);
        return open_given(crypto::encode_log_receipt(receipt));
    }

    World world;
    std::unique_ptr<Member> founder = found(world);
    Case opened = founder->open(Cases(founder->vault).create(plain_record()));
    std::optional<CreatedLink> link;
    std::optional<CreatedLink> other_link;
};

TEST_F(ReceiptTest, AnHonestOpeningHasAReceiptThatAnybodyWithTheLogKeyChecks) {
    const OpenedLink read = open();
    const crypto::LogEvent event = crypto::verify_log_receipt(
        crypto::decode_log_receipt(read.receipt()), crypto::log_origin(founder->vault.id()),
        founder->vault.directory().log_key);
    EXPECT_EQ(event.kind, "link-open");
    EXPECT_EQ(event.find("link"), link->id.text());
    EXPECT_EQ(open_given(read.receipt()), "none");
}

TEST_F(ReceiptTest, WithoutAReceiptNothingIsRead) {
    world.network.wire.after = [](const Call& call, Response& response) {
        if (call.route == RouteName::kGetReceipt) {
            response = {.status = 404,
                        .headers = {},
                        .body = to_bytes(as_bytes(R"({"error":"not_found","message":"No."})"))};
        }
    };
    EXPECT_EQ(failure_of([&] { return open(); }), "object_missing");
}

TEST_F(ReceiptTest, TheEntryOfAnotherHolderIsNotThisOpening) {
    EXPECT_EQ(open_given(open("somebody else").receipt()), "log_inconsistent");
}

TEST_F(ReceiptTest, TheEntryOfAnotherLinkIsNotThisOpening) {
    EXPECT_EQ(open_given(open("holder", *other_link).receipt()), "log_inconsistent");
}

TEST_F(ReceiptTest, AnEarlierOpeningDoesNotStandForALaterOne) {
    const std::string first = open().receipt();
    world.clock.advance(std::chrono::hours(25));
    EXPECT_EQ(open_given(first), "log_inconsistent");
}

TEST_F(ReceiptTest, AnEntryThatIsNotInTheTreeIsRefused) {
    EXPECT_EQ(open_changed([](auto& receipt) { receipt.event += "more -\n"; }), "log_inconsistent");
    EXPECT_EQ(open_changed([](auto& receipt) { receipt.r[0] ^= 1U; }), "log_inconsistent");
    EXPECT_EQ(open_changed([](auto& receipt) { receipt.index ^= 1U; }), "log_inconsistent");
    EXPECT_EQ(open_changed([](auto& receipt) { receipt.proof.pop_back(); }), "log_inconsistent");
}

// A log of the server's own for strangers: its key is not the one that the package names.
TEST_F(ReceiptTest, ALogUnderAnotherKeyOrOriginIsRefused) {
    const auto sign = [&](const std::string& origin) {
        return [&, origin](crypto::LogReceipt& receipt) {
            const crypto::Hash leaf = crypto::log_leaf_hash(receipt.event, receipt.r);
            receipt.index = 0;
            receipt.proof.clear();
            receipt.checkpoint = as_text(
                crypto::sign_checkpoint({.origin = origin, .head = {.size = 1, .root = leaf}},
                                        crypto::SigningKey::random(world.random)));
        };
    };
    EXPECT_EQ(open_changed(sign(crypto::log_origin(founder->vault.id()))), "log_signature_invalid");
    EXPECT_EQ(open_changed(sign("resvalv/v1/log/other")), "log_signature_invalid");
}

TEST_F(ReceiptTest, TextThatIsNoReceiptIsRefused) {
    EXPECT_EQ(open_given("c2sp.org/tlog-proof@v1\n"), "protocol_violation");
}

}  // namespace
}  // namespace valv::client::test

// Masks, bodies, notes and checkpoints against tests/vectors/*.json, which an implementation in
// JavaScript computes.
#include <gtest/gtest.h>

#include "crypto/core/body_root.h"
#include "crypto/core/checkpoint.h"
#include "crypto/core/device_id.h"
#include "crypto/core/directory.h"
#include "crypto/core/mask.h"
#include "crypto/core/object_note.h"
#include "crypto/sealed/age/file.h"
#include "crypto/sealed/age/stream.h"
#include "crypto/sealed/age/x25519.h"
#include "tests/crypto/seeded_random.h"
#include "tests/crypto/vectors.h"

namespace valv::sealed {
namespace {

using test::hash;
using test::id;
using test::ids;
using test::Json;
using test::octets;
using test::secret;
using test::text_of;

TEST(MaskVectorsTest, TheStreamIsTheOneOfTheFormat) {
    for (const Json& vector : test::vectors("mask")) {
        const Json& in = vector["input"];
        const Bytes masked = crypto::mask(octets(in["key"]), in["kind"].get<std::string>(),
                                          octets(in["salt"]), octets(in["data"]));
        EXPECT_EQ(to_hex(masked), text_of(vector["output"]["masked"]));
    }
}

TEST(BodyVectorsTest, BodiesAndRootsAreTheOnesOfTheFormat) {
    for (const Json& vector : test::vectors("body")) {
        const Json& in = vector["input"];
        const Json& out = vector["output"];
        Bytes plaintext(in["size"].get<std::size_t>());
        for (std::size_t at = 0; at < plaintext.size(); ++at) {
            plaintext[at] = static_cast<std::uint8_t>(7 * at + 3);
        }
        const FileKey file_key(secret(in["file_key"]));
        EXPECT_EQ(to_hex(payload_key(file_key, octets(in["nonce"])).reveal()),
                  text_of(out["payload_key"]));
        test::ScriptedRandom nonce(octets(in["nonce"]));
        const Bytes body = seal_body(plaintext, file_key, nonce);
        EXPECT_EQ(body.size(), out["body_size"]);
        EXPECT_EQ(crypto::sha256(body), hash(out["body_sha256"]));
        EXPECT_EQ(crypto::body_root(body), hash(out["body_root"]));
    }
}

crypto::TreeHead head_of(const Json& field) {
    return {.size = field["size"], .root = hash(field["root"])};
}

std::optional<crypto::Hash> optional_hash(const Json& in, const char* key) {
    return in.contains(key) ? std::optional(hash(in[key])) : std::nullopt;
}

Bytes signed_directory(const Json& in) {
    crypto::Directory directory;
    directory.vault = id<VaultId>(in["vault"]);
    directory.number = in["number"];
    directory.object = hash(in["object"]);
    directory.previous = optional_hash(in, "previous");
    directory.checkpoint = head_of(in["checkpoint"]);
    directory.server_ca = hash(in["server_ca"]);
    directory.server_ca_next = optional_hash(in, "server_ca_next");
    directory.log_key = crypto::verify_key_from(octets(in["log_key"]));
    directory.recovery = in.value("recovery", "");
    directory.recovery_proposed = in.value("recovery_proposed", "");
    directory.origin = in["origin"];
    for (const Json& line : in["lines"]) {
        const X25519Identity identity = X25519Identity::from_secret(secret(line["secret"]));
        const crypto::DevicePublicKeys keys{
            .recipient = identity.recipient().point(),
            .signing_key = crypto::SigningKey::from_seed(secret(line["signing_seed"])).public_key(),
            .tls_key = hash(line["tls_key"])};
        directory.devices.push_back(
            {.person = id<PersonId>(line["person"]),
             .device = crypto::device_id(keys),
             .role = crypto::parse_role(line["role"].get<std::string>()).value(),
             .recipient = identity.recipient().text(),
             .signing_key = keys.signing_key,
             .tls_key = keys.tls_key,
             .status = crypto::parse_device_status(line["status"].get<std::string>()).value()});
    }
    return crypto::sign_directory(directory, id<DeviceId>(in["signer"]),
                                  crypto::SigningKey::from_seed(secret(in["signing_seed"])));
}

Bytes signed_object_note(const Json& in) {
    crypto::ObjectNote note{
        .kind = crypto::note_kind("resvalv/v1/" + in["kind"].get<std::string>() + "\n"),
        .vault = id<VaultId>(in["vault"]),
        .case_id = id<CaseId>(in["case"]),
        .link = in.contains("link") ? std::optional(id<LinkId>(in["link"])) : std::nullopt,
        .epoch = in["epoch"],
        .number = in["number"],
        .object = hash(in["object"]),
        .previous = optional_hash(in, "previous"),
        .directory = {.number = in["directory"]["number"], .hash = hash(in["directory"]["hash"])},
        .checkpoint = head_of(in["checkpoint"]),
        .devices = {},
        .recovery = optional_hash(in, "recovery")};
    if (in.contains("devices")) {
        note.devices = ids<DeviceId>(in["devices"]);
        std::ranges::sort(note.devices);
    }
    return crypto::sign_object_note(note, id<DeviceId>(in["signer"]),
                                    crypto::SigningKey::from_seed(secret(in["signing_seed"])));
}

TEST(NoteVectorsTest, NotesAndSignaturesAreTheOnesOfTheFormat) {
    for (const Json& vector : test::vectors("note")) {
        const Json& in = vector["input"];
        const Json& out = vector["output"];
        const Bytes note =
            in["kind"] == "directory" ? signed_directory(in) : signed_object_note(in);
        EXPECT_EQ(as_text(note), out["note"].get<std::string>());
        EXPECT_EQ(crypto::sha256(note), hash(out["note_sha256"]));
        const std::string text = out["text"];
        if (in["kind"] == "directory") {
            EXPECT_EQ(crypto::encode_directory(crypto::decode_directory(text)), text);
        } else {
            EXPECT_EQ(crypto::encode_object_note(crypto::decode_object_note(text)), text);
        }
    }
}

TEST(CheckpointVectorsTest, RootsAndNotesAreTheOnesOfTheFormat) {
    for (const Json& vector : test::vectors("checkpoint")) {
        const Json& in = vector["input"];
        const Json& out = vector["output"];
        crypto::MerkleFrontier tree;
        for (const Json& leaf : in["leaves"]) {
            tree.append(crypto::leaf_hash(octets(leaf)));
        }
        EXPECT_EQ(tree.root(), hash(out["root"]));
        const crypto::Checkpoint checkpoint{.origin = crypto::log_origin(id<VaultId>(in["vault"])),
                                            .head = {.size = tree.size(), .root = tree.root()}};
        const crypto::SigningKey key = crypto::SigningKey::from_seed(secret(in["signing_seed"]));
        EXPECT_EQ(as_text(crypto::sign_checkpoint(checkpoint, key)),
                  out["note"].get<std::string>());
    }
}

}  // namespace
}  // namespace valv::sealed

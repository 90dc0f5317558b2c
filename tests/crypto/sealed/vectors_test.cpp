// The key schedules against tests/vectors/*.json, which an implementation in JavaScript computes.
#include "tests/crypto/vectors.h"

#include <fstream>

#include <gtest/gtest.h>

#include "crypto/core/checkpoint.h"
#include "crypto/sealed/case_keys.h"
#include "crypto/sealed/device_keys.h"
#include "crypto/sealed/invitation.h"
#include "crypto/sealed/keyring.h"
#include "crypto/sealed/link_keys.h"

namespace valv::sealed {
namespace {

using test::hash;
using test::id;
using test::ids;
using test::Json;
using test::octets;
using test::secret;
using test::shown;
using test::text_of;

CaseKey case_key(const Json& field) {
    return CaseKey(secret(field));
}

TEST(CaseVectorsTest, KeysFollowFromK) {
    for (const Json& vector : test::vectors("case")) {
        const Json& in = vector["input"];
        const Json& out = vector["output"];
        const CaseKeys keys(id<CaseId>(in["case"]), in["epoch"], case_key(in["key"]));
        EXPECT_EQ(shown(keys.case_identity().text()), text_of(out["identity_text"]));
        EXPECT_EQ(keys.case_identity().recipient().text(), text_of(out["recipient"]));
        EXPECT_EQ(shown(keys.reply_identity(id<LinkId>(in["link"])).text()),
                  text_of(out["reply_identity_text"]));
        const Json& next = in["next"];
        const std::vector<DeviceId> devices = ids<DeviceId>(next["devices"]);
        EXPECT_EQ(device_list_hash(devices), hash(out["device_list_hash"]));
        EXPECT_EQ(
            keys.next_keyring_mac(next["epoch"], next["number"], case_key(next["key"]), devices),
            hash(out["succession"]));
        EXPECT_EQ(file_key_hash(FileKey(secret(in["file_key"]))), hash(out["file_key_hash"]));
    }
}

Keyring keyring_of(const Json& in) {
    Keyring keyring{.vault = id<VaultId>(in["vault"]),
                    .case_id = id<CaseId>(in["case"]),
                    .epoch = in["epoch"],
                    .number = in["number"],
                    .succession = std::nullopt,
                    .record = std::nullopt,
                    .keys = {}};
    for (const Json& key : in["keys"]) {
        keyring.keys.push_back(
            {.epoch = static_cast<std::uint32_t>(keyring.keys.size() + 1), .key = case_key(key)});
    }
    if (in.contains("record")) {
        keyring.record = {.number = in["record"]["number"], .hash = hash(in["record"]["hash"])};
    }
    if (in.contains("before")) {
        // The epoch of the keyring before does not enter the MAC.
        keyring.succession =
            CaseKeys(keyring.case_id, 1, case_key(in["before"]))
                .next_keyring_mac(keyring.epoch, keyring.number, keyring.keys.back().key,
                                  ids<DeviceId>(in["devices"]));
    }
    return keyring;
}

TEST(KeyringVectorsTest, ThePlaintextIsTheOneOfTheFormat) {
    for (const Json& vector : test::vectors("keyring")) {
        const std::string plaintext = vector["output"]["plaintext"];
        EXPECT_EQ(shown(encode_keyring(keyring_of(vector["input"]))), plaintext);
        EXPECT_EQ(shown(encode_keyring(decode_keyring(as_bytes(plaintext)))), plaintext);
    }
}

class LinkVectorsTest : public testing::Test {
protected:
    static LinkEntry entry_of(const Json& in) {
        return {in["mode"] == "c" ? LinkMode::kCode : LinkMode::kNoCode,
                LinkSecret(secret(in["secret"]))};
    }
    static std::optional<DigitCode> code_of(const Json& in) {
        return in.contains("typed")
                   ? DigitCode::from_text(as_bytes(in["typed"].get<std::string>()), kLinkCodeDigits)
                   : std::nullopt;
    }
    static crypto::Hash file_hash(const Json& field) { return crypto::sha256(octets(field)); }
};

TEST_F(LinkVectorsTest, TheUrlGivesIdAndProbe) {
    for (const Json& vector : test::vectors("link")) {
        const Json& out = vector["output"];
        const std::string url = out["url"];
        const LinkUrl parsed = parse_link_url(as_bytes(url));
        EXPECT_EQ(parsed.origin, text_of(vector["input"]["origin"]));
        EXPECT_EQ(shown(format_link_url(parsed)), url);
        const LinkEntry entry(parsed.mode, parsed.secret);
        EXPECT_EQ(entry.id().text(), text_of(out["id_text"]));
        EXPECT_EQ(to_hex(entry.probe().reveal()), text_of(out["probe"]));
        EXPECT_EQ(entry.probe_hash(), hash(out["probe_sha256"]));
    }
}

TEST_F(LinkVectorsTest, UrlAndCodeGiveTheKeys) {
    for (const Json& vector : test::vectors("link")) {
        const Json& out = vector["output"];
        const std::optional<DigitCode> code = code_of(vector["input"]);
        if (code) {
            EXPECT_EQ(shown(code->digits()), text_of(out["digits"]));
        }
        const LinkKeys keys = LinkKeys::derive(entry_of(vector["input"]), code);
        EXPECT_EQ(to_hex(keys.p1().reveal()), text_of(out["p1"]));
        EXPECT_EQ(to_hex(keys.auth().public_key()), text_of(out["auth_public_key"]));
        EXPECT_EQ(shown(keys.identity().text()), text_of(out["identity_text"]));
        EXPECT_EQ(keys.identity().recipient().text(), text_of(out["recipient"]));
        EXPECT_EQ(to_hex(keys.package_mac_key().reveal()), text_of(out["mac_package_key"]));
        EXPECT_EQ(to_hex(keys.reply_mac_key().reveal()), text_of(out["mac_reply_key"]));
    }
}

TEST_F(LinkVectorsTest, MessagesAndMacsAreTheOnesOfTheFormat) {
    for (const Json& vector : test::vectors("link")) {
        const Json& in = vector["input"];
        const Json& out = vector["output"];
        const LinkKeys keys(id<LinkId>(out["id"]), secret(out["p1"]));
        const crypto::Hash holder = file_hash(in["holder"]);
        const Bytes message = link_open_message(keys.id(), octets(in["challenge"]), holder);
        EXPECT_EQ(to_hex(message), text_of(out["open_message"]));
        EXPECT_EQ(to_hex(keys.auth().sign(message)), text_of(out["open_signature"]));
        EXPECT_EQ(to_base64url(concat({keys.id().bytes(), octets(in["holder"])})),
                  text_of(out["bearer"]));
        const std::uint32_t version = in["version"];
        EXPECT_EQ(package_mac(keys.package_mac_key(), {.kind = "package",
                                                       .link = keys.id(),
                                                       .version = version,
                                                       .part = 0,
                                                       .object = file_hash(in["package"])}),
                  hash(out["package_mac"]));
        EXPECT_EQ(package_mac(keys.package_mac_key(), {.kind = "part",
                                                       .link = keys.id(),
                                                       .version = version,
                                                       .part = in["part"]["number"],
                                                       .object = file_hash(in["part"]["file"])}),
                  hash(out["part_mac"]));
        const Json& reply = in["reply"];
        EXPECT_EQ(
            reply_mac(keys.reply_mac_key(), {.link = keys.id(),
                                             .number = reply["number"],
                                             .holder = holder,
                                             .package_version = version,
                                             .package = file_hash(in["package"]),
                                             .checkpoint_size = reply["checkpoint_size"],
                                             .checkpoint_root = hash(reply["checkpoint_root"]),
                                             .content = file_hash(reply["content"])}),
            hash(out["reply_mac"]));
    }
}

// The page's own vectors, which Python and OpenSSL computed (tests/browser/vectors/link.json).
TEST_F(LinkVectorsTest, TheVectorsOfThePageHold) {
    std::ifstream in("tests/browser/vectors/link.json");
    const Json all = Json::parse(in);
    ASSERT_EQ(all.at("links").size(), 2U);
    for (const Json& vector : all["links"]) {
        const LinkUrl url =
            parse_link_url(as_bytes("https://a.example/o" + vector["fragment"].get<std::string>()));
        const LinkEntry entry(url.mode, url.secret);
        EXPECT_EQ(entry.id().text(), text_of(vector["id"]));
        EXPECT_EQ(to_base64url(entry.probe().reveal()), text_of(vector["probe"]));
        const std::optional<DigitCode> code =
            vector["digits"].is_null()
                ? std::nullopt
                : DigitCode::from_text(as_bytes(vector["digits"].get<std::string>()),
                                       kLinkCodeDigits);
        const LinkKeys keys = LinkKeys::derive(entry, code);
        EXPECT_EQ(to_base64url(keys.p1().reveal()), text_of(vector["p1"]));
        EXPECT_EQ(to_base64url(keys.auth().seed().reveal()), text_of(vector["auth_seed"]));
        EXPECT_EQ(to_base64url(keys.identity().secret().reveal()), text_of(vector["identity"]));
        EXPECT_EQ(to_base64url(keys.package_mac_key().reveal()),
                  text_of(vector["package_mac_key"]));
        const auto octets_of = [&](const char* key) {
            return from_base64url(vector[key].get<std::string>());
        };
        const Bytes message = link_open_message(keys.id(), octets_of("challenge"),
                                                crypto::sha256(octets_of("holder")));
        EXPECT_EQ(to_base64url(keys.auth().sign(message)), text_of(vector["open_signature"]));
        PackageObject object{.kind = "package",
                             .link = keys.id(),
                             .version = 1,
                             .part = 0,
                             .object = crypto::sha256(octets_of("file"))};
        EXPECT_EQ(to_base64url(package_mac(keys.package_mac_key(), object)),
                  text_of(vector["package_mac"]));
        object = {
            .kind = "part", .link = keys.id(), .version = 7, .part = 3, .object = object.object};
        EXPECT_EQ(to_base64url(package_mac(keys.package_mac_key(), object)),
                  text_of(vector["part_mac"]));
    }
}

TEST(DeviceVectorsTest, TheIdComesFromThePublicKeys) {
    for (const Json& vector : test::vectors("device")) {
        const Json& in = vector["input"];
        const Json& out = vector["output"];
        const X25519Identity identity = X25519Identity::from_secret(secret(in["secret"]));
        const crypto::SigningKey signing_key =
            crypto::SigningKey::from_seed(secret(in["signing_seed"]));
        EXPECT_EQ(identity.recipient().text(), text_of(out["recipient"]));
        EXPECT_EQ(device_id({.recipient = identity.recipient().point(),
                             .signing_key = signing_key.public_key(),
                             .tls_key = hash(in["tls_key"])})
                      .text(),
                  text_of(out["id_text"]));
    }
}

TEST(InvitationVectorsTest, TheFileGivesIdProbeAndKeys) {
    for (const Json& vector : test::vectors("invitation")) {
        const Json& out = vector["output"];
        const std::string text = out["text"];
        const Invitation invitation = decode_invitation(as_bytes(text));
        EXPECT_EQ(shown(encode_invitation(invitation)), text);
        EXPECT_EQ(to_hex(invitation_hash(as_bytes(text))), text_of(out["h"]));
        const InvitationEntry entry(invitation.secret);
        EXPECT_EQ(to_hex(entry.id().bytes()), text_of(out["id"]));
        EXPECT_EQ(to_hex(entry.probe().reveal()), text_of(out["probe"]));
        EXPECT_EQ(entry.probe_hash(), hash(out["probe_sha256"]));
    }
}

TEST(InvitationVectorsTest, FileAndCodeGiveSignaturesAndMac) {
    for (const Json& vector : test::vectors("invitation")) {
        const Json& in = vector["input"];
        const Json& out = vector["output"];
        const crypto::Hash h = hash(out["h"]);
        const std::optional<DigitCode> code =
            DigitCode::from_text(as_bytes(in["digits"].get<std::string>()), kInvitationCodeDigits);
        const InvitationEntry entry{InvitationSecret(secret(in["secret"]))};
        const InvitationKeys keys = InvitationKeys::derive(entry, h, code.value());
        EXPECT_EQ(to_hex(keys.signing_key().public_key()), text_of(out["sign_public_key"]));
        EXPECT_EQ(to_hex(keys.mac_key().reveal()), text_of(out["mac_key"]));
        const Json& device = in["device"];
        const crypto::SigningKey own =
            crypto::SigningKey::from_seed(secret(device["signing_seed"]));
        const DevicePublicKeys public_keys{
            .recipient = X25519Identity::from_secret(secret(device["secret"])).recipient().point(),
            .signing_key = own.public_key(),
            .tls_key = hash(device["tls_key"])};
        const Bytes message = submission_message(
            {.vault = id<VaultId>(in["vault"]), .invitation = h, .keys = public_keys});
        EXPECT_EQ(to_hex(message), text_of(out["submission_message"]));
        EXPECT_EQ(to_hex(keys.signing_key().sign(message)), text_of(out["code_signature"]));
        EXPECT_EQ(to_hex(own.sign(message)), text_of(out["device_signature"]));
        const Json& approval = in["approval"];
        EXPECT_EQ(approval_mac(keys.mac_key(),
                               {.vault = id<VaultId>(in["vault"]),
                                .invitation = h,
                                .device = device_id(public_keys),
                                .directory = {.number = approval["directory_number"],
                                              .hash = hash(approval["directory_hash"])},
                                .checkpoint = {.size = approval["checkpoint_size"],
                                               .root = hash(approval["checkpoint_root"])}}),
                  hash(out["approval_mac"]));
    }
}

}  // namespace
}  // namespace valv::sealed

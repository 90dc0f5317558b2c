#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "crypto/sealed/age/header.h"
#include "tests/crypto/tool/tool_world.h"

namespace valv::tool::testing {
namespace {

class InspectTest : public ::testing::Test {
protected:
    [[nodiscard]] nlohmann::json json_of(ByteView file) {
        return nlohmann::json::parse(as_text(world_.must_run({"inspect", "--json"}, file)));
    }
    // A file whose stanzas have these types; nobody opens it.
    [[nodiscard]] static Bytes file_of(const std::vector<std::string>& types) {
        sealed::AgeHeader header;
        for (const std::string& type : types) {
            header.stanzas.push_back({.arguments = {type}, .body = Bytes(32)});
        }
        return concat({sealed::encode_age_header(header), Bytes(16 + 16 + 1)});
    }
    [[nodiscard]] bool withstands(const std::vector<std::string>& types) {
        return json_of(file_of(types)).at("postquantum").get<bool>();
    }

    ToolWorld world_;
    Bytes file_ = world_.sealed(pattern(70'000));
};

TEST_F(InspectTest, TellsInWords) {
    EXPECT_EQ(as_text(world_.must_run({"inspect"}, file_)),
              "age-encryption.org/v1, not armored\n"
              "encrypted to:\n"
              "  1 X25519\n"
              "protected against quantum computers: no\n"
              "sizes in octets:\n"
              "  header    168\n"
              "  armor     0\n"
              "  overhead  48\n"
              "  payload   70000\n");
}

TEST_F(InspectTest, TellsInJson) {
    EXPECT_EQ(as_text(world_.must_run({"inspect", "--json"}, file_)),
              R"({"version":"age-encryption.org/v1","armor":false,"stanza_types":["X25519"],)"
              R"("postquantum":false,"sizes":{"header":168,"armor":0,"overhead":48,)"
              R"("payload":70000}})"
              "\n");
}

TEST_F(InspectTest, OfAFileItTellsTheSame) {
    world_.write("in.age", file_);
    EXPECT_EQ(world_.must_run({"inspect", world_.path("in.age")}),
              world_.must_run({"inspect"}, file_));
}

TEST_F(InspectTest, ArmorIsCountedByItself) {
    const Bytes text =
        world_.must_run({"encrypt", "-a", "-r", world_.recipient()}, pattern(70'000));
    const nlohmann::json json = json_of(text);
    EXPECT_EQ(json.at("armor"), true);
    EXPECT_EQ(json.at("sizes").at("payload"), 70'000);
    EXPECT_EQ(json.at("sizes").at("armor"), text.size() - 168 - 48 - 70'000);
    world_.write("in.age", text);
    EXPECT_EQ(world_.must_run({"inspect", "--json", world_.path("in.age")}),
              world_.must_run({"inspect", "--json"}, text));
}

TEST_F(InspectTest, StanzasAreCountedByType) {
    const std::string text(
        as_text(world_.must_run({"inspect"}, file_of({"X25519", "ssh-rsa", "X25519"}))));
    EXPECT_NE(text.find("  2 X25519\n  1 ssh-rsa\n"), std::string::npos) << text;
}

TEST_F(InspectTest, OnlyHybridKeysAndPassphrasesWithstandQuantumComputers) {
    EXPECT_TRUE(withstands({"mlkem768x25519", "mlkem768x25519"}));
    EXPECT_TRUE(withstands({"scrypt"}));
    EXPECT_FALSE(withstands({"mlkem768x25519", "X25519"}));
    EXPECT_FALSE(withstands({"something"}));
}

TEST_F(InspectTest, NoAgeFileIsRefusedAsByDecrypt) {
    const Result result = world_.run({"inspect"}, as_bytes("no age file, whatever its length\n"));
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_EQ(result.notes, "resvalv-age: header failure: not an age v1 file\n");
    EXPECT_TRUE(result.out.empty());
}

TEST_F(InspectTest, ALengthThatNoPayloadHasIsAPayloadFailure) {
    file_.resize(168 + 16 + 65'552 + 16);  // a last chunk that is empty
    world_.write("in.age", file_);
    const std::string line = "resvalv-age: payload failure: no payload has this length\n";
    EXPECT_EQ(world_.run({"inspect"}, file_).notes, line);
    EXPECT_EQ(world_.run({"inspect", world_.path("in.age")}).notes, line);
}

TEST_F(InspectTest, AMissingNonceIsAHeaderFailure) {
    file_.resize(168 + 15);
    EXPECT_EQ(world_.run({"inspect"}, file_).notes,
              "resvalv-age: header failure: the payload's nonce is missing\n");
}

}  // namespace
}  // namespace valv::tool::testing

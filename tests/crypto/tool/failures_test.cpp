#include <algorithm>

#include <gtest/gtest.h>

#include "crypto/sealed/age/detached.h"
#include "crypto/sealed/age/header.h"
#include "tests/crypto/tool/tool_world.h"

// Good files, damaged: the line that scripts read, the exit code, and what is left behind.
namespace valv::tool::testing {
namespace {

class FailuresTest : public ::testing::Test {
protected:
    // The same failure whatever way the file takes; a named output stays as it was.
    void expect_failure(ByteView file, const std::string& line,
                        const std::vector<std::string>& options) {
        std::vector<std::string> words{"decrypt"};
        words.insert(words.end(), options.begin(), options.end());
        const Result piped = world_.run(words, file);
        EXPECT_EQ(piped.exit_code, 1);
        EXPECT_EQ(piped.notes, "resvalv-age: " + line + "\n");
        world_.write("in.age", file);
        world_.write("old", as_bytes("old"));
        for (const char* output : {"new", "old"}) {
            std::vector<std::string> named = words;
            named.insert(named.end(), {"-o", world_.path(output), world_.path("in.age")});
            const Result result = world_.run(named);
            EXPECT_EQ(result.exit_code, 1);
            EXPECT_EQ(result.notes.substr(0, result.notes.find(": ", 13)),
                      "resvalv-age: " + line.substr(0, line.find(": ")));
            EXPECT_EQ(std::count(result.notes.begin(), result.notes.end(), '\n'), 1);
        }
        EXPECT_FALSE(world_.exists("new"));
        EXPECT_EQ(as_text(world_.read("old")), "old");
        EXPECT_EQ(as_text(world_.read("in.age")), as_text(file));
    }
    void expect_failure(ByteView file, const std::string& line) {
        expect_failure(file, line, {"-i", world_.key()});
    }
    [[nodiscard]] std::size_t header_bytes() const {
        return sealed::split_file(file_).header.size();
    }

    ToolWorld world_;
    Bytes plaintext_ = pattern(200'000);  // four chunks
    Bytes file_ = world_.sealed(plaintext_);
};

TEST_F(FailuresTest, AnotherVersionIsAHeaderFailure) {
    file_[20] = '2';
    expect_failure(file_, "header failure: not an age v1 file");
}

TEST_F(FailuresTest, NoAgeFileAtAllIsAHeaderFailure) {
    expect_failure(as_bytes("hello"), "header failure: not an age v1 file");
    expect_failure({}, "header failure: the header has no end");
}

TEST_F(FailuresTest, ACutHeaderIsAHeaderFailure) {
    expect_failure(ByteView(file_).first(header_bytes() - 1),
                   "header failure: the header has no end");
}

TEST_F(FailuresTest, AnotherMacIsAnHmacFailure) {
    const sealed::SplitFile parts = sealed::split_file(file_);
    sealed::AgeHeader header = sealed::parse_age_header(parts.header);
    header.mac[0] ^= 1U;
    expect_failure(concat({sealed::encode_age_header(header), parts.body}),
                   "HMAC failure: the header's MAC does not hold");
}

TEST_F(FailuresTest, AnotherIdentityIsNoMatch) {
    static_cast<void>(world_.must_run({"keygen", "-o", world_.path("other.txt")}));
    expect_failure(file_, "no match: no identity opens it", {"-i", world_.path("other.txt")});
}

TEST_F(FailuresTest, AnotherPassphraseIsNoMatch) {
    world_.write("pass", as_bytes("correct horse"));
    world_.write("wrong", as_bytes("wrong horse"));
    expect_failure(
        world_.must_run({"encrypt", "--passphrase-file", world_.path("pass")}, plaintext_),
        "no match: the passphrase does not open it", {"--passphrase-file", world_.path("wrong")});
}

TEST_F(FailuresTest, WithoutAnIdentityItIsSaidThatOneIsNeeded) {
    expect_failure(file_, "no match: it opens with an identity: name its file with -i", {});
}

TEST_F(FailuresTest, WithAnIdentityItIsSaidThatAPassphraseIsNeeded) {
    world_.prompter.answers = {"x", "x"};
    expect_failure(world_.must_run({"encrypt", "-p"}, plaintext_),
                   "no match: it opens with a passphrase: leave out -i");
}

TEST_F(FailuresTest, ADamagedLastChunkIsAPayloadFailure) {
    file_.back() ^= 1U;
    expect_failure(file_, "payload failure: the last chunk is missing or does not open");
}

TEST_F(FailuresTest, AMissingEndIsAPayloadFailure) {
    file_.resize(header_bytes() + 16 + 2 * 65'552);
    expect_failure(file_, "payload failure: the last chunk is missing or does not open");
}

TEST_F(FailuresTest, WhatFollowsTheEndIsAPayloadFailure) {
    file_.push_back(0);
    expect_failure(file_, "payload failure: the last chunk is missing or does not open");
}

TEST_F(FailuresTest, DamagedArmorIsAnArmorFailure) {
    Bytes text = world_.must_run({"encrypt", "-a", "-r", world_.recipient()}, plaintext_);
    text[text.size() / 2] = '!';
    expect_failure(text, "armor failure: base64");
}

TEST_F(FailuresTest, ArmorWithoutAnEndIsAnArmorFailure) {
    Bytes text = world_.must_run({"encrypt", "-a", "-r", world_.recipient()}, plaintext_);
    text.resize(as_text(text).find("-----END"));
    expect_failure(text, "armor failure: it has no end line");
}

TEST_F(FailuresTest, OfADamagedFileThePartsBeforeAreReleasedToStandardOutput) {
    file_[header_bytes() + 16 + 65'552] ^= 1U;
    const Result result = world_.run({"decrypt", "-i", world_.key()}, file_);
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_TRUE(result.notes.starts_with("resvalv-age: payload failure: "));
    EXPECT_EQ(as_text(result.out), as_text(ByteView(plaintext_).first(65'536)));
}

TEST_F(FailuresTest, AWorkFactorOverTheLimitIsAHeaderFailure) {
    const Bytes header = sealed::encode_age_header(
        {.stanzas = {{.arguments = {"scrypt", "AAAAAAAAAAAAAAAAAAAAAA", "21"}, .body = Bytes(32)}},
         .mac = {}});
    world_.write("pass", as_bytes("x"));
    expect_failure(header, "header failure: scrypt work factor over the limit",
                   {"--passphrase-file", world_.path("pass")});
}

TEST_F(FailuresTest, AnAbsentInputIsNoClassOfTheFormat) {
    const Result result = world_.run({"decrypt", "-i", world_.key(), world_.path("none")});
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_EQ(result.notes, "resvalv-age: the input file is not there: look at its name\n");
}

}  // namespace
}  // namespace valv::tool::testing

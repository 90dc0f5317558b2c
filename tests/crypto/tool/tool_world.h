#pragma once

#include <algorithm>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "crypto/sealed/age/x25519.h"
#include "crypto/tool/surroundings.h"
#include "tests/common/temp_folder.h"
#include "tests/crypto/seeded_random.h"

namespace valv::tool::testing {

class FixedClock final : public Clock {
public:
    [[nodiscard]] Instant now() override { return parse_instant("2026-03-31T10:25:00Z"); }
    [[nodiscard]] std::chrono::milliseconds monotonic() override { return {}; }
    void sleep_for(std::chrono::milliseconds /*duration*/) override {}
};

// Answers from a script; nobody is there when it is used up.
class ScriptedPrompter final : public Prompter {
public:
    [[nodiscard]] std::optional<crypto::SecretBytes> ask(std::string_view question) override;
    std::deque<std::string> answers;
    std::vector<std::string> questions;
};

class MemorySource final : public local::Source {
public:
    explicit MemorySource(ByteView octets) : octets_(to_bytes(octets)) {}
    [[nodiscard]] std::size_t read(std::span<std::uint8_t> out) override;
    [[nodiscard]] std::optional<local::FileId> file_id() const override { return std::nullopt; }

private:
    Bytes octets_;
    std::size_t at_ = 0;
};

class MemoryScreen final : public local::Screen {
public:
    void write(ByteView octets) override { append(written, octets); }
    [[nodiscard]] bool is_terminal() const override { return is_a_terminal; }
    Bytes written;
    bool is_a_terminal = false;
};

struct Result {
    int exit_code = 0;
    Bytes out;
    std::string notes;
    friend bool operator==(const Result&, const Result&) = default;
};

// The program in a folder of its own, with a key in `key.txt`.
class ToolWorld {
public:
    ToolWorld();
    // Names of files are given as path(NAME).
    [[nodiscard]] Result run(const std::vector<std::string>& words, ByteView standard_input = {});
    // The output of a run that must be good.
    [[nodiscard]] Bytes must_run(const std::vector<std::string>& words,
                                 ByteView standard_input = {});
    [[nodiscard]] std::string path(std::string_view name) const {
        return (folder_ / name).string();
    }
    void write(std::string_view name, ByteView octets) const {
        test::write_file(folder_ / name, octets);
    }
    [[nodiscard]] Bytes read(std::string_view name) const {
        return test::read_file(folder_ / name);
    }
    [[nodiscard]] bool exists(std::string_view name) const {
        return std::filesystem::exists(folder_ / name);
    }
    [[nodiscard]] std::size_t file_count() const;
    [[nodiscard]] std::string recipient() const { return identity_.recipient().text(); }
    [[nodiscard]] std::string key() const { return path("key.txt"); }
    // Of `plaintext`, to recipient().
    [[nodiscard]] Bytes sealed(ByteView plaintext);

    ScriptedPrompter prompter;
    bool is_at_terminal = false;  // where standard output goes
    test::SeededRandom random{"tool"};

private:
    FixedClock clock_;
    test::TempFolder folder_;
    sealed::X25519Identity identity_ = sealed::X25519Identity::random(random);
};

// Octets that are no text and differ from chunk to chunk.
[[nodiscard]] Bytes pattern(std::size_t size);

}  // namespace valv::tool::testing

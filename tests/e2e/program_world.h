#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "tests/common/temp_folder.h"
#include "tests/e2e/process.h"
#include "tests/e2e/relay.h"

namespace valv::e2e {

using Words = std::vector<std::string>;

// What a program left behind.
struct Outcome {
    int exit_code = -1;
    std::string out;
    std::string notes;
    // Standard output of a --json call; a value that throws on use when it is none.
    [[nodiscard]] nlohmann::json json() const;
};

struct ServerSettings {
    Words environment = {};                            // RESVALVD_…=…
    std::optional<std::filesystem::path> folder = {};  // else in the world's own folder
};

// Under this profile's folder a `resvalv` finds its device; the state folder holds its link
// holders.
struct Device {
    std::string profile;
    std::string state = "state";
};

// A server and its clients as real programs, in a folder that goes with the test. Their common
// clock starts at kNow. Clients reach the server through relays, so it may end and start again on
// other ports. The test's thread only.
class ProgramWorld {
public:
    static constexpr std::int64_t kNow =
        1775124000;  // 2026-04-02T10:00:00Z, when the case of tests/data is complete

    explicit ProgramWorld(ServerSettings settings = {});

    // ---- the server ----
    void start_server();
    // Its exit code, or 128 + the signal.
    int end_server(int signal);
    // Another subcommand of resvalvd on the same data folder.
    Outcome operate(Words words);
    [[nodiscard]] Relay& staff() { return staff_; }
    [[nodiscard]] Relay& page() { return page_; }
    [[nodiscard]] std::filesystem::path server_folder() const { return data_; }
    [[nodiscard]] std::filesystem::path server_log() const { return folder_ / "server.log"; }
    [[nodiscard]] std::string staff_url() const;
    [[nodiscard]] std::string page_url() const;

    // ---- a client ----
    // resvalv with the device's profile and passphrase, to its end.
    Outcome run(const Device& device, const Words& words);
    // Like run, and throws with the command's own sentence unless it succeeds; the JSON of its
    // answer.
    nlohmann::json expect(const Device& device, Words words);
    // The same command, still running. `finish` collects it.
    void start(const Device& device, const Words& words);
    Outcome finish();
    void kill_client();

    // ---- what lies around ----
    [[nodiscard]] std::filesystem::path operator/(std::string_view name) const {
        return folder_ / name;
    }
    [[nodiscard]] const std::filesystem::path& path() const { return folder_.path(); }
    // A file of the world's folder with this text; its path.
    std::string file(std::string_view name, std::string_view text) const;
    void advance(std::chrono::seconds duration);

private:
    [[nodiscard]] Words environment_of(const std::string& state) const;
    [[nodiscard]] Outcome collect(Process& process, const std::filesystem::path& notes) const;

    valv::test::TempFolder folder_;
    ServerSettings settings_;
    std::filesystem::path data_;
    std::int64_t offset_ = 0;
    Relay staff_;
    Relay page_;
    std::unique_ptr<Process> server_;
    std::unique_ptr<Process> client_;
};

// The octets of a file, without a copy of 200 MB; none when it is not there.
class MappedFile {
public:
    explicit MappedFile(const std::filesystem::path& file);
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    ~MappedFile();
    [[nodiscard]] std::string_view text() const {
        return {static_cast<const char*>(octets_), size_};
    }

private:
    void* octets_ = nullptr;
    std::size_t size_ = 0;
};

[[nodiscard]] std::string text_of(const std::filesystem::path& file);
// And not empty.
[[nodiscard]] bool is_same_file(const std::filesystem::path& first,
                                const std::filesystem::path& second);

}  // namespace valv::e2e

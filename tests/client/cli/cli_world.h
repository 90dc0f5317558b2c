#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client/cli/app.h"
#include "tests/client/cli/screens.h"
#include "tests/client/lib/support/party.h"

namespace valv::cli::test {

struct Ran {
    int code = 0;
    std::string out;
    std::string notes;
    // The value of a text key in the line of JSON; a failure of the test when it is not there.
    [[nodiscard]] std::string json_text(std::string_view key) const;
};

// The program, whole, against the server in the same process: every run is one command.
class CliWorld {
public:
    CliWorld();
    // As `resvalv WORDS… --profile FOLDER/who --passphrase-file FOLDER/passphrase`.
    Ran run(std::string_view who, std::vector<std::string> words);
    // Without those two options.
    Ran run_bare(const std::vector<std::string>& words);
    // `vault create` of `founder`.
    void found();
    // Invited by `founder`, enrolled, approved.
    void enrol(const std::string& who, const std::string& role = "coordinator");
    // Case RV-2026-014 of `founder`, filled by import from record_json().
    void make_case();
    // A file in the world's folder; its path.
    std::string file(std::string_view name, std::string_view content);
    [[nodiscard]] std::string path(std::string_view name) const;

    client::test::World world;
    ScriptedPrompter prompter;
};

// One traveller with consents, one flight, one office that may get the identity card.
[[nodiscard]] std::string record_json();

}  // namespace valv::cli::test

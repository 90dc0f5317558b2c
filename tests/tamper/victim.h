#pragma once

#include <optional>
#include <string>

#include "tests/tamper/stage.h"

// Who reads from the server that cheats.
namespace valv::client::test {

// What a person does.
enum class Reading {
    kCase,        // opens a case and saves a paper
    kCases,       // lists the cases, as `case list` does
    kLinks,       // lists a case's links
    kLink,        // looks at one
    kRotation,    // moves papers to new keys
    kEnrolments,  // looks who wants to be approved
    kApproval,    // a newcomer asks whether it is approved
    kRecipient    // opens a link and saves its papers
};
// What the device has not seen yet; it has pinned everything else.
enum class Unseen { kNothing, kDirectory, kKeyring, kRecord, kRecordAndKeyring, kLog };

class Victim {
public:
    Victim(Stage& stage, Reading reading, Unseen unseen);
    // What was read, as text. Throws what the command would report.
    [[nodiscard]] std::string read();
    // The octets of what the device knows for sure.
    [[nodiscard]] std::string known() const;
    [[nodiscard]] bool saved_anything() const;
    // Of keyrings that it has seen.
    void forget_copies() { std::filesystem::remove_all(folder_ / "cache" / "cases"); }

private:
    [[nodiscard]] std::string read_as_staff();
    [[nodiscard]] std::string read_case(Vault& vault);
    [[nodiscard]] std::string read_cases(Vault& vault);
    [[nodiscard]] std::string read_links(Vault& vault);
    [[nodiscard]] std::string read_link(Vault& vault);
    [[nodiscard]] std::string rotate(Vault& vault);
    [[nodiscard]] static std::string read_enrolments(Vault& vault);
    [[nodiscard]] std::string read_as_recipient();
    [[nodiscard]] std::filesystem::path target() const { return folder_ / "saved"; }
    Stage& stage_;
    Reading reading_;
    std::filesystem::path folder_;
    std::optional<Enrolling> newcomer_;
};

}  // namespace valv::client::test

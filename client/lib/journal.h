#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/clock.h"
#include "common/base/ids.h"
#include "crypto/core/hash.h"
#include "crypto/core/secret_bytes.h"

// The journal of a profile: every own write that the server acknowledged, as the log must tell it
// for 90 days (docs/formats.md section 4). A file for each month, to which a line is appended for
// each write; the pins say how much of it is right.
namespace valv::client {

constexpr std::chrono::hours kJournalLength{24 * 90};

// An own write that the server acknowledged, as the log must tell it (docs/protocol.md section 6):
// an event of `kind` with the line `key value`.
struct OwnWrite {
    Instant at;  // this device's clock
    std::string kind;
    std::string key;
    std::string value;
    std::optional<CaseId> case_id;
    friend bool operator==(const OwnWrite&, const OwnWrite&) = default;
};
// Of a note of any kind: its hash says all.
[[nodiscard]] OwnWrite note_write(std::string_view kind, const crypto::Hash& note,
                                  const std::optional<CaseId>& case_id = {});

// What the pins hold of one file.
struct JournalMonth {
    std::string month;         // 2026-11
    std::uint64_t octets = 0;  // what lies beyond was cut off by a kill
    crypto::Hash mac{};        // over all lines up to there
    friend bool operator==(const JournalMonth&, const JournalMonth&) = default;
};

// Used under the lock of the profile.
class Journal {
public:
    Journal(std::filesystem::path folder, crypto::SecretBytes key)
        : folder_(std::move(folder)), key_(std::move(key)) {}

    // On the disk when it returns, and told by `months`. Months that ended more than 90 days before
    // a write leave `months`. Throws kTampered `profile_damaged` when a file is shorter than told.
    void append(std::span<const OwnWrite> writes, std::vector<JournalMonth>& months) const;
    // In the order of months. Throws kTampered `profile_damaged` when a file does not hold what
    // this device wrote.
    [[nodiscard]] std::vector<OwnWrite> read(std::span<const JournalMonth> months) const;
    // Files of months that are told no more.
    void remove_all_but(std::span<const JournalMonth> months) const;

private:
    [[nodiscard]] std::filesystem::path file(const JournalMonth& month) const;
    [[nodiscard]] crypto::Hash next_mac(const crypto::Hash& mac, ByteView line) const;
    void append_line(std::string_view line, JournalMonth& month) const;
    void read_month(const JournalMonth& month, std::vector<OwnWrite>& writes) const;
    std::filesystem::path folder_;
    crypto::SecretBytes key_;
};

}  // namespace valv::client

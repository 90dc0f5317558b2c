#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "client/lib/pins.h"
#include "client/lib/vault.h"
#include "common/protocol/messages.h"
#include "crypto/core/log_event.h"

// What can be told from a log's events (docs/protocol.md section 6), read from the server or from
// an export.
namespace valv::client {

// So that the log tells the directory's notes that this session holds, and no more.
void sync_log_with_directory(Vault& vault);

// Takes each leaf's entry, in order; one that cannot be read has no event.
using EntrySink = std::function<void(std::uint64_t index, const protocol::LogEntry& entry)>;
// Every entry of the log that the last sync_log() took, each compared with its leaf before it is
// given. Throws kTampered `log_inconsistent`.
void read_log_entries(Vault& vault, const EntrySink& sink);

// One opening of a link, as the log tells it.
struct LoggedOpen {
    std::uint64_t index = 0;
    Instant at;
    LinkId link;
    std::string network;
    std::uint32_t holder = 0;  // counts from 1 for each link, in order of the first open
};

// The events of one log, held against the directory that was verified from the founder's key on:
// directory event n must tell note n.
class LogAudit {
public:
    explicit LogAudit(std::span<const crypto::VerifiedDirectory> directories)
        : directories_(directories) {}
    // Throws kTampered `log_inconsistent`, `protocol_violation` for what is no event.
    void take(std::uint64_t index, const protocol::LogEntry& entry);
    // After the last: every directory note was told.
    void finish() const;

    [[nodiscard]] std::uint64_t readable_count() const noexcept { return readable_; }
    [[nodiscard]] std::uint64_t unreadable_count() const noexcept { return unreadable_; }
    [[nodiscard]] const std::map<std::string, std::uint64_t>& counts_by_kind() const noexcept {
        return kinds_;
    }
    [[nodiscard]] const std::vector<LoggedOpen>& opens() const noexcept { return opens_; }

private:
    void take_directory(const crypto::LogEvent& event, const Subject& subject);
    void take_open(std::uint64_t index, const crypto::LogEvent& event, const Subject& subject);
    std::span<const crypto::VerifiedDirectory> directories_;
    std::size_t told_ = 0;  // directory notes
    std::uint64_t readable_ = 0;
    std::uint64_t unreadable_ = 0;
    std::map<std::string, std::uint64_t> kinds_;
    std::vector<LoggedOpen> opens_;
    std::map<LinkId, std::vector<std::string>> holders_;
};

// The journal of a device's own writes against the events: each must be told.
class JournalCheck {
public:
    explicit JournalCheck(const std::vector<OwnWrite>& journal);
    void take(const protocol::LogEntry& entry);
    // `may_read`: whether this device may read the events of a case now. Throws kTampered
    // `own_write_missing` for a write that must be told and is not.
    void finish(const std::function<bool(const CaseId&)>& may_read);
    [[nodiscard]] std::size_t told_count() const noexcept { return told_; }
    // Of cases that this device has left: nobody shows it their events.
    [[nodiscard]] std::size_t unchecked_count() const noexcept { return unchecked_; }

private:
    const std::vector<OwnWrite>& journal_;
    std::set<std::string> wanted_;  // `kind key value` of those not told yet
    std::size_t told_ = 0;
    std::size_t unchecked_ = 0;
};

struct LogReport {
    std::uint64_t size = 0;
    std::uint64_t readable = 0;
    std::uint64_t unreadable = 0;
    std::size_t own_told = 0;
    std::size_t own_unchecked = 0;
};
// Everything that a device can check of its vault's log online: checkpoint and tree (sync), every
// entry against its leaf, the directory's notes, its own journal, the opens that the links of its
// cases tell against those that the log tells. Throws kTampered.
[[nodiscard]] LogReport verify_log(Vault& vault);

}  // namespace valv::client

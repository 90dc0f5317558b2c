#include "client/lib/log_audit.h"

#include <algorithm>
#include <tuple>

#include "client/lib/cases.h"
#include "client/lib/links.h"
#include "common/base/encoding.h"

namespace valv::client {
namespace {

using protocol::LogEntry;

Subject entry_subject(std::uint64_t index) {
    return {.object = "log entry " + std::to_string(index)};
}

std::vector<LogEntry> fetch_entries(Vault& vault, const crypto::TileId& tile) {
    const std::string path = crypto::entries_path(tile);
    const std::string_view rest =
        std::string_view(path).substr(std::string_view("tile/entries/").size());
    const Subject subject{.object = "log " + path};
    return must_be_there(subject, [&] {
        const Call call = call_to(protocol::RouteName::kGetLogEntries, {vault.id_text(), rest});
        std::vector<LogEntry> entries =
            protocol::decode_log_entries(ask(vault.transport(), call).text());
        if (entries.size() != tile.width) {
            throw Tampered(tamper::kLog, "a tile of entries has another size", subject);
        }
        return entries;
    });
}

std::string field_of(const crypto::LogEvent& event, std::string_view key, const Subject& subject) {
    const auto value = event.find(key);
    if (!value) {
        throw Tampered(tamper::kProtocol, "an event without " + std::string(key), subject);
    }
    return std::string(*value);
}

std::string told_as(std::string_view kind, std::string_view key, std::string_view value) {
    return std::string(kind).append(" ").append(key).append(" ").append(value);
}

// What the log must tell, and this device can know of: an erased case takes its events along.
std::vector<OwnWrite> told_writes(Vault& vault) {
    std::vector<OwnWrite> journal = vault.profile().read_journal();
    const Pins& pins = vault.profile().pins();
    const Instant since = vault.environment().clock.now() - kJournalLength;
    std::erase_if(journal, [&](const OwnWrite& write) {
        return write.at < since || (write.case_id && pins.erased.contains(*write.case_id));
    });
    return journal;
}

// An open in the words of both its tellers: the link's list and the log.
using ToldOpen = std::tuple<LinkId, Instant, std::string, std::uint32_t>;

struct ToldByLinks {
    std::set<LinkId> links;
    std::set<ToldOpen> opens;
};

// Of every link of every case that this device is a member of.
ToldByLinks ask_links(Vault& vault) {
    ToldByLinks told;
    Cases cases(vault);
    for (const CaseSummary& summary : cases.list()) {
        Case opened = cases.open(summary.id);
        for (const LinkView& view : Links(opened).list()) {
            told.links.insert(view.id);
            for (const LinkOpening& open : view.openings) {
                told.opens.emplace(view.id, open.at, open.network, open.holder);
            }
        }
    }
    return told;
}

std::set<ToldOpen> opens_of_log(const LogAudit& audit, const std::set<LinkId>& links) {
    std::set<ToldOpen> told;
    for (const LoggedOpen& open : audit.opens()) {
        if (links.contains(open.link)) {
            told.emplace(open.link, open.at, open.network, open.holder);
        }
    }
    return told;
}

void require_all(const std::set<ToldOpen>& wanted, const std::set<ToldOpen>& told,
                 const char* what) {
    for (const ToldOpen& open : wanted) {
        if (!told.contains(open)) {
            throw Tampered(tamper::kLog, what, {.object = "link " + std::get<LinkId>(open).text()},
                           to_text(std::get<Instant>(open)), "nothing");
        }
    }
}

// A recipient may have opened a link between the two answers: so the links are asked on both sides
// of the log.
void compare_opens(Vault& vault, const ToldByLinks& before, const LogAudit& audit) {
    require_all(before.opens, opens_of_log(audit, before.links), "the log does not tell an open");
    if (opens_of_log(audit, before.links) != before.opens) {
        const ToldByLinks after = ask_links(vault);
        require_all(opens_of_log(audit, before.links), after.opens,
                    "it does not tell an open that the log tells");
    }
}

}  // namespace

void sync_log_with_directory(Vault& vault) {
    std::size_t known = 0;
    do {
        known = vault.directories().size();
        vault.sync_log();
        vault.sync_directory();
    } while (vault.directories().size() != known);
}

void read_log_entries(Vault& vault, const EntrySink& sink) {
    const std::vector<crypto::Hash>& leaves = vault.log_tree().leaves();
    const std::uint64_t size = leaves.size();
    for (std::uint64_t first = 0; first < size; first += crypto::kTileWidth) {
        const std::uint64_t tile = first / crypto::kTileWidth;
        const std::vector<LogEntry> entries = fetch_entries(
            vault, {.level = 0, .index = tile, .width = crypto::tile_width_at(size, 0, tile)});
        for (std::size_t at = 0; at < entries.size(); ++at) {
            const std::uint64_t index = first + at;
            const LogEntry& entry = entries[at];
            if (entry.is_readable() && crypto::log_leaf_hash(entry.event, entry.nonce) !=
                                           leaves.at(static_cast<std::size_t>(index))) {
                throw Tampered(tamper::kLog, "not what the log committed to", entry_subject(index));
            }
            sink(index, entry);
        }
    }
}

// ---- audit ----

void LogAudit::take(std::uint64_t index, const LogEntry& entry) {
    if (!entry.is_readable()) {
        ++unreadable_;
        return;
    }
    ++readable_;
    const Subject subject = entry_subject(index);
    about(subject, [&] {
        const crypto::LogEvent event = crypto::parse_log_event(entry.event);
        ++kinds_[event.kind];
        if (event.kind == "directory") {
            take_directory(event, subject);
        } else if (event.kind == "link-open") {
            take_open(index, event, subject);
        }
    });
}

void LogAudit::take_directory(const crypto::LogEvent& event, const Subject& subject) {
    if (told_ == directories_.size()) {
        throw Tampered(tamper::kLog, "tells a directory note that the chain does not have",
                       subject);
    }
    const crypto::VerifiedDirectory& note = directories_[told_++];
    if (field_of(event, "number", subject) != std::to_string(note.directory.number) ||
        field_of(event, "note_sha256", subject) != to_base64(note.note)) {
        throw Tampered(tamper::kLog, "tells another directory note than the chain has", subject);
    }
}

void LogAudit::take_open(std::uint64_t index, const crypto::LogEvent& event,
                         const Subject& subject) {
    const LinkId link = LinkId::parse(field_of(event, "link", subject));
    const std::string holder = field_of(event, "holder_sha256", subject);
    std::vector<std::string>& holders = holders_[link];
    auto found = std::ranges::find(holders, holder);
    if (found == holders.end()) {
        found = holders.insert(found, holder);
    }
    opens_.push_back({.index = index,
                      .at = event.at,
                      .link = link,
                      .network = field_of(event, "network", subject),
                      .holder = static_cast<std::uint32_t>(found - holders.begin() + 1)});
}

void LogAudit::finish() const {
    if (told_ < directories_.size()) {
        throw Tampered(tamper::kLog, "a directory note is not told",
                       {.object = "directory " + std::to_string(told_ + 1)});
    }
}

// ---- journal ----

JournalCheck::JournalCheck(const std::vector<OwnWrite>& journal) : journal_(journal) {
    for (const OwnWrite& write : journal) {
        wanted_.insert(told_as(write.kind, write.key, write.value));
    }
}

void JournalCheck::take(const LogEntry& entry) {
    if (wanted_.empty() || !entry.is_readable()) {
        return;
    }
    const crypto::LogEvent event = crypto::parse_log_event(entry.event);
    for (const auto& [key, value] : event.fields) {
        wanted_.erase(told_as(event.kind, key, value));
    }
}

void JournalCheck::finish(const std::function<bool(const CaseId&)>& may_read) {
    for (const OwnWrite& write : journal_) {
        if (!wanted_.contains(told_as(write.kind, write.key, write.value))) {
            ++told_;
        } else if (write.case_id && !may_read(*write.case_id)) {
            ++unchecked_;
        } else {
            throw Tampered(tamper::kOwnWrite, "a confirmed write of this device is not told",
                           {.object = "log", .case_id = write.case_id},
                           told_as(write.kind, write.key, write.value));
        }
    }
}

LogReport verify_log(Vault& vault) {
    const ToldByLinks told = ask_links(vault);
    sync_log_with_directory(vault);
    LogAudit audit(vault.directories());
    const std::vector<OwnWrite> journal = told_writes(vault);
    JournalCheck own(journal);
    read_log_entries(vault, [&](std::uint64_t index, const LogEntry& entry) {
        audit.take(index, entry);
        own.take(entry);
    });
    audit.finish();
    compare_opens(vault, told, audit);
    const crypto::Role role = vault.own_line().role;
    const bool reads_all = role != crypto::Role::kCoordinator;
    std::set<CaseId> cases;
    for (const CaseSummary& summary : Cases(vault).list()) {
        cases.insert(summary.id);
    }
    own.finish([&](const CaseId& id) { return reads_all || cases.contains(id); });
    return {.size = vault.log_tree().size(),
            .readable = audit.readable_count(),
            .unreadable = audit.unreadable_count(),
            .own_told = own.told_count(),
            .own_unchecked = own.unchecked_count()};
}

}  // namespace valv::client

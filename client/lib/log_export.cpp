#include "client/lib/log_export.h"

#include <limits>

#include "common/base/encoding.h"
#include "crypto/core/checkpoint.h"
#include "crypto/core/text_lines.h"

namespace valv::client {
namespace {

constexpr std::string_view kFirstLine = "resvalv-log-1";
constexpr std::string_view kUnreadable = "-";
constexpr std::uint32_t kMaxDirectoryNotes = 1'000'000;

std::string base64_of(std::string_view text) {
    return to_base64(as_bytes(text));
}

// The lines of an export, read once.
struct Lines {
    VaultId vault;
    Instant exported_at;
    std::vector<Bytes> directory_notes;
    Bytes checkpoint;
    std::vector<protocol::LogEntry> entries;
    std::vector<crypto::Hash> leaves;
};

void read_entry(std::string_view line, Lines& read) {
    const std::vector<std::string_view> words = crypto::split_words(line, 2);
    protocol::LogEntry& entry = read.entries.emplace_back();
    const Bytes octets = from_base64(words[1]);
    if (words[0] == kUnreadable) {
        read.leaves.push_back(crypto::hash_from(octets));
        return;
    }
    entry = {.event = std::string(as_text(octets)), .nonce = from_base64(words[0])};
    if (entry.nonce.size() != limits::kSecretBytes || !entry.is_readable()) {
        throw Error(ErrorCode::kMalformed, "log export: an entry");
    }
    read.leaves.push_back(crypto::log_leaf_hash(entry.event, entry.nonce));
}

Lines read_lines(std::string_view text) {
    crypto::TextLines lines(text, "log export");
    if (lines.line() != kFirstLine) {
        lines.complain("another first line");
    }
    Lines read{.vault = VaultId::parse(lines.value("vault")),
               .exported_at = parse_instant(lines.value("exported")),
               .directory_notes = {},
               .checkpoint = {},
               .entries = {},
               .leaves = {}};
    while (lines.is_next("directory") && read.directory_notes.size() < kMaxDirectoryNotes) {
        read.directory_notes.push_back(from_base64(lines.value("directory")));
    }
    read.checkpoint = from_base64(lines.value("checkpoint"));
    const std::uint64_t count =
        crypto::parse_decimal(lines.value("entries"), std::numeric_limits<std::uint32_t>::max());
    for (std::uint64_t index = 0; index < count; ++index) {
        read_entry(lines.line(), read);
    }
    lines.expect_end();
    return read;
}

std::vector<crypto::VerifiedDirectory> verify_chain(const Lines& read,
                                                    const crypto::NoteVerifier& founder) {
    std::vector<crypto::VerifiedDirectory> chain;
    for (const Bytes& note : read.directory_notes) {
        const Subject subject{.object = "directory " + std::to_string(chain.size() + 1)};
        chain.push_back(about(subject, [&] {
            crypto::VerifiedDirectory next = chain.empty()
                                                 ? crypto::start_directory(note, founder.key)
                                                 : crypto::advance_directory(chain.back(), note);
            const bool is_founders = !chain.empty() || next.signer.text() == founder.name;
            if (next.directory.vault != read.vault || !is_founders) {
                throw Tampered(tamper::kContext, "of another vault or founder", subject);
            }
            return next;
        }));
    }
    if (chain.empty()) {
        throw Error(ErrorCode::kMalformed, "log export: no directory note");
    }
    return chain;
}

LogTree tree_of(const std::vector<crypto::Hash>& leaves, const crypto::TreeHead& head) {
    LogTree tree;
    for (const crypto::Hash& leaf : leaves) {
        tree.append(leaf);
    }
    if (tree.size() != head.size || tree.root_at(head.size) != head.root) {
        throw Tampered(tamper::kLog, "the entries do not give the root of the checkpoint",
                       {.object = "log"});
    }
    return tree;
}

// What an admin saw when a directory note was made must be a beginning of this log.
std::uint32_t check_earlier_heads(const std::vector<crypto::VerifiedDirectory>& chain,
                                  const LogTree& tree) {
    std::uint32_t heads = 0;
    for (const crypto::VerifiedDirectory& note : chain) {
        const crypto::TreeHead& seen = note.directory.checkpoint;
        const Subject subject{.object =
                                  "log at directory " + std::to_string(note.directory.number)};
        if (seen.size > tree.size()) {
            throw Tampered(tamper::kRolledBack, "its signer saw a longer log", subject,
                           std::to_string(seen.size), std::to_string(tree.size()));
        }
        const crypto::TreeHead head{.size = tree.size(), .root = tree.root_at(tree.size())};
        if (!crypto::verify_consistency(seen, head,
                                        tree.consistency_proof(seen.size, tree.size()))) {
            throw Tampered(tamper::kForked, "its signer saw another log", subject);
        }
        heads += seen.size > 0 ? 1 : 0;
    }
    return heads;
}

}  // namespace

std::string export_log(Vault& vault) {
    if (vault.own_line().role == crypto::Role::kCoordinator) {
        throw Error(ErrorCode::kForbidden, "log export: for admins and auditors");
    }
    sync_log_with_directory(vault);
    std::string text(kFirstLine);
    text += "\n";
    crypto::append_line(text, "vault", vault.id_text());
    crypto::append_line(text, "exported", to_text(vault.environment().clock.now()));
    for (std::uint32_t number = 1; number <= vault.directories().size(); ++number) {
        crypto::append_line(text, "directory", base64_of(vault.directory_note(number)));
    }
    crypto::append_line(text, "checkpoint", base64_of(vault.log_checkpoint()));
    crypto::append_line(text, "entries", std::to_string(vault.log_tree().size()));
    LogAudit audit(vault.directories());
    read_log_entries(vault, [&](std::uint64_t index, const protocol::LogEntry& entry) {
        audit.take(index, entry);
        const crypto::Hash& leaf = vault.log_tree().leaves().at(static_cast<std::size_t>(index));
        text += entry.is_readable() ? to_base64(entry.nonce) + " " + base64_of(entry.event)
                                    : std::string(kUnreadable) + " " + to_base64(leaf);
        text += "\n";
    });
    audit.finish();
    return text;
}

AuditedExport verify_log_export(std::string_view text, const crypto::NoteVerifier& founder) {
    const Lines read = read_lines(text);
    const std::vector<crypto::VerifiedDirectory> chain = verify_chain(read, founder);
    const crypto::TreeHead head = about({.object = "log checkpoint"}, [&] {
        return crypto::verify_checkpoint(read.checkpoint, crypto::log_origin(read.vault),
                                         chain.back().directory.log_key);
    });
    const LogTree tree = tree_of(read.leaves, head);
    const std::uint32_t earlier = check_earlier_heads(chain, tree);
    LogAudit audit(chain);
    for (std::size_t index = 0; index < read.entries.size(); ++index) {
        audit.take(index, read.entries[index]);
    }
    audit.finish();
    return {.vault = read.vault,
            .exported_at = read.exported_at,
            .head = head,
            .directory_notes = static_cast<std::uint32_t>(chain.size()),
            .earlier_heads = earlier,
            .readable = audit.readable_count(),
            .unreadable = audit.unreadable_count(),
            .opens = audit.opens()};
}

}  // namespace valv::client

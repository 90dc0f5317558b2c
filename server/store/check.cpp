#include "server/store/check.h"

#include <algorithm>
#include <map>
#include <set>

#include "common/base/error.h"
#include "crypto/core/body_root.h"
#include "crypto/core/checkpoint.h"
#include "crypto/core/log_event.h"
#include "crypto/core/merkle.h"

namespace valv::store {
namespace {

constexpr std::size_t kReadBytes = 256 * 1024;
constexpr std::uint64_t kEntriesAtOnce = 1000;

// One kind of object a method; each adds to the report.
class Checker {
public:
    Checker(Tx& tx, BlobStore& blobs, ErasureKeys& erasure_keys, ReadData read_data,
            CheckReport& report)
        : tx_(tx), blobs_(blobs), read_data_(read_data), report_(report) {
        for (const ErasureKeyId& key : erasure_keys.list()) {
            erasure_keys_.insert(to_bytes(key.bytes()));
        }
        report_.orphan_keys = erasure_keys_.size();
    }

    void check_all() {
        for (const VaultId& vault : tx_.vaults().list()) {
            ++report_.vaults;
            check_erasures(vault);
            check_notes(vault);
            check_cases(vault);
            for (const DocumentRow& row : tx_.documents().list(vault)) {
                check_document(row);
            }
            for (const LinkRow& row : tx_.links().list_of_vault(vault)) {
                check_link(row);
            }
            check_log(vault);
        }
        for (const UploadRow& row : tx_.documents().list_uploads()) {
            check_upload(row);
        }
        count_orphans();
    }

private:
    void fault(const std::string& text) { report_.faults.push_back(text); }
    void fault_unless(bool is_so, const std::string& text) {
        if (!is_so) {
            fault(text);
        }
    }

    void check_notes(const VaultId& vault) {
        for (const ChainKey& chain : tx_.notes().list_chains(vault)) {
            const auto head = tx_.notes().find_head(chain);
            const std::string name = "chain " + name_of(chain);
            for (std::uint32_t number = 1; head && number <= head->number; ++number) {
                check_note(chain, number, *head, name + " note " + std::to_string(number));
            }
        }
    }
    void check_note(const ChainKey& chain, std::uint32_t number, const NoteHead& head,
                    const std::string& name) {
        const auto note = tx_.notes().find(chain, number);
        if (!note) {
            return fault(name + ": absent");
        }
        ++report_.notes;
        fault_unless(crypto::sha256(as_bytes(note->note)) == note->head.note_sha256,
                     name + ": another hash");
        fault_unless(number != head.number || note->head.note_sha256 == head.note_sha256,
                     name + ": is not the head");
    }
    static std::string name_of(const ChainKey& chain) {
        return std::to_string(static_cast<int>(chain.kind)) + " of case " +
               (chain.case_id ? chain.case_id->text() : "-");
    }

    void check_cases(const VaultId& vault) {
        for (const CaseId& case_id : tx_.cases().list(vault)) {
            const bool has_key = erasure_keys_.contains(to_bytes(case_id.bytes()));
            report_.orphan_keys -= has_key ? 1U : 0U;
            fault_unless(has_key || is_being_erased(case_id),
                         "case " + case_id.text() +
                             ": its erasure key is gone, so nothing in it opens: it was erased "
                             "after this copy was made, or the key was lost");
        }
    }
    void check_erasures(const VaultId& vault) {
        for (const ErasureRow& row : tx_.erasures().list(vault)) {
            ++report_.erasures;
            if (!row.is_finished) {
                being_erased_.insert(row.case_id);
                continue;
            }
            fault_unless(!erasure_keys_.contains(to_bytes(row.case_id.bytes())),
                         "case " + row.case_id.text() + ": erased, and its erasure key is there");
        }
    }
    // Its keys and blobs may be gone before its rows.
    [[nodiscard]] bool is_being_erased(const CaseId& case_id) const {
        return being_erased_.contains(case_id);
    }

    void check_document(const DocumentRow& row) {
        ++report_.documents;
        if (is_being_erased(row.case_id)) {
            return;
        }
        const std::string name = "document " + row.document.text();
        crypto::BodyRoot root;
        fault_unless(check_pieces(row.pieces, root, name) == row.size,
                     name + ": its pieces have another size");
        if (read_data_ == ReadData::kYes) {
            fault_unless(root.finish() == row.body_root, name + ": another root");
        }
    }
    void check_upload(const UploadRow& row) {
        ++report_.uploads;
        if (is_being_erased(row.case_id)) {
            return;
        }
        const std::string name = "upload " + row.upload.text();
        crypto::BodyRoot root;
        fault_unless(check_pieces(row.pieces, root, name) == row.offset,
                     name + ": its pieces have another size");
        fault_unless(row.offset <= row.size, name + ": more than announced");
    }
    // The sum of their sizes.
    std::uint64_t check_pieces(const std::vector<Piece>& pieces, crypto::BodyRoot& root,
                               const std::string& name) {
        std::uint64_t size = 0;
        for (const Piece& piece : pieces) {
            size += piece.size;
            ++report_.blobs;
            fault_unless(named_.insert(piece.blob).second,
                         name + ": shares blob " + piece.blob.text());
            check_blob(piece, root, name + " blob " + piece.blob.text());
        }
        return size;
    }
    void check_blob(const Piece& piece, crypto::BodyRoot& root, const std::string& name) {
        try {
            const auto reader = blobs_.open(piece.blob);
            fault_unless(reader->size() == piece.size, name + ": another size");
            if (read_data_ == ReadData::kYes) {
                read_blob(*reader, root);
            }
        } catch (const Error& error) {  // the finding of a check, not a failure of it
            fault(name + ": " + std::string(to_string(error.code())));
        }
    }
    void read_blob(BlobReader& reader, crypto::BodyRoot& root) {
        Bytes octets(kReadBytes);
        std::uint64_t offset = 0;
        for (std::size_t got = reader.read_at(0, octets); got > 0;
             got = reader.read_at(offset, octets)) {
            root.push(ByteView(octets).first(got));
            offset += got;
        }
        report_.octets_read += offset;
    }

    void check_link(const LinkRow& row) {
        ++report_.links;
        const std::string name = "link " + row.link.text().substr(0, 6);
        const auto opened = tx_.links().opened(row.link);
        fault_unless(row.opens <= row.max_opens, name + ": more opens than its maximum");
        fault_unless(opened.size() == row.opens, name + ": opens without a row");
        check_leases(row, opened, name);
        const bool has_key = erasure_keys_.contains(to_bytes(row.link.bytes()));
        report_.orphan_keys -= has_key ? 1U : 0U;
        fault_unless(!row.is_emptied || !has_key, name + ": emptied, and its erasure key is there");
        // Housekeeping destroys the key first; from the link's end until it is marked as emptied,
        // both are right.
        const bool has_ended = row.revoked_at || row.not_after <= tx_.time_high_water();
        fault_unless(has_key || row.is_emptied || has_ended,
                     name + ": live without an erasure key");
        fault_unless(row.is_emptied || tx_.links().find_part(row.link, 0), name + ": no package");
    }
    void check_leases(const LinkRow& row, const std::vector<OpenedRow>& opened,
                      const std::string& name) {
        const auto leases = tx_.links().leases(row.link);
        fault_unless(leases.empty() || !row.revoked_at, name + ": revoked with a lease");
        for (const LeaseRow& lease : leases) {
            const bool is_opened = std::ranges::any_of(opened, [&](const OpenedRow& open) {
                return open.holder_sha256 == lease.holder_sha256;
            });
            fault_unless(is_opened, name + ": a lease that was not opened");
            fault_unless(lease.until <= row.not_after, name + ": a lease that outlives it");
        }
    }

    void check_log(const VaultId& vault) {
        const std::string name = "log " + vault.text();
        const LogHead head = tx_.log().head(vault);
        const auto vault_row = tx_.vaults().find(vault);
        crypto::MerkleFrontier frontier;
        for (auto entries = tx_.log().entries(vault, 0, kEntriesAtOnce); !entries.empty();
             entries = tx_.log().entries(vault, frontier.size(), kEntriesAtOnce)) {
            for (const LogEntry& entry : entries) {
                const bool is_forgotten = entry.event.empty() && entry.nonce.empty();
                fault_unless(is_forgotten ||
                                 crypto::log_leaf_hash(entry.event, entry.nonce) == entry.leaf_hash,
                             name + " entry " + std::to_string(frontier.size()) + ": another leaf");
                frontier.append(entry.leaf_hash);
                check_checkpoint(*vault_row, frontier, name);
            }
        }
        report_.log_entries += frontier.size();
        for (unsigned level = 1; crypto::tile_level_size(head.size, level) > 0; ++level) {
            check_tiles(vault, level, crypto::tile_level_size(head.size, level), name);
        }
        fault_unless(frontier.size() == head.size && frontier.root() == head.root,
                     name + ": another root");
    }
    void check_tiles(const VaultId& vault, unsigned level, std::uint64_t count,
                     const std::string& name) {
        const auto hashes = tx_.log().tile_hashes(vault, level, 0, count);
        fault_unless(hashes.size() == count,
                     name + ": tiles of level " + std::to_string(level) + " absent");
        for (std::uint64_t at = 0; at < hashes.size(); ++at) {
            const auto below = tx_.log().tile_hashes(vault, level - 1, at * crypto::kTileWidth,
                                                     crypto::kTileWidth);
            fault_unless(crypto::root_of(below) == hashes[static_cast<std::size_t>(at)],
                         name + ": another hash in a tile of level " + std::to_string(level));
        }
    }
    void check_checkpoint(const VaultRow& vault, const crypto::MerkleFrontier& frontier,
                          const std::string& name) {
        const auto checkpoint = tx_.log().find_checkpoint(vault.vault, frontier.size());
        if (!checkpoint) {
            return;
        }
        const std::string size = std::to_string(frontier.size());
        try {
            const auto head =
                crypto::verify_checkpoint(as_bytes(*checkpoint), crypto::log_origin(vault.vault),
                                          crypto::verify_key_from(vault.log_key));
            fault_unless(head.size == frontier.size() && head.root == frontier.root(),
                         name + ": checkpoint " + size + " has another root");
        } catch (const Error& error) {  // the finding of a check
            fault(name + ": checkpoint " + size + " " + std::string(to_string(error.code())));
        }
    }

    void count_orphans() {
        for (const ListedBlob& listed : blobs_.list()) {
            report_.orphan_blobs += named_.contains(listed.blob) ? 0U : 1U;
        }
    }

    Tx& tx_;
    BlobStore& blobs_;
    ReadData read_data_;
    CheckReport& report_;
    std::set<Bytes> erasure_keys_;
    std::set<BlobId> named_;
    std::set<CaseId> being_erased_;
};

}  // namespace

CheckReport check_store(Store& store, BlobStore& blobs, ErasureKeys& erasure_keys,
                        ReadData read_data) {
    return store.transact(TxKind::kRead, [&](Tx& tx) {
        CheckReport report;
        report.faults = store.integrity_faults();
        Checker(tx, blobs, erasure_keys, read_data, report).check_all();
        return report;
    });
}

}  // namespace valv::store

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "tests/crash/parts.h"
#include "tests/crash/server_parts.h"
#include "tests/crash/workload.h"

namespace valv::crash {
namespace {

using store::Tx;
using store::testing::hash_of;
using store::testing::kNow;

// Each promise that was made, held against what the crash left.
class Promises {
public:
    Promises(Parts& parts, const std::filesystem::path& folder,
             const std::vector<std::string>& acks)
        : parts_(parts), folder_(folder), acks_(acks), made_(acks.begin(), acks.end()) {}

    std::vector<std::string> broken() {
        parts_.store.transact(store::TxKind::kRead, [&](Tx& tx) {
            for (const std::string& ack : acks_) {
                if (!is_kept(tx, ack)) {
                    broken_.push_back("broken: " + ack);
                }
            }
        });
        return broken_;
    }

private:
    bool was_made(const std::string& promise) const { return made_.contains(promise); }

    bool is_kept(Tx& tx, const std::string& ack) {
        std::istringstream words(ack);
        std::string kind;
        std::string what;
        std::string more;
        std::string rest;
        words >> kind >> what >> more >> rest;
        if (kind == "piece") {
            return has_piece(tx, what, std::stoull(more), rest);
        }
        if (kind == "document" || kind == "removed") {
            return is_document_kept(tx, kind == "removed", what);
        }
        if (kind == "record") {
            const auto head = tx.notes().find_head(record_chain());
            return head && head->number >= std::stoul(what);
        }
        if (kind == "checkpoint") {
            return tx.log().find_checkpoint(kVault, std::stoull(what)).has_value() &&
                   tx.log().head(kVault).size >= std::stoull(what);
        }
        if (kind == "key" || kind == "erased") {
            return is_key_kept(kind == "erased", what);
        }
        if (kind == "vault") {
            return tx.vaults().find(kVault).has_value();
        }
        if (kind.starts_with("case")) {
            return is_case_kept(tx, kind, std::stoi(what));
        }
        return kind == "erasing" || kind == "removing" ||
               is_link_kept(tx, kind, LinkId::parse(what), more);
    }

    bool has_piece(Tx& tx, const std::string& upload, std::uint64_t offset,
                   const std::string& document) {
        const auto row = tx.documents().find_upload(kVault, kCase, UploadId::parse(upload));
        return row ? row->offset >= offset
                   : tx.documents().find(kVault, kCase, DocumentId::parse(document)) ||
                         was_made("removing " + document);
    }
    bool is_document_kept(Tx& tx, bool is_removed, const std::string& document) {
        const bool is_there =
            tx.documents().find(kVault, kCase, DocumentId::parse(document)).has_value();
        return is_removed ? !is_there : is_there || was_made("removing " + document);
    }
    bool is_link_kept(Tx& tx, const std::string& kind, const LinkId& link,
                      const std::string& round) {
        const auto row = tx.links().find(link);
        if (!row || kind == "link") {
            return row.has_value();
        }
        if (kind == "revoke") {
            return row->revoked_at.has_value();
        }
        if (kind == "emptied") {
            return row->is_emptied;
        }
        const auto holder = hash_of("holder " + round);
        const auto opened = tx.links().opened(link);
        return kind == "open" && row->opens == 1 && opened.size() == 1 &&
               opened.front().holder_sha256 == holder &&
               (row->revoked_at || tx.links().find_live_lease(link, holder, kNow));
    }

    // A case opens until its erasure begins, and from its end on no trace of it is in any file.
    bool is_case_kept(Tx& tx, const std::string& kind, int round) {
        const DoomedCase doomed(round);
        const auto erasure = tx.erasures().find(kVault, doomed.id());
        if (kind == "case-erased") {
            return erasure && erasure->is_finished && doomed.opens_by(parts_, tx) == Opens::kNo &&
                   std::ranges::none_of(doomed.traces(), [&](const Bytes& octets) {
                       return is_in_any_file(octets);
                   });
        }
        if (kind == "case-begun") {
            return erasure.has_value();
        }
        return kind == "case-erasing" || erasure || doomed.opens_by(parts_, tx) == Opens::kYes;
    }

    bool is_key_kept(bool is_erased, const std::string& text) {
        const auto id = ErasureKeyId::parse(text);
        const auto key = parts_.erasure_keys.find(id);
        if (is_erased) {
            return !key && !is_in_any_file(erasure_key_of(id));
        }
        return was_made("erasing " + text) || (key && equal(key->reveal(), erasure_key_of(id)));
    }
    bool is_in_any_file(const Bytes& needle) const {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_)) {
            if (entry.is_regular_file()) {
                std::ifstream in(entry.path(), std::ios::binary);
                const std::string octets{std::istreambuf_iterator<char>(in),
                                         std::istreambuf_iterator<char>()};
                if (octets.find(as_text(needle)) != std::string::npos) {
                    return true;
                }
            }
        }
        return false;
    }

    Parts& parts_;
    const std::filesystem::path& folder_;
    const std::vector<std::string>& acks_;
    std::set<std::string> made_;
    std::vector<std::string> broken_;
};

}  // namespace

std::vector<std::string> faults_after_crash(const std::filesystem::path& folder,
                                            const std::vector<std::string>& acks) {
    try {
        Parts parts(folder);
        const auto report =
            store::check_store(parts.store, parts.blobs, parts.erasure_keys, store::ReadData::kYes);
        std::vector<std::string> faults = report.faults;
        std::ranges::copy(Promises(parts, folder, acks).broken(), std::back_inserter(faults));
        return faults;
    } catch (
        const std::exception& error) {  // the finding of a check: what a crash left does not open
        return {std::string("does not open: ") + error.what()};
    }
}

}  // namespace valv::crash

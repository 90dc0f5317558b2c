#pragma once

#include <cstdint>
#include <vector>

#include "client/casework/record.h"
#include "client/lib/cases.h"
#include "common/base/bytes.h"
#include "crypto/sealed/age/x25519.h"
#include "crypto/sealed/file_key.h"

// The headers of a case's papers: which keys open them, and how they follow the case to a new
// epoch.
namespace valv::client {

// The case's identities of epoch `first` and of every later one, derived once for many papers.
class CaseIdentities {
public:
    CaseIdentities(const Case& opened, std::uint32_t first);
    // Of `epoch` and of later ones. Views this.
    [[nodiscard]] sealed::AgeIdentities since(std::uint32_t epoch) const;

private:
    std::uint32_t first_;
    std::vector<sealed::X25519Identity> identities_;
};

// The file key in a paper's header, checked against its row. Headers of the row's epoch open, and
// of later ones: a rotation rewrites the headers before the rows say so. A header of an older epoch
// is no longer this paper's. Throws kTampered `header_unreadable` or `file_key_mismatch`.
[[nodiscard]] sealed::FileKey file_key_in(const Case& opened, const casework::Document& row,
                                          ByteView header, const CaseIdentities& identities);

// Rewrites the headers of the papers whose row names an older epoch than the case's, bodies
// untouched, and then those rows of `record` (which the caller writes). What an earlier run left
// undone is done too; a paper whose header does not verify stays as it is, and reading it says so.
// Throws kConflict when a member rotated or removed a paper meanwhile: read the record again.
void move_papers(Case& opened, casework::Record& record);

}  // namespace valv::client

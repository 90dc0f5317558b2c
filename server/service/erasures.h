#pragma once

#include <string>
#include <vector>

#include "common/protocol/messages.h"
#include "server/service/access.h"
#include "server/service/environment.h"
#include "server/service/once.h"

namespace valv::service {

// What members decide about the end of a case, and its erasure (docs/formats.md section 12).
// Callable from any thread.
class Erasures {
public:
    explicit Erasures(Environment& environment) : environment_(environment) {}

    // kInvalidArgument at `/object` for one that says `at_once`, or takes a hold over.
    [[nodiscard]] protocol::Head put_retention(const VaultId& vault, const CaseId& case_id,
                                               const protocol::Put& put, const TlsKey& caller);
    [[nodiscard]] protocol::Put retention(const VaultId& vault, const CaseId& case_id,
                                          std::uint32_t number, const TlsKey& caller);
    // Under a retention note that says `at_once`. When it returns, nothing of the case can be read
    // any more, here or from a backup. Again gives the first answer. kOnHold while a hold stands;
    // kUnavailable when it is not finished yet.
    [[nodiscard]] std::string erase(const VaultId& vault, const CaseId& case_id,
                                    const protocol::Put& put, const TlsKey& caller,
                                    const Once& once);
    // Of the cases of which the caller's device was a member at the end.
    [[nodiscard]] std::vector<protocol::Erasure> list(const VaultId& vault, const TlsKey& caller);

private:
    Environment& environment_;
};

}  // namespace valv::service

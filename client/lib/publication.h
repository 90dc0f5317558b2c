#pragma once

#include "client/lib/documents.h"
#include "client/lib/links.h"

namespace valv::client {

// Everything that one new link is made of, before it is sent.
struct NewLink {
    sealed::LinkUrl url;
    std::optional<sealed::DigitCode> code;
    sealed::LinkKeys keys;
    crypto::Hash probe_hash{};
    protocol::Policy policy;
    protocol::Publication publication;
    std::string reply_identity;  // AGE-SECRET-KEY-1…, for the record row
};

// Draws secret and code, seals package, parts and headers, signs the policy note. Throws kNotFound
// for a paper that the record does not hold, kInvalidArgument for a request without parts.
[[nodiscard]] NewLink make_link(Case& opened, const casework::Record& record,
                                const LinkRequest& request);

// The record's row for it.
[[nodiscard]] casework::Link link_row(const NewLink& made, const LinkRequest& request,
                                      Instant created);

}  // namespace valv::client

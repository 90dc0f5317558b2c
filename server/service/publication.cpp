#include "server/service/publication.h"

#include <algorithm>

#include "common/base/error.h"
#include "crypto/core/hash.h"

namespace valv::service {
namespace {

[[noreturn]] void refuse(const char* text, std::string path) {
    throw Error(ErrorCode::kInvalidArgument, text, std::move(path));
}

std::string at(std::string_view list, std::size_t index) {
    return "/policy/" + std::string(list) + "/" + std::to_string(index);
}

void check_parts(const protocol::Policy& policy) {
    if (policy.parts.empty()) {
        refuse("policy: no part", "/policy/parts");
    }
    for (std::size_t index = 0; index < policy.parts.size(); ++index) {
        const protocol::PolicyPart& part = policy.parts[index];
        if (part.part != index + 1) {
            refuse("policy: parts count from 1", at("parts", index));
        }
        if (part.opens_at && part.ends_at && *part.ends_at <= *part.opens_at) {
            refuse("policy: a part ends before it opens", at("parts", index));
        }
    }
    for (std::size_t index = 0; index < policy.documents.size(); ++index) {
        const protocol::PolicyDocument& row = policy.documents[index];
        if (row.row != index + 1 || row.part == 0 || row.part > policy.parts.size()) {
            refuse("policy: rows count from 1 and name a part", at("documents", index));
        }
    }
}

void check_times(const protocol::Policy& policy, Instant now) {
    const std::chrono::seconds longest =
        policy.needs_code ? limits::kMaxLinkLifetime : limits::kMaxNoCodeLifetime;
    if (policy.not_after <= now || policy.not_after > now + longest) {
        refuse("policy: the end is past, or too far", "/policy/not_after");
    }
    if (policy.not_before && *policy.not_before >= policy.not_after) {
        refuse("policy: begins after it ends", "/policy/not_before");
    }
}

bool has_hash(ByteView file, ByteView sha256) {
    return equal(crypto::sha256(file), sha256);
}

}  // namespace

void check_policy(const protocol::Policy& policy, const CaseId& case_id, Instant now) {
    if (policy.case_id != case_id || policy.version != 1) {
        refuse("policy: of another case, or not the first version", "/policy/case");
    }
    const std::uint32_t most_opens =
        policy.needs_code ? limits::kMaxOpens : limits::kMaxNoCodeOpens;
    if (policy.max_opens == 0 || policy.max_opens > most_opens) {
        refuse("policy: opens out of range", "/policy/max_opens");
    }
    if (policy.lease_minutes == 0 || policy.lease_minutes > limits::kMaxLease.count()) {
        refuse("policy: lease out of range", "/policy/lease_minutes");
    }
    if (!policy.freeze.empty()) {
        refuse("policy: this server cannot freeze links yet", "/policy/freeze");
    }
    check_times(policy, now);
    check_parts(policy);
}

void check_contents(const protocol::Publication& publication, const protocol::Policy& policy) {
    if (!has_hash(publication.package.file, policy.package_sha256)) {
        refuse("publication: the package has another hash", "/package/file");
    }
    if (publication.parts.size() != policy.parts.size()) {
        refuse("publication: the parts are not the policy's", "/parts");
    }
    for (std::size_t index = 0; index < policy.parts.size(); ++index) {
        const protocol::PublishedPart& part = publication.parts[index];
        if (part.part != policy.parts[index].part ||
            !has_hash(part.content.file, policy.parts[index].sha256)) {
            refuse("publication: a part has another hash", "/parts/" + std::to_string(index));
        }
    }
    if (publication.headers.size() != policy.documents.size()) {
        refuse("publication: the headers are not the policy's", "/headers");
    }
    for (std::size_t index = 0; index < policy.documents.size(); ++index) {
        const protocol::PublishedHeader& header = publication.headers[index];
        if (header.row != policy.documents[index].row ||
            !has_hash(header.header, policy.documents[index].header_sha256)) {
            refuse("publication: a header has another hash", "/headers/" + std::to_string(index));
        }
    }
}

}  // namespace valv::service

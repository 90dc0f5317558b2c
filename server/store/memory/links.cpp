#include <algorithm>

#include "server/store/memory/tables.h"

namespace valv::store {
namespace {

bool is_before(const LinkRow& one, const LinkRow& other) {
    return std::pair(one.created_at, one.link) < std::pair(other.created_at, other.link);
}

bool has_live_lease(const MemoryLink& link, Instant now) {
    return std::ranges::any_of(link.leases,
                               [&](const auto& entry) { return entry.second.until > now; });
}

template <typename Map>
std::optional<typename Map::mapped_type> find_in(const Map& map,
                                                 const typename Map::key_type& key) {
    const auto found = map.find(key);
    return found == map.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

bool MemoryLinkTable::insert(const LinkPublication& publication) {
    const LinkId& link = publication.link.link;
    if (state_.links.contains(link)) {
        return false;
    }
    journal_.change(state_.links, link) = {.row = publication.link};
    MemoryLinkContent& content = journal_.change(state_.link_contents, link);
    for (const LinkPartRow& row : publication.parts) {
        content.parts[row.part] = row;
    }
    for (const LinkDocumentRow& row : publication.documents) {
        content.documents[row.row] = row;
    }
    return true;
}

std::optional<LinkRow> MemoryLinkTable::find(const LinkId& link) {
    const auto found = find_in(state_.links, link);
    return found ? std::optional(found->row) : std::nullopt;
}

std::vector<LinkRow> MemoryLinkTable::list(const VaultId& vault, const CaseId& case_id) {
    std::vector<LinkRow> links = list_of_vault(vault);
    std::erase_if(links, [&](const LinkRow& row) { return row.case_id != case_id; });
    return links;
}

std::vector<LinkRow> MemoryLinkTable::list_of_vault(const VaultId& vault) {
    std::vector<LinkRow> links;
    for (const auto& [id, link] : state_.links) {
        if (link.row.vault == vault) {
            links.push_back(link.row);
        }
    }
    std::ranges::sort(links, is_before);
    return links;
}

std::optional<LinkPartRow> MemoryLinkTable::find_part(const LinkId& link, std::uint32_t part) {
    const auto content = state_.link_contents.find(link);
    return content == state_.link_contents.end() ? std::nullopt
                                                 : find_in(content->second.parts, part);
}

std::optional<LinkDocumentRow> MemoryLinkTable::find_document(const LinkId& link,
                                                              std::uint32_t row) {
    const auto content = state_.link_contents.find(link);
    return content == state_.link_contents.end() ? std::nullopt
                                                 : find_in(content->second.documents, row);
}

bool MemoryLinkTable::revoke(const VaultId& vault, const CaseId& case_id, const LinkId& link,
                             Instant now) {
    const auto row = find(link);
    if (!row || row->vault != vault || row->case_id != case_id || row->revoked_at) {
        return false;
    }
    MemoryLink& changed = journal_.change(state_.links, link);
    changed.row.revoked_at = now;
    changed.leases.clear();
    return true;
}

void MemoryLinkTable::insert_challenge(const LinkId& link, const Hash& challenge_sha256,
                                       Instant expires_at, Instant now) {
    if (!state_.links.contains(link)) {
        throw Error(ErrorCode::kStore, "links: a challenge for a link that is not there");
    }
    auto& challenges = journal_.change(state_.links, link).challenges;
    std::erase_if(challenges, [&](const auto& entry) { return entry.second <= now; });
    if (!challenges.emplace(challenge_sha256, expires_at).second) {
        throw Error(ErrorCode::kStore, "links: the challenge is there");
    }
}

std::optional<LeaseRow> MemoryLinkTable::find_live_lease(const LinkId& link,
                                                         const Hash& holder_sha256, Instant now) {
    const auto found = state_.links.find(link);
    auto lease =
        found == state_.links.end() ? std::nullopt : find_in(found->second.leases, holder_sha256);
    return lease && lease->until > now ? lease : std::nullopt;
}

std::vector<OpenedRow> MemoryLinkTable::opened(const LinkId& link) {
    const auto found = state_.links.find(link);
    return found == state_.links.end() ? std::vector<OpenedRow>{} : found->second.opened;
}

std::vector<LeaseRow> MemoryLinkTable::leases(const LinkId& link) {
    std::vector<LeaseRow> leases;
    if (const auto found = state_.links.find(link); found != state_.links.end()) {
        for (const auto& [holder, lease] : found->second.leases) {
            leases.push_back(lease);
        }
    }
    std::ranges::sort(leases, {}, &LeaseRow::holder_number);
    return leases;
}

void MemoryLinkTable::remove_expired_leases(Instant now) {
    for (const auto& [id, link] : state_.links) {
        if (std::ranges::any_of(link.leases,
                                [&](const auto& entry) { return entry.second.until <= now; })) {
            std::erase_if(journal_.change(state_.links, id).leases,
                          [&](const auto& entry) { return entry.second.until <= now; });
        }
    }
}

std::vector<LinkId> MemoryLinkTable::list_to_empty(Instant now) {
    std::vector<LinkId> links;
    for (const auto& [id, link] : state_.links) {
        const bool has_ended = link.row.revoked_at || link.row.not_after <= now;
        if (has_ended && !link.row.is_emptied && !has_live_lease(link, now)) {
            links.push_back(id);
        }
    }
    return links;
}

void MemoryLinkTable::mark_emptied(const LinkId& link) {
    if (!state_.links.contains(link)) {
        return;
    }
    MemoryLink& changed = journal_.change(state_.links, link);
    changed.row.is_emptied = true;
    changed.leases.clear();
    changed.challenges.clear();
    journal_.change(state_.link_contents, link) = {};
}

}  // namespace valv::store

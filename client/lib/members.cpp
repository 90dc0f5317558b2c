#include "client/lib/members.h"

#include <algorithm>
#include <utility>

#include "client/lib/errors.h"
#include "client/lib/links.h"

namespace valv::client {
namespace {

void put_changed(Vault& vault, crypto::Directory next) {
    if (vault.own_line().role != crypto::Role::kAdmin) {
        throw Error(ErrorCode::kForbidden, "directory: only an admin changes it");
    }
    if (next.active_admin_count() == 0) {
        throw Error(ErrorCode::kInvalidArgument, "directory: the last admin stays");
    }
    const Names names = vault.names();
    vault.put_directory(std::move(next), names);
}

// The links that still open: what ends with the epoch, by the rows that people know them by.
std::vector<casework::Link> live_links(Case& opened) {
    std::vector<casework::Link> rows;
    for (const LinkView& view : Links(opened).list()) {
        if (view.state.is_live && view.row) {
            rows.push_back(*view.row);
        }
    }
    return rows;
}

RotatedCase summary_of(Case& opened) {
    const casework::Record record = opened.read_record().record;
    return {.id = opened.id(),
            .reference = record.facts.reference,
            .papers = record.documents.size(),
            .ended_links = live_links(opened)};
}

}  // namespace

void revoke_devices(Vault& vault, const std::vector<DeviceId>& devices) {
    crypto::Directory next = vault.directory();
    for (const DeviceId& device : devices) {
        const auto line = std::ranges::find(next.devices, device, &crypto::DeviceLine::device);
        if (line == next.devices.end()) {
            throw Error(ErrorCode::kNotFound, "revoke: no such device");
        }
        line->status = crypto::DeviceStatus::kRevoked;
    }
    put_changed(vault, std::move(next));
}

void change_role(Vault& vault, const PersonId& person, crypto::Role role) {
    crypto::Directory next = vault.directory();
    bool is_found = false;
    for (crypto::DeviceLine& line : next.devices) {
        if (line.person == person && line.is_active()) {
            line.role = role;
            is_found = true;
        }
    }
    if (!is_found) {
        throw Error(ErrorCode::kNotFound, "role: no active device of this person");
    }
    put_changed(vault, std::move(next));
}

void change_names(Vault& vault, const Names& names) {
    vault.put_directory(vault.directory(), names);
}

std::vector<RotatedCase> rotate_left_cases(Vault& vault) {
    Cases cases(vault);
    std::vector<RotatedCase> rotated;
    for (const CaseSummary& summary : cases.list()) {
        Case opened = cases.open(summary.id);
        if (opened.needs_new_keys()) {
            rotated.push_back(take_out(opened, opened.inactive_members()));
        }
    }
    return rotated;
}

RotatedCase take_out(Case& opened, const std::vector<DeviceId>& devices) {
    RotatedCase rotated = summary_of(opened);
    opened.unshare(devices);
    return rotated;
}

}  // namespace valv::client

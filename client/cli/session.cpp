#include "client/cli/session.h"

#include <algorithm>
#include <iterator>

#include "client/cli/erased_text.h"
#include "client/cli/sentences.h"
#include "client/lib/words.h"

namespace valv::cli {
namespace {

client::Profile open_profile(Context& context) {
    return during(Situation::kProfile, [&] {
        if (!client::Profile::exists(context.folders.profile)) {
            throw Error(ErrorCode::kNotFound, "profile: none");
        }
        return client::Profile::open(context.folders.profile, ask_passphrase(context));
    });
}

template <typename Id>
std::optional<Id> find_id(const std::string& text) {
    if (text.size() != kIdCharacters) {
        return std::nullopt;
    }
    try {
        return Id::parse(text);
    } catch (const Error&) {
        return std::nullopt;
    }
}

// Opens every case until one has the reference. A case that does not pass its checks is reported
// only when no other one is meant.
client::Case open_by_reference(client::Vault& vault, const std::string& reference) {
    client::Cases cases(vault);
    std::exception_ptr failure;
    for (const client::CaseSummary& summary : cases.list()) {
        try {
            client::Case opened = cases.open(summary.id);
            if (opened.read_record().record.facts.reference == reference) {
                return opened;
            }
        } catch (const Error& error) {
            if (error.code() != ErrorCode::kTampered) {
                throw;
            }
            failure = failure ? failure : std::current_exception();
        }
    }
    if (failure) {
        std::rethrow_exception(failure);
    }
    throw Error(ErrorCode::kNotFound, "case: no such reference");
}

}  // namespace

Session::Session(Context& context)
    : context_(context), profile_(open_profile(context)), vault_(context.environment, profile_) {
    vault_.when_older_copy([this] {
        context_.output.note(
            "This device finds writes of its own that its profile does not know: the profile was "
            "restored from an older copy, or a command was cut off. Nothing is wrong with the "
            "vault, and the profile has caught up. If neither is so, somebody uses a copy of this "
            "profile: let an admin take this device out (`resvalv member remove`).");
    });
    during(Situation::kProfile, [this] { vault_.sync(); });
}

std::string Session::name_of(const PersonId& person) {
    const std::string name = vault_.names().name_of(person);
    return name.empty() ? "(no name)" : name;
}

std::string Session::name_of(const DeviceId& device) {
    const crypto::DeviceLine* const line = vault_.directory().find_device(device);
    return line == nullptr ? "(unknown device)" : name_of(line->person);
}

std::string Session::own_name() {
    return name_of(profile_.facts().person);
}

client::Case Session::open_case(const std::string& id_or_reference) {
    const auto id = find_id<CaseId>(id_or_reference);
    try {
        return during(Situation::kCase, [&] {
            return id ? client::Cases(vault_).open(*id)
                      : open_by_reference(vault_, id_or_reference);
        });
    } catch (const Error& error) {
        if (error.code() == ErrorCode::kNotFound) {
            tell_erased(*this);
            if (id && profile_.pins().erased.contains(*id)) {
                throw Stopped(Stop::kErased);
            }
        }
        throw;
    }
}

client::RecordState change_record(client::Case& opened,
                                  const std::function<casework::Record(casework::Record)>& change) {
    client::Environment& environment = opened.vault().environment();
    return during(Situation::kCase, [&] {
        if (opened.read_record().read_only_newer_format) {
            throw Stopped(Stop::kNewerFormat);
        }
        return opened.update_record([&](casework::Record record) {
            casework::Record changed = change(std::move(record));
            std::vector<casework::Refusal> refusals =
                casework::check_record(changed, environment.places, environment.clock.now());
            if (!refusals.empty()) {
                throw RecordRefused(std::move(refusals));
            }
            return changed;
        });
    });
}

std::vector<DeviceId> devices_of(Session& session, const std::string& who) {
    const crypto::Directory& directory = session.vault().directory();
    if (const auto device = find_id<DeviceId>(who);
        device && directory.find_active(*device) != nullptr) {
        return {*device};
    }
    std::vector<PersonId> persons;
    if (const auto person = find_id<PersonId>(who)) {
        persons.push_back(*person);
    } else {
        for (const client::StaffName& row : session.vault().names().people) {
            if (row.name == who) {
                persons.push_back(row.person);
            }
        }
    }
    std::vector<DeviceId> devices;
    for (const crypto::DeviceLine& line : directory.devices) {
        if (line.is_active() && std::ranges::find(persons, line.person) != persons.end()) {
            devices.push_back(line.device);
        }
    }
    if (devices.empty()) {
        throw Placed(Error(ErrorCode::kNotFound, "person: none"), Situation::kPerson);
    }
    if (persons.size() > 1) {
        throw Placed(Error(ErrorCode::kConflict, "person: several"), Situation::kPerson);
    }
    return devices;
}

std::vector<std::string> texts_of(const std::vector<DeviceId>& devices) {
    std::vector<std::string> ids;
    std::ranges::transform(devices, std::back_inserter(ids), &DeviceId::text);
    return ids;
}

}  // namespace valv::cli

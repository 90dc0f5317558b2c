#include "client/lib/vault.h"

#include <map>
#include <utility>

#include "common/protocol/messages.h"
#include "crypto/core/signed_note.h"
#include "crypto/local/files.h"
#include "crypto/sealed/age/file.h"

namespace valv::client {
namespace {

using protocol::RouteName;

constexpr int kMaxRaces = 16;

Subject directory_subject(std::uint32_t number) {
    return {.object = "directory " + std::to_string(number)};
}

}  // namespace

Vault::Vault(Environment& environment, Profile& profile)
    : environment_(environment),
      profile_(profile),
      transport_(environment.network.to_staff(profile.address(), profile.credentials())),
      log_(profile.cache() / "log") {}

void Vault::sync() {
    sync_log();
    sync_directory();
}

void Vault::sync_log() {
    const Pins& pins = profile_.pins();
    const crypto::TreeHead head = log_.sync(*transport_, id(), pins.facts.log_key, pins.log);
    if (head.size < pins.owed_log_size) {
        throw Tampered(
            tamper::kOwnWrite, "the log is shorter than this device's own writes make it",
            {.object = "log"}, std::to_string(pins.owed_log_size), std::to_string(head.size));
    }
    profile_.update_pins([&](Pins& kept) { kept.pin_log(head); });
}

const crypto::VerifiedDirectory& Vault::head() const {
    VALV_CHECK(!directories_.empty());  // sync() comes first
    return directories_.back();
}

const crypto::DeviceLine& Vault::own_line() const {
    const crypto::DeviceLine* const line = directory().find_active(profile_.device());
    if (line == nullptr) {
        throw Error(ErrorCode::kForbidden, "this device is not active in the vault");
    }
    return *line;
}

std::filesystem::path Vault::note_file(std::uint32_t number) const {
    return profile_.cache() / "directory" / (std::to_string(number) + ".note");
}

std::string Vault::directory_note(std::uint32_t number) const {
    const std::optional<Bytes> kept = local::read_file_if(note_file(number), limits::kMaxNoteBytes);
    if (!kept || crypto::sha256(*kept) != directories_.at(number - 1).note) {
        throw Error(ErrorCode::kIo, "vault: the copy of a directory note changed meanwhile");
    }
    return std::string(as_text(*kept));
}

std::string Vault::founder_key() const {
    return crypto::note_verifier_text(directories_.at(0).signer.text(), profile_.facts().founder);
}

Vault::FetchedNote Vault::fetch_directory(std::uint32_t number) {
    const Subject subject = directory_subject(number);
    return must_be_there(subject, [&] {
        const Call call = call_to(RouteName::kGetDirectory, {id_text(), std::to_string(number)});
        protocol::Put put = protocol::decode_put(ask(*transport_, call).text());
        return FetchedNote{.note = std::move(put.note), .object = std::move(put.object)};
    });
}

// The note after the newest that we hold.
crypto::VerifiedDirectory Vault::verify_next(ByteView note) const {
    const Subject subject = directory_subject(static_cast<std::uint32_t>(directories_.size() + 1));
    return about(subject, [&] {
        crypto::VerifiedDirectory next =
            directories_.empty() ? crypto::start_directory(note, profile_.facts().founder)
                                 : crypto::advance_directory(directories_.back(), note);
        if (next.directory.vault != id()) {
            throw Tampered(tamper::kContext, "of another vault", subject);
        }
        return next;
    });
}

Vault::ReadDirectory Vault::read_or_fetch(std::uint32_t number) {
    if (const std::optional<Bytes> kept =
            local::read_file_if(note_file(number), limits::kMaxNoteBytes)) {
        try {
            return {.verified = verify_next(*kept), .fetched = {}};
        } catch (const Error&) {
            local::remove_file(note_file(number));  // a damaged copy: the server has it
        }
    }
    FetchedNote fetched = fetch_directory(number);
    crypto::VerifiedDirectory next = verify_next(as_bytes(fetched.note));
    if (crypto::sha256(fetched.object) != next.directory.object) {
        throw Tampered(tamper::kObjectHash, "the names are not those of the note",
                       directory_subject(number));
    }
    check_checkpoint_claim(next.directory.checkpoint, directory_subject(number));
    return {.verified = std::move(next), .fetched = std::move(fetched.note)};
}

void Vault::keep_note(std::uint32_t number, std::string_view note) const {
    local::make_private_folder(profile_.cache() / "directory");
    local::replace_file(note_file(number), as_bytes(note));
}

// Kept only when all of it holds: a note that goes another way than the pinned one would be in the
// way of the right one for ever.
void Vault::read_directories(std::uint32_t last) {
    std::map<std::uint32_t, std::string> fetched;
    while (directories_.size() < last) {
        const auto number = static_cast<std::uint32_t>(directories_.size() + 1);
        ReadDirectory next = read_or_fetch(number);
        directories_.push_back(std::move(next.verified));
        check_pinned();
        const auto& pinned = profile_.pins().directory;
        if (pinned && number > pinned->number) {
            meet_beyond_pins(head().signer, head().note);
        }
        if (next.fetched) {
            fetched.emplace(number, std::move(*next.fetched));
        }
    }
    for (const auto& [number, note] : fetched) {
        keep_note(number, note);
    }
}

void Vault::check_head(std::uint32_t number) const {
    const auto& pinned = profile_.pins().directory;
    const std::size_t known =
        std::max<std::size_t>(directories_.size(), pinned ? pinned->number : 1);
    if (number < known) {
        throw Tampered(tamper::kRolledBack, "the directory is older than the one seen before",
                       directory_subject(number), std::to_string(known), std::to_string(number));
    }
}

void Vault::check_pinned() const {
    const auto& pinned = profile_.pins().directory;
    if (pinned && directories_.size() >= pinned->number &&
        directories_[pinned->number - 1].note != pinned->hash) {
        throw Tampered(tamper::kForked, "not the note seen before",
                       directory_subject(pinned->number));
    }
}

void Vault::sync_directory() {
    const std::uint32_t number = must_be_there({.object = "directory head"}, [&] {
        return protocol::decode_head(
                   ask(*transport_, call_to(RouteName::kGetDirectoryHead, {id_text()})).text())
            .head;
    });
    check_head(number);
    const std::size_t before = directories_.size();
    try {
        read_directories(number);
    } catch (...) {  // what was verified before stays as it was
        directories_.resize(before);
        throw;
    }
    if (directories_.size() != before) {
        names_.reset();
    }
    pin_directory();
}

void Vault::pin_directory() {
    profile_.update_pins([&](Pins& pins) {
        const crypto::Directory& newest = directory();
        if (pins.directory && pins.directory->number > newest.number) {
            return;  // another process went further
        }
        pins.pin_directory(head().head());
        pins.facts.server_ca = newest.server_ca;
        pins.facts.server_ca_next = newest.server_ca_next;
        pins.facts.log_key = newest.log_key;
    });
}

const Names& Vault::names() {
    if (!names_) {
        const std::uint32_t number = directory().number;
        const Subject subject = directory_subject(number);
        const FetchedNote fetched = fetch_directory(number);
        if (crypto::sha256(as_bytes(fetched.note)) != head().note) {
            throw Tampered(tamper::kForked, "not the note seen before", subject);
        }
        if (crypto::sha256(fetched.object) != directory().object) {
            throw Tampered(tamper::kObjectHash, "the names are not those of the note", subject);
        }
        names_ = about(subject, [&] {
            const crypto::SecretBytes plain =
                sealed::open(fetched.object, {&profile_.keys().identity});
            return decode_names(as_text(plain.reveal()));
        });
    }
    return *names_;
}

void Vault::put_directory(crypto::Directory next, const Names& names) {
    std::vector<sealed::X25519Recipient> recipients;
    for (const crypto::DeviceLine& line : next.devices) {
        if (line.is_active()) {
            recipients.push_back(sealed::X25519Recipient::parse(line.recipient));
        }
    }
    const Bytes object = sealed::seal(as_bytes(encode_names(names)),
                                      sealed::recipients_of(recipients), environment_.random);
    next.object = crypto::sha256(object);
    if (!directories_.empty()) {
        next.number = head().directory.number + 1;
        next.previous = head().note;
    }
    next.checkpoint = log_head();
    const Bytes note = crypto::sign_directory(next, profile_.device(), profile_.keys().signing_key);
    crypto::VerifiedDirectory verified =
        verify_next(note);  // what others would refuse is never sent
    Call call = call_to(RouteName::kPutDirectory, {id_text()});
    call.json =
        protocol::encode(protocol::Put{.note = std::string(as_text(note)), .object = object});
    ask(*transport_, call);
    directories_.push_back(std::move(verified));
    names_ = names;
    keep_note(directory().number, as_text(note));
    pin_directory();
    note_own_write(note_write("directory", head().note));
}

void Vault::change_directory(const DirectoryChange& change) {
    for (int race = 0; race < kMaxRaces; ++race) {
        crypto::Directory next = directory();
        Names names = this->names();
        change(next, names);
        try {
            put_directory(std::move(next), names);
            return;
        } catch (const Error& error) {
            if (error.code() != ErrorCode::kConflict) {
                throw;
            }
        }
        sync();
    }
    throw Error(ErrorCode::kConflict, "directory: lost every race");
}

void Vault::note_own_write(OwnWrite write) {
    write.at = environment_.clock.now();
    profile_.update_pins([&](Pins& pins) { pins.owe(write); });
}

void Vault::remember_own_write(OwnWrite write) {
    write.at = environment_.clock.now();
    profile_.update_pins([&](Pins& pins) { pins.remember(write); });
}

}  // namespace valv::client

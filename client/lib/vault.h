#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "client/lib/environment.h"
#include "client/lib/errors.h"
#include "client/lib/log_mirror.h"
#include "client/lib/names.h"
#include "client/lib/profile.h"
#include "crypto/core/directory.h"
#include "crypto/core/object_note.h"

// A session with one vault: the verified directory and log, and the checks that every note of a
// case passes. What was verified is pinned at once; what fails changes nothing.
namespace valv::client {

// A note with its object, verified: its octets and their hash, its signer.
struct VerifiedNote {
    std::string text;
    crypto::ObjectNote note;
    crypto::Hash hash{};
    DeviceId signer;
    Bytes object;
    [[nodiscard]] crypto::NoteHead head() const { return {.number = note.number, .hash = hash}; }
};

class Vault {
public:
    // No traffic yet. `profile` outlives the session.
    Vault(Environment& environment, Profile& profile);
    // Fetches and verifies what is new in directory and log, against the pins. Call it once before
    // anything else.
    void sync();
    void sync_directory();
    void sync_log();

    [[nodiscard]] const crypto::VerifiedDirectory& head() const;  // the newest
    [[nodiscard]] const crypto::Directory& directory() const { return head().directory; }
    [[nodiscard]] const Names& names();
    [[nodiscard]] const crypto::DeviceLine& own_line()
        const;  // kForbidden when this device is not active
    [[nodiscard]] const crypto::TreeHead& log_head() const { return profile_.pins().log; }

    // The lines of a note of ours that follow from where we stand: directory and checkpoint.
    [[nodiscard]] crypto::ObjectNote new_note(crypto::NoteKind kind, const CaseId& case_id) const;
    [[nodiscard]] std::string sign(const crypto::ObjectNote& note);
    // Everything there is to check of one note by itself: signature of a device that was active
    // under the directory it names, that directory and its checkpoint on our chains (newer ones are
    // fetched), its object's hash.
    [[nodiscard]] VerifiedNote verify_note(std::string_view note, Bytes object,
                                           const Subject& subject);
    // The same for a note whose object the server keeps to itself (a link's policy): all but the
    // hash.
    [[nodiscard]] VerifiedNote verify_bare_note(std::string_view note, const Subject& subject);
    // The directory of an earlier number; throws kTampered when we hold none of it.
    [[nodiscard]] const crypto::Directory& directory_at(const crypto::NoteHead& head,
                                                        const Subject& subject);

    // `tell` is called, once, when a chain goes on beyond the pins with a note that this device
    // signed in another run: the profile is an older copy, or a command was cut off, or somebody
    // uses a copy. Nothing of the vault is wrong.
    void when_older_copy(std::function<void()> tell) { tell_older_copy_ = std::move(tell); }
    // Such a note was verified.
    void meet_beyond_pins(const DeviceId& signer, const crypto::Hash& note);

    // Did the directory name this recovery recipient (SHA-256 of its text) in a note up to
    // `number`?
    [[nodiscard]] bool has_named_recovery(const crypto::Hash& recipient,
                                          std::uint32_t number) const noexcept;

    // Signs and posts `next`, the newest with what the caller changed in its lines, as note n + 1;
    // kConflict when another admin was faster (then sync and look again).
    void put_directory(crypto::Directory next, const Names& names);
    // put_directory of the newest with `change`, again on the newer one when another admin was
    // faster: `change` may run more than once, and what it throws goes through.
    using DirectoryChange = std::function<void(crypto::Directory& next, Names& names)>;
    void change_directory(const DirectoryChange& change);
    // An own write was acknowledged: the log must grow by one and tell it (own_write_missing
    // otherwise). `write.at` is set here.
    void note_own_write(OwnWrite write);
    // The same for a write that makes no entry where it changes nothing.
    void remember_own_write(OwnWrite write);

    // The directory's notes from the first on.
    [[nodiscard]] const std::vector<crypto::VerifiedDirectory>& directories() const noexcept {
        return directories_;
    }
    // Note n as its admin signed it; this device holds it since it was verified.
    [[nodiscard]] std::string directory_note(std::uint32_t number) const;
    // Who began the chain: name (device id), key id and key as C2SP writes verifier keys. Public.
    [[nodiscard]] std::string founder_key() const;
    // The signed text of the checkpoint that the last sync_log() took.
    [[nodiscard]] const std::string& log_checkpoint() const noexcept { return log_.checkpoint(); }
    // Leaf hashes of what it covers.
    [[nodiscard]] const LogTree& log_tree() const noexcept { return log_.tree(); }
    [[nodiscard]] Environment& environment() const noexcept { return environment_; }
    [[nodiscard]] Profile& profile() const noexcept { return profile_; }
    [[nodiscard]] Transport& transport() const noexcept { return *transport_; }
    [[nodiscard]] const VaultId& id() const noexcept { return profile_.facts().vault; }
    // For paths.
    [[nodiscard]] std::string id_text() const { return id().text(); }

private:
    struct FetchedNote {
        std::string note;
        Bytes object;
    };
    [[nodiscard]] FetchedNote fetch_directory(std::uint32_t number);
    [[nodiscard]] crypto::VerifiedDirectory verify_next(ByteView note) const;
    // `fetched` is the note's text when it is not in the cache yet.
    struct ReadDirectory {
        crypto::VerifiedDirectory verified;
        std::optional<std::string> fetched;
    };
    [[nodiscard]] ReadDirectory read_or_fetch(std::uint32_t number);
    void read_directories(std::uint32_t last);
    void keep_note(std::uint32_t number, std::string_view note) const;
    void check_head(std::uint32_t number) const;
    void check_pinned() const;
    void check_directory_claim(const crypto::NoteHead& head, const Subject& subject);
    void check_checkpoint_claim(const crypto::TreeHead& claim, const Subject& subject);
    [[nodiscard]] const crypto::DeviceLine& line_of(const DeviceId& signer, const Subject& subject);
    void pin_directory();
    [[nodiscard]] std::filesystem::path note_file(std::uint32_t number) const;
    Environment& environment_;
    Profile& profile_;
    std::unique_ptr<Transport> transport_;
    std::vector<crypto::VerifiedDirectory> directories_;  // [n - 1] is note n
    std::optional<Names> names_;                          // of the newest
    LogMirror log_;
    std::set<crypto::Hash> signed_;  // notes of this run
    std::function<void()> tell_older_copy_;
};

}  // namespace valv::client

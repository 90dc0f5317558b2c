#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/casework/record.h"
#include "client/lib/vault.h"
#include "common/protocol/messages.h"
#include "crypto/sealed/keyring.h"

// Cases: keyring chain, record chain, members.
namespace valv::client {

// A chain of signed notes of a case, other than its keyrings.
struct CaseChain {
    crypto::NoteKind kind;
    protocol::RouteName route;  // of one note
    std::string_view name;      // as errors call it: `record`
};

// The record with the place where it stands.
struct RecordState {
    casework::Record record;
    bool read_only_newer_format = false;  // show it, never write it back
    crypto::NoteHead head;
    DeviceId signer;
};

// One opened case: its keyring chain was verified from keyring 1 to the newest. Views the session.
class Case {
public:
    Case(Vault& vault, const CaseId& id);  // Cases::open
    [[nodiscard]] const CaseId& id() const noexcept { return id_; }
    [[nodiscard]] std::uint32_t epoch() const noexcept { return keyring_->epoch; }
    [[nodiscard]] const std::vector<DeviceId>& members() const noexcept {
        return newest().note.devices;
    }
    [[nodiscard]] const sealed::Keyring& keyring() const noexcept { return *keyring_; }
    [[nodiscard]] Vault& vault() const noexcept { return vault_; }
    // Fetches new keyring notes.
    void sync();

    // The newest record; its chain verified from the pin on.
    [[nodiscard]] RecordState read_record();
    // An earlier one, proven to stand in the chain of the newest. Throws kNotFound where the chain
    // has no such number.
    [[nodiscard]] RecordState read_record(std::uint32_t number);
    // Reads, changes, writes; on a lost race again on the new state. `change` may run more than
    // once. The new record must hold to the rules of casework (kInvalidArgument with the path of
    // the first refusal). Begins an epoch first where needs_new_keys(), and wraps the keyring for
    // the recovery recipient that this person accepted.
    RecordState update_record(const std::function<casework::Record(casework::Record)>& change);

    // A keyring of the same epoch, wrapped to these active devices too. The caller showed person
    // and words.
    void share(const std::vector<DeviceId>& devices);
    // epoch + 1, a new K; papers' headers and the record are written anew under it, and the server
    // ends the case's links with the old epoch. A cut leaves the papers that were not moved yet to
    // the next write; old keys stay in the keyring, so they open all the while.
    void unshare(const std::vector<DeviceId>& devices);
    // This person's devices take themselves out. Who leaves makes the keys of epoch + 1, so the
    // next write of a member begins another; papers move to that one. The server ends the links at
    // once. False, and nothing is done, when no active device of another person has the case.
    [[nodiscard]] bool leave();
    // Members that the newest directory does not list as active any more.
    [[nodiscard]] std::vector<DeviceId> inactive_members() const;
    // The next write begins an epoch: a member is inactive, or who made the newest keys left.
    [[nodiscard]] bool needs_new_keys() const;

    // Of the newest retention note, as the server last said; 0 when nobody decided (retention.h).
    [[nodiscard]] std::uint32_t retention_number() const noexcept { return heads_.retention; }
    // A chain from the newest note that is known for sure (or from its first) to note `head`, each
    // verified and of a member; the newest of them.
    [[nodiscard]] VerifiedNote read_chain(const CaseChain& chain,
                                          const std::optional<crypto::NoteHead>& known,
                                          std::uint32_t head);

    // Of the note's epoch: is the device in the newest keyring of that epoch?
    [[nodiscard]] bool was_member(const DeviceId& device, std::uint32_t epoch) const;
    [[nodiscard]] Subject subject(std::string object) const {
        return {.object = std::move(object), .case_id = id_};
    }

private:
    [[nodiscard]] const VerifiedNote& newest() const noexcept { return notes_.back(); }
    void take_keyring(VerifiedNote note);
    void open_keyring(const VerifiedNote& note);
    void check_keyring_pin(const VerifiedNote& note) const;
    [[nodiscard]] std::uint32_t pinned_keyring() const;  // its number; 0 for none
    void read_keyrings();
    void keep_keyring(const VerifiedNote& note) const;
    [[nodiscard]] VerifiedNote keyring_note(std::uint32_t number);
    [[nodiscard]] VerifiedNote fetch_keyring(std::uint32_t number);
    [[nodiscard]] VerifiedNote verify_keyring(std::string_view note, Bytes object,
                                              std::uint32_t number);
    [[nodiscard]] std::filesystem::path keyring_file(std::uint32_t number,
                                                     std::string_view ending) const;

    [[nodiscard]] std::optional<crypto::NoteHead> known_record() const;
    [[nodiscard]] VerifiedNote fetch_note(const CaseChain& chain, std::uint32_t number);
    void check_not_back_dated(const VerifiedNote& record);
    [[nodiscard]] VerifiedNote read_record_chain();
    [[nodiscard]] VerifiedNote fetch_record_after(const VerifiedNote& before);
    [[nodiscard]] RecordState open_record(const VerifiedNote& note) const;
    [[nodiscard]] casework::Record changed(
        const RecordState& state,
        const std::function<casework::Record(casework::Record)>& change) const;
    [[nodiscard]] bool was_overtaken(const Error& error);
    [[nodiscard]] bool try_move_papers(casework::Record& record);
    [[nodiscard]] std::optional<RecordState> try_put_record(const VerifiedNote& before,
                                                            casework::Record record);

    void change_keyring(
        const std::function<void(sealed::Keyring&, std::vector<DeviceId>&)>& change);
    void put_keyring(sealed::Keyring next, const std::vector<DeviceId>& devices);
    void begin_epoch(const std::vector<DeviceId>& without);
    void rotate_if_needed();
    void wrap_for_recovery_if_needed();
    Vault& vault_;
    CaseId id_;
    protocol::CaseHeads heads_;               // as the server last said
    std::vector<VerifiedNote> notes_;         // keyring notes 1…n
    std::optional<sealed::Keyring> keyring_;  // the newest
};

struct CaseSummary {
    CaseId id;
    std::uint32_t epoch = 0;
    std::uint32_t keyring = 0;
    std::uint32_t record = 0;
};

class Cases {
public:
    explicit Cases(Vault& vault) : vault_(vault) {}
    // K, keyring 1 and record 1. `record.facts.id` is set to the new case's id.
    [[nodiscard]] CaseId create(casework::Record record);
    // Those of which this device is a member. Numbers only; open a case to read it.
    [[nodiscard]] std::vector<CaseSummary> list();
    // kNotFound when there is none or this device is no member.
    [[nodiscard]] Case open(const CaseId& id);

private:
    Vault& vault_;
};

}  // namespace valv::client

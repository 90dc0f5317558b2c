#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "client/lib/documents.h"
#include "client/lib/link_opener.h"
#include "client/lib/links.h"
#include "tests/client/lib/support/party.h"
#include "tests/tamper/cheating_network.h"

// Where the cheating server plays: a vault with two cases, three papers, two links, two epochs and
// a member who was removed. Built once; what a cell does changes nothing on the real server.
namespace valv::client::test {

// What the server kept aside while it was honest.
struct Loot {
    Bytes old_header;                // of paper 1, for epoch 1
    protocol::Put forked_directory;  // each: another genuine successor that only one client saw
    protocol::Put forked_keyring;
    protocol::Put forked_record;
    Bytes old_checkpoint;
    protocol::LinkState unopened;      // link 1 before its first open
    protocol::LinkState opened_twice;  // and before its third, which no record tells of
    protocol::LinkState unrevoked;     // link 3, which is revoked by now
    protocol::Submission other_submission;
    protocol::Approval other_approval;
    Bytes used_challenge;
};

class Stage {
public:
    Stage();

    World world;
    CheatingNetwork network{world.network};
    Environment environment{.clock = world.clock,
                            .random = world.random,
                            .network = network,
                            .places = world.places,
                            .work = world.environment.work};
    std::unique_ptr<Member> founder = found(world);
    std::unique_ptr<Member> colleague;  // a second admin
    std::unique_ptr<Member> leaver;     // revoked, with everything that it ever held
    std::unique_ptr<Member> elsewhere;  // the founder of another vault on the same server
    CaseId case_id;
    CaseId other_case;
    casework::Document first;   // papers of the case
    casework::Document second;  // as long as the first
    std::optional<CreatedLink> link;
    std::optional<CreatedLink> other_link;
    std::optional<CreatedLink> revoked_link;
    std::optional<MadeInvitation> invitation;  // approved; its newcomer did not ask yet
    std::optional<MadeInvitation> pending;     // submitted, not approved
    Loot loot;

    // Genuine answers, asked for by the founder (or by the founder of the other vault).
    [[nodiscard]] Response fetch(const Call& call);
    [[nodiscard]] protocol::Put fetch_put(const Call& call);
    // Paths.
    [[nodiscard]] const std::string& vault_text() const { return vault_text_; }
    [[nodiscard]] Call directory_call(std::uint32_t number) const;
    [[nodiscard]] Call keyring_call(std::uint32_t number) const;
    [[nodiscard]] Call record_call(std::uint32_t number) const;
    [[nodiscard]] Call case_call(const CaseId& id) const;
    [[nodiscard]] protocol::CaseHeads heads();
    [[nodiscard]] std::uint32_t directory_head();
    // The one before the newest, which the removal made.
    [[nodiscard]] KeyringPin keyring_before();
    // The key that the server signs its log with.
    [[nodiscard]] crypto::SigningKey log_key();

    // A copy of a profile that read everything before, without its cache.
    [[nodiscard]] std::filesystem::path victim(const std::string& profile);

private:
    Member& add_device(std::unique_ptr<Member>& place, const std::string& name, crypto::Role role);
    void make_cases();
    void remove_leaver();
    void make_links();
    void open_links();
    void enrol_newcomers();
    void split_histories();
    void settle();
    [[nodiscard]] CreatedLink create_link(const std::vector<casework::Document>& papers);
    [[nodiscard]] protocol::Put captured(const std::string& profile, protocol::RouteName route,
                                         const std::function<void(Vault&)>& write);
    [[nodiscard]] OpenedLink open_link(const CreatedLink& opened, const std::string& holders);
    std::string vault_text_;
    std::unique_ptr<Member> late_;
    int victims_ = 0;
};

// Built when it is first asked for, for all tests of the program.
[[nodiscard]] Stage& shared_stage();

}  // namespace valv::client::test

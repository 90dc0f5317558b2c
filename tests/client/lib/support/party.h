#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "client/casework/record.h"
#include "client/lib/cases.h"
#include "client/lib/enrolment.h"
#include "client/lib/environment.h"
#include "client/lib/members.h"
#include "client/lib/vault_creation.h"
#include "common/base/error.h"
#include "tests/client/lib/support/loopback.h"
#include "tests/client/lib/support/test_clock.h"
#include "tests/client/lib/support/test_server.h"
#include "tests/common/temp_folder.h"
#include "tests/crypto/seeded_random.h"

namespace valv::client::test {

using valv::test::read_file;
using valv::test::snapshot;
using valv::test::TempFolder;
using valv::test::write_file;

// A server and the people around it. Every piece of a test lives in here.
struct World {
    World();
    TempFolder folder;
    TestClock clock;
    valv::test::SeededRandom random{"client/lib"};
    TestServer server{clock, random};
    LoopbackNetwork network{server.application()};
    casework::Places places;
    Environment environment{.clock = clock,
                            .random = random,
                            .network = network,
                            .places = places,
                            .work = {.log2_n = 4}};  // tests only: the file tells its own cost
};

// One device of the vault with its session, synced.
struct Member {
    Member(World& world, Profile opened)
        : profile(std::move(opened)), vault(world.environment, profile) {
        vault.sync();
    }
    Member(const Member&) = delete;
    Member& operator=(const Member&) = delete;
    // The same device in a fresh run of the program.
    [[nodiscard]] static std::unique_ptr<Member> reopen(World& world, std::string_view name);
    Profile profile;
    Vault vault;
    [[nodiscard]] const DeviceId& device() const { return profile.device(); }
    [[nodiscard]] Case open(const CaseId& id) { return Cases(vault).open(id); }
};

[[nodiscard]] crypto::SecretBytes passphrase();
[[nodiscard]] NewVault new_vault(World& world, std::string_view profile = "founder");
// The founder of a new vault; profile `founder`.
[[nodiscard]] std::unique_ptr<Member> found(World& world);
// Invited by `admin`, enrolled and approved; profile `name`.
[[nodiscard]] std::unique_ptr<Member> enrol(World& world, Member& admin, std::string_view name,
                                            crypto::Role role = crypto::Role::kCoordinator);

// A record that breaks no rule: one traveller, an office with a contact.
[[nodiscard]] casework::Record plain_record(std::string reference = "RV-2026-101");
[[nodiscard]] casework::Document passport_row();
[[nodiscard]] Bytes some_octets(std::size_t count, std::string_view seed = "paper");

// The Error that `step` throws; a failure when there is none.
template <typename Step>
[[nodiscard]] std::optional<Error> error_of(Step&& step) {
    try {
        (void)step();
    } catch (const Error& error) {
        return error;
    }
    return std::nullopt;
}
// Its name, `code` when it has none, `none` without an error.
template <typename Step>
[[nodiscard]] std::string failure_of(Step&& step) {
    const std::optional<Error> error = error_of(std::forward<Step>(step));
    if (!error) {
        return "none";
    }
    return error->name().empty() ? std::string(to_string(error->code())) : error->name();
}

}  // namespace valv::client::test

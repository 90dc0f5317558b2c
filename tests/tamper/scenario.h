#pragma once

#include <vector>

#include "tests/tamper/stage.h"
#include "tests/tamper/table.h"
#include "tests/tamper/victim.h"

// How a cell of the table is played.
namespace valv::client::test {

struct Scenario {
    Cheat cheat;
    Unseen unseen = Unseen::kNothing;
    // Where a condition is missing, so that nobody can notice: the reading succeeds.
    bool is_unmet = false;
};

[[nodiscard]] Reading reading_of(Object object) noexcept;
// Each must end as the cell says; none: the cell has no scenario.
[[nodiscard]] std::vector<Scenario> scenarios_of(Stage& stage, Object object, Change change);

// By kind of object; scenarios_of asks the one that knows.
[[nodiscard]] std::vector<Scenario> chain_scenarios(Stage& stage, Object object, Change change);
[[nodiscard]] std::vector<Scenario> head_scenarios(Stage& stage, Object object, Change change);
[[nodiscard]] std::vector<Scenario> paper_scenarios(Stage& stage, Object object, Change change);
[[nodiscard]] std::vector<Scenario> link_scenarios(Stage& stage, Object object, Change change);
[[nodiscard]] std::vector<Scenario> log_scenarios(Stage& stage, Object object, Change change);
[[nodiscard]] std::vector<Scenario> enrolment_scenarios(Stage& stage, Object object, Change change);
[[nodiscard]] std::vector<Scenario> recipient_scenarios(Stage& stage, Object object, Change change);

// Signed by the removed member, between the keyring without it and the first record under that.
[[nodiscard]] Scenario back_dated_record(Stage& stage);

// ---- what many of them do ----

void flip_middle(Bytes& octets);
void cut_half(Bytes& octets);
void add_octets(Bytes& octets);
// A change of octets that are not looked into: flip, truncate, extend. Nothing for other changes.
[[nodiscard]] std::function<void(Bytes&)> octet_change(Change change);
// A JSON text that is no longer one: flip, truncate, extend. Nothing for other changes.
[[nodiscard]] ChangeResponse broken_json(Change change);

}  // namespace valv::client::test

// How a newcomer comes in: what the admin reads, and what the newcomer reads.
#include <algorithm>
#include <utility>

#include "tests/tamper/scenario.h"

namespace valv::client::test {
namespace {

using protocol::Enrolment;
using protocol::RouteName;
using protocol::Submission;

Call list_call(Stage& stage) {
    return call_to(RouteName::kListEnrolments, {stage.vault_text()});
}

// The keys of another device, signed as well as the server can.
Submission invented(Stage& stage, const Submission& genuine) {
    const auto keys = sealed::DeviceKeys::random(stage.founder->vault.id(), stage.world.random);
    const sealed::DevicePublicKeys public_keys = keys.public_keys();
    Submission submission = genuine;
    submission.age = keys.identity.recipient().text();
    submission.signing = to_bytes(public_keys.signing_key);
    submission.tls_sha256 = to_bytes(public_keys.tls_key);
    const Bytes message = sealed::submission_message({.vault = submission.vault,
                                                      .invitation = crypto::hash_from(submission.h),
                                                      .keys = public_keys});
    submission.code_signature = to_bytes(keys.signing_key.sign(message));
    submission.device_signature = submission.code_signature;
    return submission;
}

void change_submissions(Stage& stage, std::vector<Enrolment>& rows, Change change) {
    Enrolment& row = *std::ranges::find(rows, stage.pending->id, &Enrolment::invitation);
    Submission& submission = row.submissions.at(0);
    if (change == Change::kFlip) {
        flip_middle(submission.code_signature);
    } else if (change == Change::kSwap) {
        submission = stage.loot.other_submission;
    } else if (change == Change::kDrop) {
        row.submissions.clear();
    } else if (change == Change::kDuplicate) {
        row.submissions.push_back(submission);
    } else if (change == Change::kReplay) {  // an invitation that was used
        rows.push_back({.invitation = stage.invitation->id,
                        .expires = row.expires,
                        .submissions = {stage.loot.other_submission}});
    } else if (change == Change::kInvent) {
        submission = invented(stage, submission);
    }
}

std::vector<Scenario> submission_scenarios(Stage& stage, Change change) {
    const std::string path = list_call(stage).path;
    if (change == Change::kTruncate || change == Change::kExtend) {
        return {{.cheat = at(path, broken_json(change))}};
    }
    if (change == Change::kDelay) {
        return {{.cheat = silent_at(path)}};
    }
    std::vector<Enrolment> rows = protocol::decode_enrolments(stage.fetch(list_call(stage)).text());
    change_submissions(stage, rows, change);
    return {{.cheat = answer_at(path, protocol::encode_enrolments(rows))}};
}

void change_approval(Stage& stage, protocol::PollReply& reply, Change change) {
    if (change == Change::kFlip) {
        flip_middle(reply.approval->mac);
    } else if (change == Change::kSwap) {
        reply.approval = stage.loot.other_approval;
    } else if (change == Change::kDrop) {
        reply.approval.reset();
    } else if (change == Change::kInvent) {
        reply.approval->directory = 1;
        reply.approval->mac = some_octets(reply.approval->mac.size(), "mac");
    }
}

}  // namespace

std::vector<Scenario> enrolment_scenarios(Stage& stage, Object object, Change change) {
    if (object == Object::kSubmissions) {
        return submission_scenarios(stage, change);
    }
    const std::string path =
        call_to(RouteName::kPollEnrolment, {stage.vault_text(), stage.invitation->id.text()}).path;
    if (change == Change::kTruncate || change == Change::kExtend) {
        return {{.cheat = at(path, broken_json(change))}};
    }
    if (change == Change::kDelay) {
        return {{.cheat = silent_at(path)}};
    }
    return {
        {.cheat = at(
             path, in_json([](std::string_view json) { return protocol::decode_poll_reply(json); },
                           [](const protocol::PollReply& reply) { return protocol::encode(reply); },
                           [&stage, change](protocol::PollReply& reply) {
                               change_approval(stage, reply, change);
                           }))}};
}

}  // namespace valv::client::test

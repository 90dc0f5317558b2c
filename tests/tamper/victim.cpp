#include "tests/tamper/victim.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "client/cli/sentences.h"
#include "client/lib/paper_keys.h"
#include "common/base/encoding.h"

namespace valv::client::test {
namespace {

using protocol::RouteName;

const char* profile_of(Reading reading) {
    switch (reading) {
        case Reading::kCase:
        case Reading::kCases:
            return "reader";
        case Reading::kApproval:
            return "newcomer";
        case Reading::kRecipient:
            return "recipient";
        case Reading::kLinks:
        case Reading::kLink:
        case Reading::kRotation:
        case Reading::kEnrolments:
            break;
    }
    return "founder";
}

void forget(Pins& pins, Unseen unseen, const CaseId& case_id) {
    switch (unseen) {
        case Unseen::kNothing:
            break;
        case Unseen::kDirectory:
            pins.directory.reset();
            break;
        case Unseen::kKeyring:
            pins.cases.at(case_id).keyring.reset();
            break;
        case Unseen::kRecord:
            pins.cases.at(case_id).record.reset();
            break;
        case Unseen::kRecordAndKeyring:
            pins.cases.at(case_id).record.reset();
            break;
        case Unseen::kLog:
            pins.log = {.size = 0, .root = crypto::empty_root()};
            pins.owed_log_size = 0;
            break;
    }
}

std::string text_of(const LinkView& view) {
    std::string text = view.id.text() + " " + to_text(view.state.not_after);
    text += " max " + std::to_string(view.state.max_opens);
    text += view.state.revoked ? " revoked" : " live";
    std::set<std::string> openings;
    for (const LinkOpening& opening : view.openings) {
        openings.insert(" open " + std::to_string(opening.holder) +
                        (opening.is_provable ? "" : "?"));
    }
    for (const std::string& opening : openings) {
        text += opening;
    }
    return text + "\n";
}

std::string hash_text(ByteView octets) {
    return to_base64url(crypto::sha256(octets));
}

// A run that is cut before it writes.
struct Cut {
    std::vector<protocol::DocumentHeader> headers;
};

}  // namespace

Victim::Victim(Stage& stage, Reading reading, Unseen unseen)
    : stage_(stage), reading_(reading), folder_(stage.victim(profile_of(reading))) {
    if (reading == Reading::kRecipient) {
        return;
    }
    if (reading == Reading::kApproval) {
        newcomer_.emplace(Enrolling::begin(stage.environment, folder_,
                                           stage.invitation->file.reveal(), stage.invitation->code,
                                           passphrase()));
        return;
    }
    Profile::open(folder_, passphrase()).update_pins([&](Pins& pins) {
        forget(pins, unseen, stage.case_id);
        if (unseen == Unseen::kRecordAndKeyring) {
            pins.cases.at(stage.case_id).keyring = stage.keyring_before();
        }
    });
}

std::string Victim::read() {
    std::filesystem::remove(target());
    switch (reading_) {
        case Reading::kApproval:
            return newcomer_->poll() ? "approved" : "waiting";
        case Reading::kRecipient:
            return cli::during(cli::Situation::kOpenLink, [&] { return read_as_recipient(); });
        case Reading::kCase:
        case Reading::kCases:
        case Reading::kLinks:
        case Reading::kLink:
        case Reading::kRotation:
        case Reading::kEnrolments:
            break;
    }
    return read_as_staff();
}

std::string Victim::read_as_staff() {
    Profile profile = Profile::open(folder_, passphrase());
    Vault vault(stage_.environment, profile);
    vault.sync();
    switch (reading_) {
        case Reading::kCases:
            return read_cases(vault);
        case Reading::kLinks:
            return read_links(vault);
        case Reading::kLink:
            return read_link(vault);
        case Reading::kRotation:
            return rotate(vault);
        case Reading::kEnrolments:
            return read_enrolments(vault);
        case Reading::kCase:
        case Reading::kApproval:
        case Reading::kRecipient:
            break;
    }
    return read_case(vault);
}

std::string Victim::read_case(Vault& vault) {
    std::string text = "log " + std::to_string(vault.log_head().size);
    text += "\ndirectory " + std::to_string(vault.directory().number) + " " + vault.names().vault;
    Case opened = Cases(vault).open(stage_.case_id);
    text += "\nmembers " + std::to_string(opened.members().size());
    Documents documents(opened);
    const RecordState state = opened.read_record();
    text += "\nrecord " + std::to_string(state.head.number) + " " +
            hash_text(as_bytes(casework::encode_record(state.record)));
    documents.get(documents.row(stage_.first.id), target(), local::Overwrite::kNo);
    return text + "\npaper " + hash_text(read_file(target()));
}

std::string Victim::read_cases(Vault& vault) {
    Cases cases(vault);
    std::vector<std::string> rows;
    for (const CaseSummary& summary : cases.list()) {
        rows.push_back(cases.open(summary.id).read_record().record.facts.reference);
    }
    std::ranges::sort(rows);
    std::string text;
    for (const std::string& row : rows) {
        text += row + "\n";
    }
    return text;
}

std::string Victim::read_links(Vault& vault) {
    Case opened = Cases(vault).open(stage_.case_id);
    std::vector<std::string> rows;
    for (const LinkView& view : Links(opened).list()) {
        rows.push_back(text_of(view));
    }
    std::ranges::sort(rows);
    std::string text;
    for (const std::string& row : rows) {
        text += row;
    }
    return text;
}

std::string Victim::read_link(Vault& vault) {
    Case opened = Cases(vault).open(stage_.case_id);
    Links links(opened);
    std::string text;
    for (const auto* link : {&stage_.link, &stage_.other_link, &stage_.revoked_link}) {
        text += text_of(links.show((*link)->id));
    }
    return text;
}

std::string Victim::rotate(Vault& vault) {
    Case opened = Cases(vault).open(stage_.case_id);
    casework::Record record = opened.read_record().record;
    for (casework::Document& row : record.documents) {
        row.epoch = 1;
    }
    const Cheat cheat = stage_.network.cheat;
    const Cheat cut{.instead = [](const Call& call) -> std::optional<Response> {
                        if (call.route == RouteName::kReplaceHeaders) {
                            throw Cut{protocol::decode_replace_headers(call.json).headers};
                        }
                        return std::nullopt;
                    },
                    .after = {}};
    stage_.network.cheat = both(cut, cheat);
    std::set<std::string> moved;
    try {
        move_papers(opened, record);
    } catch (const Cut& before) {
        for (const protocol::DocumentHeader& header : before.headers) {
            moved.insert(header.document == stage_.first.id ? "first" : "second");
        }
    }
    stage_.network.cheat = cheat;
    std::string text = "moved";
    for (const std::string& name : moved) {
        text += " " + name;
    }
    return text;
}

std::string Victim::read_enrolments(Vault& vault) {
    const EnrolmentList list = Enrolments(vault).list();
    std::string text = "refused " + std::to_string(list.refused);
    for (const PendingEnrolment& pending : list.pending) {
        text += "\n" + pending.name + " " + pending.words;
    }
    return text;
}

std::string Victim::read_as_recipient() {
    LinkOpener opener(stage_.environment, HolderStore(folder_ / "holders"),
                      stage_.link->url.reveal());
    OpenedLink opened = opener.open(stage_.link->code);
    std::string text = opened.package().title + " " + std::to_string(opened.lease().opens) +
                       " of " + std::to_string(opened.lease().maximum) + " until " +
                       to_text(opened.lease().until);
    text += "\nparts " + std::to_string(opened.parts().size());
    opened.save(1, target(), local::Overwrite::kNo);
    return text + "\npaper " + hash_text(read_file(target()));
}

std::string Victim::known() const {
    return snapshot(folder_ / (reading_ == Reading::kRecipient ? "holders" : "pins"));
}

bool Victim::saved_anything() const {
    return std::filesystem::exists(target());
}

}  // namespace valv::client::test

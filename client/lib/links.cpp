#include "client/lib/links.h"

#include <algorithm>
#include <set>
#include <utility>

#include "client/lib/errors.h"
#include "client/lib/publication.h"
#include "common/base/encoding.h"

namespace valv::client {
namespace {

using protocol::RouteName;

constexpr std::chrono::minutes kClockSlack{10};  // the server's clock may be ahead of ours

Subject link_subject(const Case& opened, const LinkId& link) {
    return opened.subject("link " + link.text());
}

// A control that was asked for and is not confirmed has not been given (README.md, promise 6).
void check_confirmed(const NewLink& asked, const protocol::LinkPublished& told,
                     const Subject& subject) {
    const protocol::Policy& policy = asked.policy;
    const protocol::LinkState& state = told.state;
    const bool is_right =
        told.link == policy.link && state.link == policy.link && state.version == policy.version &&
        state.not_before == policy.not_before && state.not_after == policy.not_after &&
        state.max_opens == policy.max_opens && state.opens == 0 && !state.revoked &&
        state.policy_note == asked.publication.note &&
        equal(told.policy_sha256, crypto::sha256(asked.publication.policy));
    if (!is_right) {
        throw Tampered(tamper::kContext, "the server confirms another policy than was asked for",
                       subject);
    }
}

// The server forgets the signatures with the erasure key of a link that was revoked or has expired.
bool has_ended(const protocol::LinkState& state, Instant now) {
    return state.revoked || now + kClockSlack >= state.not_after;
}

std::optional<sealed::LinkKeys> keys_of(const casework::Link& row) {
    std::optional<sealed::DigitCode> code;
    if (row.code) {
        code = sealed::DigitCode::from_text(as_bytes(*row.code), sealed::kLinkCodeDigits);
    }
    const sealed::LinkEntry entry(row.code ? sealed::LinkMode::kCode : sealed::LinkMode::kNoCode,
                                  sealed::LinkSecret::from(from_base64url(row.secret)));
    if (entry.id() != row.id || (row.code && !code)) {
        return std::nullopt;
    }
    return sealed::LinkKeys::derive(entry, code);
}

// Only who has URL and code can sign an open, so the server cannot invent one; nor show one twice
// or leave one out.
std::vector<LinkOpening> verify_openings(const std::optional<casework::Link>& row,
                                         const protocol::LinkState& state, Instant now,
                                         const Subject& subject) {
    std::vector<LinkOpening> openings;
    if (state.opened.size() != state.opens) {
        throw Tampered(tamper::kLog, "the list of opens is not as long as their count", subject,
                       std::to_string(state.opens), std::to_string(state.opened.size()));
    }
    const std::optional<sealed::LinkKeys> keys =
        row && !state.opened.empty() ? keys_of(*row) : std::nullopt;
    std::set<Bytes> challenges;
    for (const protocol::Opened& opened : state.opened) {
        if (keys && opened.signature.empty() && !has_ended(state, now)) {
            throw Tampered(tamper::kLog, "an open without a signature", subject);
        }
        const bool is_provable = keys && !opened.signature.empty();
        if (is_provable) {
            const Bytes message = sealed::link_open_message(
                state.link, opened.challenge, crypto::hash_from(opened.holder_sha256));
            if (!crypto::verify(keys->auth().public_key(), message, opened.signature)) {
                throw Tampered(tamper::kLog, "an open that nobody with the link made", subject);
            }
        }
        if (!challenges.insert(opened.challenge).second) {
            throw Tampered(tamper::kLog, "one open shown twice", subject);
        }
        openings.push_back({.at = opened.at,
                            .network = opened.network,
                            .holder = opened.holder,
                            .is_provable = is_provable});
    }
    return openings;
}

std::optional<casework::Link> row_of(const casework::Record& record, const LinkId& link) {
    const auto found = std::ranges::find(record.links, link, &casework::Link::id);
    return found == record.links.end() ? std::nullopt : std::optional(*found);
}

void check_policy_note(Case& opened, const protocol::LinkState& state, const Subject& subject) {
    const VerifiedNote verified = opened.vault().verify_bare_note(state.policy_note, subject);
    const crypto::ObjectNote& note = verified.note;
    if (note.kind != crypto::NoteKind::kPolicy || note.case_id != opened.id() ||
        note.link != state.link || note.number != state.version) {
        throw Tampered(tamper::kContext, "its policy note is of another link", subject);
    }
    if (note.epoch > opened.epoch()) {
        opened.sync();  // a member rotated meanwhile
    }
    // A new epoch ends every link: one that still opens and claims an older epoch is made up by who
    // has left.
    const bool is_of_old_keys = state.is_live && note.epoch < opened.epoch();
    if (is_of_old_keys || !opened.was_member(verified.signer, note.epoch)) {
        throw Tampered(tamper::kSigner, "made by a device that was no member", subject, {},
                       verified.signer.text());
    }
}

bool is_other_policy(const casework::Link& row, const protocol::LinkState& state) {
    return row.version == state.version &&
           (row.not_before != state.not_before || row.not_after != state.not_after ||
            row.max_opens != state.max_opens);
}

// What the record tells of has happened: no open and no end is taken back.
bool is_older_than(const protocol::LinkState& state, const casework::Link& row) {
    return static_cast<std::int64_t>(state.opens) < row.opens || (row.revoked_at && !state.revoked);
}

LinkView view_of(Case& opened, const casework::Record& record, protocol::LinkState state) {
    const Subject subject = link_subject(opened, state.link);
    return about(subject, [&] {
        check_policy_note(opened, state, subject);
        LinkView view{
            .id = state.link, .row = row_of(record, state.link), .state = {}, .openings = {}};
        if (view.row && is_other_policy(*view.row, state)) {
            throw Tampered(tamper::kContext, "the server enforces another policy than the one made",
                           subject);
        }
        if (view.row && is_older_than(state, *view.row)) {
            throw Tampered(tamper::kRolledBack, "older than the record tells", subject,
                           std::to_string(view.row->opens), std::to_string(state.opens));
        }
        view.openings =
            verify_openings(view.row, state, opened.vault().environment().clock.now(), subject);
        view.state = std::move(state);
        return view;
    });
}

// What the row should say after the events that the server told.
casework::Link with_events(casework::Link row, const LinkView& view) {
    row.opens = static_cast<std::int64_t>(view.state.opens);
    std::uint32_t holders = 0;
    for (const LinkOpening& opening : view.openings) {
        row.first_opened_at = std::min(row.first_opened_at.value_or(opening.at), opening.at);
        holders = std::max(holders, opening.holder);
    }
    if (holders > 0) {
        row.holders = holders;
    }
    row.locked_at = view.state.locked;
    row.revoked_at = view.state.revoked;
    return row;
}

}  // namespace

CreatedLink Links::create(const LinkRequest& request) {
    const RecordState before = case_.read_record();
    NewLink made = make_link(case_, before.record, request);
    Vault& vault = case_.vault();
    const Subject subject = link_subject(case_, made.keys.id());
    Call call = call_to(RouteName::kCreateLink, {vault.id_text(), case_.id().text()});
    call.json = protocol::encode(made.publication);
    call.key = RequestKey::random(vault.environment().random);
    protocol::LinkPublished told = about(subject, [&] {
        return protocol::decode_link_published(ask(vault.transport(), call).text());
    });
    vault.note_own_write(
        note_write("policy", crypto::sha256(as_bytes(made.publication.note)), case_.id()));
    check_confirmed(made, told, subject);
    const casework::Link row = link_row(made, request, told.state.created);
    case_.update_record([&](casework::Record record) {
        record.links.push_back(row);
        return record;
    });
    return {.id = row.id,
            .url = sealed::format_link_url(made.url),
            .code = std::move(made.code),
            .state = std::move(told.state)};
}

std::vector<LinkView> Links::list() {
    const RecordState state = case_.read_record();
    const Call call = call_to(RouteName::kListLinks, {case_.vault().id_text(), case_.id().text()});
    const auto states = about(case_.subject("links"), [&] {
        return protocol::decode_links(ask(case_.vault().transport(), call).text());
    });
    std::vector<LinkView> views;
    for (const protocol::LinkState& link : states) {
        if (std::ranges::find(views, link.link, &LinkView::id) != views.end()) {
            throw Tampered(tamper::kProtocol, "shown twice", link_subject(case_, link.link));
        }
        views.push_back(view_of(case_, state.record, link));
    }
    for (const casework::Link& row : state.record.links) {
        if (std::ranges::find(views, row.id, &LinkView::id) == views.end()) {
            throw Tampered(tamper::kMissing, "the server does not show it",
                           link_subject(case_, row.id));
        }
    }
    return views;
}

LinkView Links::show(const LinkId& link) {
    const RecordState record = case_.read_record();
    const Call call =
        call_to(RouteName::kGetLink, {case_.vault().id_text(), case_.id().text(), link.text()});
    const auto answer = [&] {
        return protocol::decode_link_state(ask(case_.vault().transport(), call).text());
    };
    protocol::LinkState state = row_of(record.record, link)
                                    ? must_be_there(link_subject(case_, link), answer)
                                    : about(link_subject(case_, link), answer);
    if (state.link != link) {
        throw Tampered(tamper::kContext, "the state of another link", link_subject(case_, link));
    }
    return view_of(case_, record.record, std::move(state));
}

LinkView Links::revoke(const LinkId& link) {
    Call call =
        call_to(RouteName::kRevokeLink, {case_.vault().id_text(), case_.id().text(), link.text()});
    call.json = "{}";
    ask(case_.vault().transport(), call);
    case_.vault().remember_own_write({.at = {},
                                      .kind = "link-revoked",
                                      .key = "link",
                                      .value = link.text(),
                                      .case_id = case_.id()});
    LinkView view = show(link);
    if (!view.state.revoked) {
        throw Tampered(tamper::kContext, "the server says that it is not revoked",
                       link_subject(case_, link));
    }
    if (view.row) {
        case_.update_record([&](casework::Record record) {
            for (casework::Link& row : record.links) {
                row = row.id == link ? with_events(row, view) : row;
            }
            return record;
        });
    }
    return view;
}

bool Links::copy_events_to_record() {
    const std::vector<LinkView> views = list();
    const bool differs = std::ranges::any_of(views, [](const LinkView& view) {
        return view.row && with_events(*view.row, view) != *view.row;
    });
    if (!differs) {
        return false;
    }
    case_.update_record([&](casework::Record record) {
        for (casework::Link& row : record.links) {
            const auto view = std::ranges::find(views, row.id, &LinkView::id);
            row = view == views.end() ? row : with_events(row, *view);
        }
        return record;
    });
    return true;
}

}  // namespace valv::client

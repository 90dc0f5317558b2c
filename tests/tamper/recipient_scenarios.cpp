// What the recipient of a link reads.
#include <utility>

#include "common/protocol/wire_error.h"
#include "crypto/sealed/age/detached.h"
#include "crypto/sealed/age/file.h"
#include "tests/tamper/octet_scenarios.h"
#include "tests/tamper/scenario.h"

namespace valv::client::test {
namespace {

using protocol::EndReason;
using protocol::Lease;
using protocol::MacFile;
using protocol::RouteName;
using protocol::Welcome;

// A genuine answer under the lease of `link`, as its recipient gets it.
Response under_lease(Stage& stage, const CreatedLink& link, Call call) {
    const sealed::LinkUrl url = sealed::parse_link_url(link.url.reveal());
    const sealed::LinkEntry entry(url.mode, url.secret);
    const crypto::SecretBytes holder = HolderStore(stage.world.folder / "recipient" / "holders")
                                           .holder_for(entry.id(), stage.world.random);
    call.bearer =
        protocol::encode_bearer({.link = entry.id(), .holder = to_bytes(holder.reveal())});
    const auto transport = stage.world.network.to_links(url.origin);
    return ask(*transport, call);
}

Welcome hello(Stage& stage, const CreatedLink& link) {
    return LinkOpener(stage.world.environment,
                      HolderStore(stage.world.folder / "recipient" / "holders"), link.url.reveal())
        .hello();
}

// ---- before the lease ----

std::vector<Scenario> challenge_scenarios(Stage& stage, Change change) {
    const std::string path = call_to(RouteName::kLinkHello).path;
    if (change == Change::kTruncate || change == Change::kExtend) {
        return {{.cheat = at(path, broken_json(change))}};
    }
    if (change == Change::kDrop) {
        return {{.cheat = absent_at(path)}};
    }
    if (change == Change::kDelay) {
        return {{.cheat = silent_at(path)}};
    }
    std::function<void(Welcome&)> edit;
    if (change == Change::kFlip) {
        edit = [](Welcome& welcome) { flip_middle(welcome.challenge); };
    } else {
        Bytes other = some_octets(stage.loot.used_challenge.size(), "challenge");
        if (change == Change::kSwap) {
            other = hello(stage, *stage.other_link).challenge;
        } else if (change == Change::kReplay) {
            other = stage.loot.used_challenge;
        }
        edit = [other](Welcome& welcome) { welcome.challenge = other; };
    }
    return {{.cheat = at(
                 path,
                 in_json([](std::string_view json) { return protocol::decode_welcome(json); },
                         [](const Welcome& welcome) { return protocol::encode(welcome); }, edit))}};
}

std::vector<Scenario> lease_scenarios(Stage& stage, Change change) {
    const std::string path = call_to(RouteName::kLinkOpen).path;
    if (change == Change::kTruncate || change == Change::kExtend) {
        return {{.cheat = at(path, broken_json(change))}};
    }
    if (change == Change::kDrop) {
        return {{.cheat = absent_at(path)}};
    }
    if (change == Change::kDelay) {
        return {{.cheat = silent_at(path)}};
    }
    std::function<void(Lease&)> edit = [](Lease& lease) { lease.version ^= 2U; };
    if (change == Change::kSwap) {
        const Lease other = protocol::decode_lease(
            under_lease(stage, *stage.other_link, call_to(RouteName::kGetLease)).text());
        edit = [other](Lease& lease) { lease = other; };
    } else if (change == Change::kInvent) {
        edit = [](Lease& lease) { lease.until += std::chrono::hours(1); };
    }
    return {{.cheat = at(
                 path, in_json([](std::string_view json) { return protocol::decode_lease(json); },
                               [](const Lease& lease) { return protocol::encode(lease); }, edit))}};
}

// ---- files under a MAC ----

MacFile invented_file(Stage& stage) {
    const auto identity = sealed::X25519Identity::random(stage.world.random);
    return {.file = sealed::seal(as_bytes("{}"), {&identity.recipient()}, stage.world.random),
            .mac = some_octets(crypto::kHashBytes, "mac")};
}

// Flip, truncate, extend of the file, and the same flip of its MAC.
std::vector<Scenario> changed_file(const std::string& path, Change change,
                                   const std::function<void(Bytes&)>& octets) {
    std::vector<Scenario> scenarios{
        {.cheat = at(path, in_file([octets](MacFile& file) { octets(file.file); }))}};
    if (change == Change::kFlip) {
        scenarios.push_back(
            {.cheat = at(path, in_file([](MacFile& file) { flip_middle(file.mac); }))});
    }
    return scenarios;
}

Cheat other_body(Stage& stage, const std::string& path, const CreatedLink& link, const Call& call) {
    return body_at(path, under_lease(stage, link, call).body);
}

std::vector<Scenario> package_scenarios(Stage& stage, Change change) {
    const Call package = call_to(RouteName::kGetPackage);
    if (const auto octets = octet_change(change)) {
        return changed_file(package.path, change, octets);
    }
    if (change == Change::kSwap) {
        return {{.cheat = other_body(stage, package.path, *stage.other_link, package)}};
    }
    if (change == Change::kDrop) {
        return {{.cheat = absent_at(package.path)}};
    }
    if (change == Change::kDelay) {
        return {{.cheat = silent_at(package.path)}};
    }
    return {{.cheat = answer_at(package.path, protocol::encode(invented_file(stage)))}};
}

// The server says that a part waits, or is over.
Cheat ended_at(std::string path, EndReason reason) {
    const protocol::Refusal refusal(
        ErrorCode::kEnded, "cheating network",
        {.reason = reason, .at = parse_instant("2026-03-02T00:00:00Z")});
    const std::string json = protocol::encode(protocol::to_wire(refusal));
    return at(std::move(path), [json](Response& response) {
        response.status = protocol::wire_error(ErrorCode::kEnded).status;
        response.body = to_bytes(as_bytes(json));
    });
}

std::vector<Scenario> part_scenarios(Stage& stage, Change change) {
    const Call one = call_to(RouteName::kGetPart, {"1"});
    const Call two = call_to(RouteName::kGetPart, {"2"});
    if (const auto octets = octet_change(change)) {
        return changed_file(one.path, change, octets);
    }
    switch (change) {
        case Change::kSwap:
            return {{.cheat = other_body(stage, one.path, *stage.other_link, one)}};
        case Change::kDrop:
            return {{.cheat = absent_at(one.path)}};
        case Change::kReorder:
            return {{.cheat = both(other_body(stage, one.path, *stage.link, two),
                                   other_body(stage, two.path, *stage.link, one))}};
        case Change::kDuplicate:
            return {{.cheat = other_body(stage, two.path, *stage.link, one)}};
        case Change::kInvent:
            return {{.cheat = answer_at(one.path, protocol::encode(invented_file(stage)))}};
        case Change::kDelay:
            return {{.cheat = ended_at(one.path, EndReason::kNotYet)},
                    {.cheat = ended_at(one.path, EndReason::kExpired)}};
        case Change::kFlip:
        case Change::kTruncate:
        case Change::kExtend:
        case Change::kReplay:
        case Change::kFork:
        case Change::kRemoved:
            break;
    }
    return {};
}

// ---- papers of a link ----

std::vector<Scenario> header_scenarios(Stage& stage, Change change) {
    const Call one = call_to(RouteName::kGetLinkHeader, {"1"});
    const Call two = call_to(RouteName::kGetLinkHeader, {"2"});
    if (const auto octets = octet_change(change)) {
        return {{.cheat = at(one.path, [octets](Response& response) { octets(response.body); })}};
    }
    if (change == Change::kSwap) {
        return {{.cheat = other_body(stage, one.path, *stage.other_link, one)}};
    }
    if (change == Change::kReorder) {
        return {{.cheat = both(other_body(stage, one.path, *stage.link, two),
                               other_body(stage, two.path, *stage.link, one))}};
    }
    if (change == Change::kDrop) {
        return {{.cheat = absent_at(one.path)}};
    }
    if (change == Change::kDelay) {
        return {{.cheat = silent_at(one.path)}};
    }
    const auto identity = sealed::X25519Identity::random(stage.world.random);
    return {{.cheat = body_at(
                 one.path, sealed::DetachedHeader::wrap(sealed::FileKey::random(stage.world.random),
                                                        {&identity.recipient()}, stage.world.random)
                               .octets())}};
}

}  // namespace

std::vector<Scenario> recipient_scenarios(Stage& stage, Object object, Change change) {
    if (object == Object::kChallenge) {
        return challenge_scenarios(stage, change);
    }
    if (object == Object::kLease) {
        return lease_scenarios(stage, change);
    }
    if (object == Object::kPackage) {
        return package_scenarios(stage, change);
    }
    if (object == Object::kPart) {
        return part_scenarios(stage, change);
    }
    if (object == Object::kLinkHeader) {
        return header_scenarios(stage, change);
    }
    const Call one = call_to(RouteName::kGetLinkBody, {"1"});
    const Call two = call_to(RouteName::kGetLinkBody, {"2"});
    return body_scenarios(one.path, under_lease(stage, *stage.link, one).body,
                          under_lease(stage, *stage.link, two).body, change);
}

}  // namespace valv::client::test

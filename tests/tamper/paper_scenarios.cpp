// A case's papers: headers and bodies.
#include <algorithm>
#include <utility>

#include "client/lib/paper_keys.h"
#include "crypto/sealed/age/detached.h"
#include "tests/tamper/octet_scenarios.h"
#include "tests/tamper/scenario.h"

namespace valv::client::test {
namespace {

using protocol::DocumentHeader;
using protocol::RouteName;

constexpr std::size_t kNonceBytes = 16;
constexpr std::size_t kChunkBytes = 65'536 + 16;

Call paper_call(Stage& stage, RouteName route, const casework::Document& row) {
    return call_to(route, {stage.vault_text(), stage.case_id.text(), row.id.text()});
}

// A header that opens to a key of the server's own, for an identity of the server's own.
Bytes invented_header(Stage& stage) {
    const auto identity = sealed::X25519Identity::random(stage.world.random);
    return sealed::DetachedHeader::wrap(sealed::FileKey::random(stage.world.random),
                                        {&identity.recipient()}, stage.world.random)
        .octets();
}

// By who has the case's keys of epoch 1.
Bytes removed_members_header(Stage& stage) {
    Case opened = stage.founder->open(stage.case_id);
    const auto identity = opened.keyring().case_keys(1).case_identity();
    return sealed::DetachedHeader::wrap(sealed::FileKey::random(stage.world.random),
                                        {&identity.recipient()}, stage.world.random)
        .octets();
}

std::vector<Scenario> header_scenarios(Stage& stage, Change change) {
    const std::string path = paper_call(stage, RouteName::kGetDocumentHeader, stage.first).path;
    if (const auto octets = octet_change(change)) {
        return {{.cheat = at(path, [octets](Response& response) { octets(response.body); })}};
    }
    const auto other = [&](const Bytes& header) {
        return std::vector<Scenario>{{.cheat = body_at(path, header)}};
    };
    switch (change) {
        case Change::kSwap:
            return other(
                stage.fetch(paper_call(stage, RouteName::kGetDocumentHeader, stage.second)).body);
        case Change::kDrop:
            return {{.cheat = absent_at(path)}};
        case Change::kReplay:
            return other(stage.loot.old_header);
        case Change::kInvent:
            return other(invented_header(stage));
        case Change::kRemoved:
            return other(removed_members_header(stage));
        case Change::kDelay:
            return {{.cheat = silent_at(path)}};
        case Change::kFlip:
        case Change::kTruncate:
        case Change::kExtend:
        case Change::kReorder:
        case Change::kDuplicate:
        case Change::kFork:
            break;
    }
    return {};
}

Bytes& header_of(std::vector<DocumentHeader>& rows, const casework::Document& document) {
    return std::ranges::find(rows, document.id, &DocumentHeader::document)->header;
}

// Nothing for a change that the list does not have.
std::function<void(std::vector<DocumentHeader>&)> row_change(Stage& stage, Change change) {
    using Rows = std::vector<DocumentHeader>;
    const auto first = stage.first;
    const auto replace = [first](const Bytes& header) {
        return [first, header](Rows& rows) { header_of(rows, first) = header; };
    };
    switch (change) {
        case Change::kFlip:
            return [first](Rows& rows) { flip_middle(header_of(rows, first)); };
        case Change::kSwap:
            return [](Rows& rows) { std::swap(rows.at(0).header, rows.at(1).header); };
        case Change::kDrop:
            return [](Rows& rows) { rows.pop_back(); };
        case Change::kReorder:
            return [](Rows& rows) { std::ranges::reverse(rows); };
        case Change::kDuplicate:
            return [](Rows& rows) { rows.push_back(rows.front()); };
        case Change::kReplay:
            return replace(stage.loot.old_header);
        case Change::kInvent:
            return replace(invented_header(stage));
        case Change::kRemoved:
            return replace(removed_members_header(stage));
        case Change::kTruncate:
        case Change::kExtend:
        case Change::kFork:
        case Change::kDelay:
            break;
    }
    return {};
}

std::vector<Scenario> header_list_scenarios(Stage& stage, Change change) {
    const std::string path =
        call_to(RouteName::kListHeaders, {stage.vault_text(), stage.case_id.text()}).path;
    if (const auto rows = row_change(stage, change)) {
        return {
            {.cheat = at(
                 path, in_json([](std::string_view json) { return protocol::decode_headers(json); },
                               [](const std::vector<DocumentHeader>& headers) {
                                   return protocol::encode_headers(headers);
                               },
                               rows))}};
    }
    if (change == Change::kDelay) {
        return {{.cheat = silent_at(path)}};
    }
    return {{.cheat = at(path, broken_json(change))}};
}

void swap_chunks(Bytes& body) {
    const auto chunk = [&](std::size_t index) {
        return body.begin() + static_cast<std::ptrdiff_t>(kNonceBytes + index * kChunkBytes);
    };
    std::swap_ranges(chunk(0), chunk(1), chunk(1));
}

Bytes with_chunk_twice(const Bytes& body) {
    Bytes longer(body.begin(), body.begin() + kNonceBytes + kChunkBytes);
    append(longer, ByteView(body).subspan(kNonceBytes));
    return longer;
}

}  // namespace

std::vector<Scenario> body_scenarios(const std::string& path, const Bytes& genuine,
                                     const Bytes& other, Change change) {
    if (const auto octets = octet_change(change)) {
        return {{.cheat = at(path, [octets](Response& response) { octets(response.body); })}};
    }
    switch (change) {
        case Change::kSwap:
            return {{.cheat = body_at(path, other)}};
        case Change::kDrop:
            return {{.cheat = absent_at(path)}};
        case Change::kReorder:
            return {{.cheat = at(path, [](Response& response) { swap_chunks(response.body); })}};
        case Change::kDuplicate:
            return {{.cheat = body_at(path, with_chunk_twice(genuine))}};
        case Change::kInvent:
            return {{.cheat = body_at(path, some_octets(genuine.size(), "invented"))}};
        case Change::kDelay:
            return {{.cheat = silent_at(path)}};
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

std::vector<Scenario> paper_scenarios(Stage& stage, Object object, Change change) {
    if (object == Object::kHeader) {
        return header_scenarios(stage, change);
    }
    if (object == Object::kHeaderList) {
        return header_list_scenarios(stage, change);
    }
    const Call first = paper_call(stage, RouteName::kGetDocumentBody, stage.first);
    const Call second = paper_call(stage, RouteName::kGetDocumentBody, stage.second);
    return body_scenarios(first.path, stage.fetch(first).body, stage.fetch(second).body, change);
}

}  // namespace valv::client::test

#pragma once

#include <array>
#include <span>
#include <string_view>

// What a client does when the server cheats: the one table that makes the tests (cells_test.cpp)
// and the page (docs/threats.md, written by valv_tamper_page).
namespace valv::client::test {

// Everything that a client reads from the server.
enum class Object {
    kDirectoryHead,
    kDirectoryNote,
    kNames,
    kCaseList,
    kCaseHeads,
    kKeyringNote,
    kKeyring,
    kRecordNote,
    kRecord,
    kHeader,
    kHeaderList,
    kBody,
    kLinkList,
    kLinkState,
    kPolicyNote,
    kOpens,
    kCheckpoint,
    kTile,
    kSubmissions,
    kApproval,
    kChallenge,
    kLease,
    kPackage,
    kPart,
    kLinkHeader,
    kLinkBody
};

enum class Change {
    kFlip,       // a bit of it
    kTruncate,   // its end is missing
    kExtend,     // octets after its end
    kSwap,       // a genuine one of the same kind: of another case, paper, link, vault
    kDrop,       // absent; of a list: a row
    kReorder,    // two of them, or two rows, exchanged
    kDuplicate,  // once more in the place of the next, or as another row
    kReplay,     // an older one
    kFork,       // a genuine one that another client was not shown
    kInvent,     // made by the server with a key of its own
    kRemoved,    // made by a removed member with the keys that it had
    kDelay       // the newest is withheld, or no answer comes
};
inline constexpr std::size_t kChangeCount = 12;

enum class Outcome {
    kNone,      // there is no such thing
    kNoticed,   // Tampered of that name, exit 3, nothing kept
    kLater,     // the same, under the condition of the note
    kNoEffect,  // reads as from an honest server
    kSetAside,  // not taken over and no error: the note says how it shows
    kRefused,   // an ordinary error of that code, exit 1 or 4; nothing kept
    kUnseen     // cannot be noticed: the note says why
};

struct Cell {
    Outcome outcome = Outcome::kNone;
    std::string_view name;  // of client/lib/errors.h, or an ErrorCode's
    int note = 0;           // of notes(), from 1; 0: none
};

struct Row {
    Object object;
    std::string_view words;
    std::array<Cell, kChangeCount> cells;
};

[[nodiscard]] std::span<const Row> rows() noexcept;
[[nodiscard]] std::span<const std::string_view> notes() noexcept;
// `flip`, …: for the page and the names of tests.
[[nodiscard]] std::string_view to_string(Change change) noexcept;
[[nodiscard]] const Cell& cell(const Row& row, Change change) noexcept;

}  // namespace valv::client::test

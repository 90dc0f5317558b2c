#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/base/bytes.h"
#include "tests/crash/record.h"

namespace valv::crash {

using Node =
    int;  // a file or folder of the timeline, numbered in order of appearance; 0 is the root folder

// A change that reaches the disk whole or not at all.
struct Unit {
    enum class Kind { kWrite, kTruncate, kNames };
    struct Name {
        Node folder = 0;
        std::string name;
        std::optional<Node> node;  // nothing: the name goes
    };
    Kind kind = Kind::kWrite;
    Node owner = 0;              // whose fsync makes it durable
    std::uint64_t position = 0;  // kWrite: offset; kTruncate: new size
    Bytes data;                  // kWrite: at most one page
    std::vector<Name> names;     // kNames
};

// What happened, in order.
struct Event {
    enum class Kind { kUnit, kSync, kAck };
    Kind kind = Kind::kUnit;
    std::size_t unit = 0;  // kUnit
    Node node = 0;         // kSync
    std::string ack;       // kAck
};

// Files and folders at one moment. Copies share what they do not change.
class Image {
public:
    void apply(const Unit& unit);
    void add_folder(Node node) { folders_[node]; }
    // Writes the tree below `folder`, which is there and empty.
    void materialise(const std::filesystem::path& folder) const { write_folder(0, folder); }
    // Reads what stands below `folder` into nodes from `next`; gives the first free node back.
    [[nodiscard]] Node load(const std::filesystem::path& folder, Node into, Node next);
    [[nodiscard]] std::optional<Node> find(Node folder, const std::string& name) const;
    [[nodiscard]] bool is_folder(Node node) const { return folders_.contains(node); }

private:
    void write_folder(Node node, const std::filesystem::path& folder) const;
    std::map<Node, std::map<std::string, Node>> folders_{{0, {}}};
    std::map<Node, std::shared_ptr<const Bytes>> files_;
};

struct Call {
    Header header;
    std::string path;
    std::string other_path;
    Bytes data;
};

// The calls of a record, in order.
[[nodiscard]] std::vector<Call> read_record(const std::filesystem::path& record);

// A recorded run as units, syncs and acks.
class Timeline {
public:
    // `root` is the recorded folder; `initial` is what stood in it before, durable, or an empty
    // image. Throws kMalformed when the record has a call that there is no model of.
    Timeline(const std::filesystem::path& record, std::string root, Image initial = {},
             Node next_node = 1);

    [[nodiscard]] const std::vector<Unit>& units() const { return units_; }
    [[nodiscard]] const std::vector<Event>& events() const { return events_; }
    [[nodiscard]] const Image& initial() const { return initial_; }

private:
    void take(const Call& call);
    void write(const Call& call);
    void add(Unit unit);
    void name(const std::string& path, std::optional<Node> node);
    [[nodiscard]] Node node_of(const Call& call);
    [[nodiscard]] std::pair<Node, std::string> folder_and_name(const std::string& path) const;
    [[nodiscard]] std::optional<Node> find(const std::string& path) const;

    std::string root_;
    Image initial_;
    Image live_;  // with everything applied: resolves paths
    Node next_node_ = 1;
    std::map<std::uint64_t, Node> node_of_inode_;
    std::vector<Unit> units_;
    std::vector<Event> events_;
};

}  // namespace valv::crash

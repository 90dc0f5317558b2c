#include "tests/crash/timeline.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "common/base/error.h"

namespace valv::crash {
namespace {

constexpr std::uint64_t kPageBytes = 4096;  // a page reaches the disk whole or not at all

Bytes read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string take_text(ByteView& octets, std::size_t size) {
    const ByteView head = octets.first(size);
    octets = octets.subspan(size);
    return std::string(as_text(head));
}

}  // namespace

void Image::apply(const Unit& unit) {
    if (unit.kind == Unit::Kind::kNames) {
        for (const Unit::Name& change : unit.names) {
            auto& names = folders_[change.folder];
            if (change.node) {
                names[change.name] = *change.node;
            } else {
                names.erase(change.name);
            }
        }
        return;
    }
    const auto old = files_.find(unit.owner);
    Bytes octets = old == files_.end() ? Bytes{} : *old->second;
    if (unit.kind == Unit::Kind::kTruncate) {
        octets.resize(unit.position);
    } else {
        octets.resize(std::max<std::size_t>(octets.size(), unit.position + unit.data.size()));
        std::ranges::copy(unit.data, octets.begin() + static_cast<std::ptrdiff_t>(unit.position));
    }
    files_[unit.owner] = std::make_shared<const Bytes>(std::move(octets));
}

Node Image::load(const std::filesystem::path& folder, Node into, Node next) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const Node node = next++;
        folders_[into][entry.path().filename().string()] = node;
        if (entry.is_directory()) {
            folders_[node];
            next = load(entry.path(), node, next);
        } else {
            files_[node] = std::make_shared<const Bytes>(read_file(entry.path()));
        }
    }
    return next;
}

std::optional<Node> Image::find(Node folder, const std::string& name) const {
    const auto names = folders_.find(folder);
    if (names == folders_.end()) {
        return std::nullopt;
    }
    const auto found = names->second.find(name);
    return found == names->second.end() ? std::nullopt : std::optional(found->second);
}

void Image::write_folder(Node node, const std::filesystem::path& folder) const {
    const auto names = folders_.find(node);
    if (names == folders_.end()) {
        return;
    }
    for (const auto& [name, child] : names->second) {
        if (is_folder(child)) {
            std::filesystem::create_directory(folder / name);
            write_folder(child, folder / name);
            continue;
        }
        std::ofstream out(folder / name, std::ios::binary);
        if (const auto file = files_.find(child); file != files_.end()) {
            out << as_text(*file->second);
        }
    }
}

std::vector<Call> read_record(const std::filesystem::path& record) {
    std::vector<Call> calls;
    const Bytes octets = read_file(record);
    ByteView rest = octets;
    while (rest.size() >= sizeof(Header)) {
        Call call;
        std::ranges::copy(rest.first(sizeof(Header)),
                          reinterpret_cast<std::uint8_t*>(&call.header));
        rest = rest.subspan(sizeof(Header));
        call.path = take_text(rest, call.header.path_size);
        call.other_path = take_text(rest, call.header.other_path_size);
        call.data = to_bytes(rest.first(call.header.data_size));
        rest = rest.subspan(call.header.data_size);
        calls.push_back(std::move(call));
    }
    return calls;
}

Timeline::Timeline(const std::filesystem::path& record, std::string root, Image initial,
                   Node next_node)
    : root_(std::move(root)), initial_(std::move(initial)), live_(initial_), next_node_(next_node) {
    for (const Call& call : read_record(record)) {
        take(call);
    }
}

void Timeline::take(const Call& call) {
    switch (call.header.op) {
        case Op::kCreate:
            node_of_inode_[call.header.inode] = next_node_++;
            return call.path.empty() ? void() : name(call.path, next_node_ - 1);
        case Op::kWrite:
            return write(call);
        case Op::kTruncate:
            return add({.kind = Unit::Kind::kTruncate,
                        .owner = node_of(call),
                        .position = call.header.position});
        case Op::kSync:
            events_.push_back({.kind = Event::Kind::kSync, .node = node_of(call)});
            return;
        case Op::kMakeFolder:
            initial_.add_folder(next_node_);  // unreachable until its name is applied
            live_.add_folder(next_node_);
            return name(call.path, next_node_++);
        case Op::kRemove:
            return name(call.path, std::nullopt);
        case Op::kRename: {
            const auto [folder, old_name] = folder_and_name(call.path);
            const auto [new_folder, new_name] = folder_and_name(call.other_path);
            return add({.kind = Unit::Kind::kNames,
                        .owner = new_folder,
                        .names = {{folder, old_name, std::nullopt},
                                  {new_folder, new_name, find(call.path)}}});
        }
        case Op::kLink:
            return name(call.other_path, node_of_inode_.at(call.header.inode));
        case Op::kAck:
            events_.push_back({.kind = Event::Kind::kAck, .ack = std::string(as_text(call.data))});
            return;
        case Op::kUnknown:
            break;
    }
    throw Error(ErrorCode::kMalformed, "record: no model of " + std::string(as_text(call.data)));
}

void Timeline::write(const Call& call) {
    const Node node = node_of(call);
    std::uint64_t position = call.header.position;
    for (ByteView rest = call.data; !rest.empty();) {
        const auto size = std::min<std::size_t>(rest.size(), kPageBytes - position % kPageBytes);
        add({.kind = Unit::Kind::kWrite,
             .owner = node,
             .position = position,
             .data = to_bytes(rest.first(size))});
        rest = rest.subspan(size);
        position += size;
    }
}

void Timeline::add(Unit unit) {
    live_.apply(unit);
    events_.push_back({.kind = Event::Kind::kUnit, .unit = units_.size()});
    units_.push_back(std::move(unit));
}

void Timeline::name(const std::string& path, std::optional<Node> node) {
    const auto [folder, last] = folder_and_name(path);
    add({.kind = Unit::Kind::kNames, .owner = folder, .names = {{folder, last, node}}});
}

Node Timeline::node_of(const Call& call) {
    if (const auto found = find(call.path); found && live_.is_folder(*found)) {
        return *found;
    }
    if (const auto known = node_of_inode_.find(call.header.inode); known != node_of_inode_.end()) {
        return known->second;
    }
    const auto found = find(call.path);  // stood there before the record began
    VALV_CHECK(found.has_value());
    node_of_inode_[call.header.inode] = *found;
    return *found;
}

std::pair<Node, std::string> Timeline::folder_and_name(const std::string& path) const {
    const auto slash = path.rfind('/');
    const auto folder = find(path.substr(0, slash));
    VALV_CHECK(folder.has_value());
    return {*folder, path.substr(slash + 1)};
}

std::optional<Node> Timeline::find(const std::string& path) const {
    Node node = 0;
    for (std::size_t at = root_.size(); at < path.size();) {
        const std::size_t end = std::min(path.find('/', at + 1), path.size());
        const auto child = live_.find(node, path.substr(at + 1, end - at - 1));
        if (!child) {
            return std::nullopt;
        }
        node = *child;
        at = end;
    }
    return node;
}

}  // namespace valv::crash

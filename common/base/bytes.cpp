#include "common/base/bytes.h"

#include <algorithm>

#include "common/base/error.h"

namespace valv {

ByteView as_bytes(std::string_view text) noexcept {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string_view as_text(ByteView octets) noexcept {
    return {reinterpret_cast<const char*>(octets.data()), octets.size()};
}

Bytes to_bytes(ByteView octets) {
    return {octets.begin(), octets.end()};
}

Bytes concat(std::initializer_list<ByteView> parts) {
    Bytes all;
    for (const ByteView part : parts) {
        append(all, part);
    }
    return all;
}

void append(Bytes& target, ByteView octets) {
    target.insert(target.end(), octets.begin(), octets.end());
}

namespace {

template <typename Integer>
Bytes big_endian(Integer value) {
    Bytes octets(sizeof(Integer));
    for (std::size_t index = octets.size(); index-- > 0;) {
        octets[index] = static_cast<std::uint8_t>(value & 0xffU);
        value = static_cast<Integer>(value >> 8U);
    }
    return octets;
}

template <typename Integer>
Integer from_big_endian(ByteView octets) {
    if (octets.size() != sizeof(Integer)) {
        throw Error(ErrorCode::kMalformed, "bytes: wrong length of a big-endian integer");
    }
    Integer value = 0;
    for (const std::uint8_t octet : octets) {
        value = static_cast<Integer>(value << 8U) | octet;
    }
    return value;
}

}  // namespace

Bytes be32(std::uint32_t value) {
    return big_endian(value);
}
Bytes be64(std::uint64_t value) {
    return big_endian(value);
}
std::uint32_t from_be32(ByteView octets) {
    return from_big_endian<std::uint32_t>(octets);
}
std::uint64_t from_be64(ByteView octets) {
    return from_big_endian<std::uint64_t>(octets);
}

bool equal(ByteView left, ByteView right) noexcept {
    return std::ranges::equal(left, right);
}

}  // namespace valv

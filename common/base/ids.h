#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <ostream>
#include <string>
#include <string_view>

#include "common/base/bytes.h"
#include "common/base/random.h"

namespace valv {

constexpr std::size_t kIdBytes = 16;
constexpr std::size_t kIdCharacters = 26;  // base32 lower case, no padding

namespace detail {
[[nodiscard]] std::array<std::uint8_t, kIdBytes> id_from_text(std::string_view text);
[[nodiscard]] std::array<std::uint8_t, kIdBytes> id_from_bytes(ByteView octets);
}  // namespace detail

// A 16-octet id of one kind. Different tags do not convert into each other.
template <typename Tag>
class StrongId {
public:
    constexpr StrongId() = default;  // all zero: never drawn, so it marks "none" in maps only

    [[nodiscard]] static StrongId random(RandomSource& random) {
        StrongId id;
        random.fill(id.octets_);
        return id;
    }
    // Throws kMalformed unless the text is 26 characters of canonical lower-case base32.
    [[nodiscard]] static StrongId parse(std::string_view text) {
        StrongId id;
        id.octets_ = detail::id_from_text(text);
        return id;
    }
    // Throws kMalformed unless there are 16 octets.
    [[nodiscard]] static StrongId from_bytes(ByteView octets) {
        StrongId id;
        id.octets_ = detail::id_from_bytes(octets);
        return id;
    }

    [[nodiscard]] ByteView bytes() const noexcept { return octets_; }
    [[nodiscard]] std::string text() const;

    friend constexpr auto operator<=>(const StrongId&, const StrongId&) = default;

private:
    std::array<std::uint8_t, kIdBytes> octets_{};
};

namespace detail {
[[nodiscard]] std::string id_to_text(ByteView octets);
}

template <typename Tag>
std::string StrongId<Tag>::text() const {
    return detail::id_to_text(octets_);
}

template <typename Tag>
std::ostream& operator<<(std::ostream& out, const StrongId<Tag>& id) {
    return out << id.text();
}

using VaultId = StrongId<struct VaultIdTag>;
using CaseId = StrongId<struct CaseIdTag>;
using DocumentId = StrongId<struct DocumentIdTag>;
using LinkId = StrongId<struct LinkIdTag>;
using DeviceId = StrongId<struct DeviceIdTag>;
using PersonId = StrongId<struct PersonIdTag>;  // a member of staff, not a traveller
using UploadId = StrongId<struct UploadIdTag>;
using InvitationId = StrongId<struct InvitationIdTag>;
using BlobId = StrongId<struct BlobIdTag>;
using ReplyId = StrongId<struct ReplyIdTag>;
using RequestKey = StrongId<struct RequestKeyTag>;  // an idempotency key
using ErasureKeyId = StrongId<struct ErasureKeyIdTag>;

}  // namespace valv

template <typename Tag>
struct std::hash<valv::StrongId<Tag>> {
    std::size_t operator()(const valv::StrongId<Tag>& id) const noexcept {
        std::size_t value = 0;  // ids are uniform: their first octets are a hash already
        for (std::size_t index = 0; index < sizeof(value); ++index) {
            value = (value << 8U) | id.bytes()[index];
        }
        return value;
    }
};

#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "common/base/bytes.h"
#include "crypto/sealed/age/error.h"
#include "crypto/sealed/age/identity.h"

// The age test kit (C2SP/CCTV, npm cctv-age 0.2.0), unpacked by tests/vectors/unpack_cctv.mjs.
namespace valv::sealed::kit {

constexpr std::size_t kVectors = 143;
constexpr std::size_t kHybridVectors = 19;  // 18 `hybrid*` and `armor_hybrid`
constexpr std::size_t kClassicVectors = kVectors - kHybridVectors;

struct Vector {
    std::string name;
    std::multimap<std::string, std::string> fields;
    Bytes file;

    [[nodiscard]] std::string field(const std::string& key) const;  // empty when absent
    [[nodiscard]] bool needs_hybrid() const;
    [[nodiscard]] bool is_armored() const { return fields.contains("armored"); }
    // SHA-256 in hex of all that a reader from front to back releases.
    [[nodiscard]] std::string payload() const;
};

// Of $VALV_CCTV_DIR, by name. Throws std::runtime_error when it is not there.
[[nodiscard]] std::vector<Vector> read_all();

struct OwnedIdentities {
    std::vector<std::unique_ptr<AgeIdentity>> owners;
    AgeIdentities views;
};
[[nodiscard]] OwnedIdentities identities_of(const Vector& vector);

// As the kit writes it in `expect`.
[[nodiscard]] std::string kit_name(AgeFailure failure);

// What a reader makes of a file: its class of failure, and what it released.
struct Outcome {
    std::string expect;
    Bytes released;
};

// The three readers. By pieces of `step` octets; on two threads; at any place.
[[nodiscard]] Outcome read_streaming(const Vector& vector, std::size_t step);
[[nodiscard]] Outcome read_parallel(const Vector& vector);
[[nodiscard]] Outcome read_randomly(const Vector& vector);
// All or nothing.
[[nodiscard]] Outcome read_whole(const Vector& vector);

// The octets inside the armor, or the file as it is. Throws AgeFailure::kArmor.
[[nodiscard]] Bytes without_armor(const Vector& vector);

}  // namespace valv::sealed::kit

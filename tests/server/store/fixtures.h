#pragma once

#include <filesystem>
#include <initializer_list>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include "common/base/random.h"
#include "server/store/memory/memory_blobs.h"
#include "server/store/memory/memory_store.h"
#include "server/store/rerun_store.h"
#include "server/store/sqlite/sqlite_store.h"

// What the tests of the stores share: seeded randomness, a clock that stands, rows that are filled,
// stores by name.
namespace valv::store::testing {

// splitmix64: the same octets on every run.
class SeededRandom final : public RandomSource {
public:
    explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
    void fill(std::span<std::uint8_t> out) override;
    [[nodiscard]] std::uint64_t next();

private:
    std::uint64_t state_;
};

class StandingClock final : public Clock {
public:
    explicit StandingClock(Instant now) : now_(now) {}
    [[nodiscard]] Instant now() override { return now_; }
    [[nodiscard]] std::chrono::milliseconds monotonic() override {
        return std::chrono::milliseconds(0);
    }
    void sleep_for(std::chrono::milliseconds /*duration*/) override {}
    void set(Instant now) { now_ = now; }

private:
    Instant now_;
};

constexpr Instant kNow{std::chrono::sys_days(std::chrono::year(2026) / 3 / 31) +
                       std::chrono::hours(10)};

// The id, hash or octets that a name stands for: the same name, the same value.
template <typename Id>
[[nodiscard]] Id id_of(std::string_view name) {
    return Id::from_bytes(ByteView(crypto::sha256(as_bytes(name))).first(kIdBytes));
}
[[nodiscard]] Hash hash_of(std::string_view name);
[[nodiscard]] Bytes octets_of(std::string_view name);
[[nodiscard]] Masked masked(std::string_view name);

[[nodiscard]] DeviceRow a_device(const VaultId& vault, std::string_view name);
[[nodiscard]] LogEntry an_entry(std::string_view event);
// Number n of a chain, made after `previous`.
[[nodiscard]] NoteRow a_note(std::uint32_t number, std::string_view name);
[[nodiscard]] LinkRow a_link(std::string_view name);
[[nodiscard]] LinkPublication a_publication(const LinkRow& link);
[[nodiscard]] OpenAttempt an_attempt(const LinkRow& link, std::string_view challenge,
                                     std::string_view holder);

// A folder of its own that goes with it; in memory where the system has such, because no test of
// these loses power.
class TemporaryFolder {
public:
    TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder();
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

enum class StoreKind { kMemory, kSqlite, kRerunMemory, kRerunSqlite };
[[nodiscard]] std::string name_of(StoreKind kind);
inline void PrintTo(StoreKind kind, std::ostream* out) {
    *out << name_of(kind);
}

// A store of a kind with all that it stands on.
class StoreUnderTest {
public:
    explicit StoreUnderTest(StoreKind kind);
    [[nodiscard]] Store& store() { return *outer_; }

private:
    std::optional<TemporaryFolder> folder_;
    std::unique_ptr<Store> inner_;
    std::unique_ptr<Store> rerun_;
    Store* outer_ = nullptr;
};

}  // namespace valv::store::testing

#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "server/store/store.h"

namespace valv::store {

struct SqliteOptions {
    // WAL pages after which the writer copies the WAL into the database.
    int checkpoint_pages = 1000;
    // Frees space when the disk is full (DataFolder::free_reserve), so that small writes such as a
    // revoke still work.
    std::function<void()> free_reserve{};
};

// Store over one SQLite file: WAL, synchronous=FULL, one writer thread with group commit, one read
// connection for each thread that reads at the same time. Migrates when it opens. The caller holds
// the data folder's lock for as long.
class SqliteStore final : public Store {
public:
    explicit SqliteStore(const std::filesystem::path& database, const SqliteOptions& options = {});
    ~SqliteStore() override;
    SqliteStore(const SqliteStore&) = delete;
    SqliteStore& operator=(const SqliteStore&) = delete;

    [[nodiscard]] bool is_writable() override;
    [[nodiscard]] bool purge_removed() override;
    [[nodiscard]] std::vector<std::string> integrity_faults() override;

protected:
    void run(TxKind kind, const std::function<void(Tx&)>& fn) override;

private:
    struct Parts;
    void read(const std::function<void(Tx&)>& fn);
    std::unique_ptr<Parts> parts_;
};

}  // namespace valv::store

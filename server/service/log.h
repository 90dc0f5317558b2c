#pragma once

#include <string>
#include <string_view>

#include "server/service/access.h"
#include "server/service/environment.h"

namespace valv::service {

// The log's checkpoint and tiles (docs/formats.md section 9). Callable from any thread.
class Log {
public:
    explicit Log(Environment& environment) : environment_(environment) {}

    // Of what is committed; the signed text stands in the store before it is published, so no size
    // ever has two roots.
    [[nodiscard]] std::string checkpoint(const VaultId& vault, const TlsKey& caller);
    // `path` = `LEVEL/TILE`, as tlog-tiles writes it behind `tile/`. kNotFound for a tile that the
    // tree does not have.
    [[nodiscard]] Bytes tile(const VaultId& vault, std::string_view path, const TlsKey& caller);

private:
    Environment& environment_;
};

}  // namespace valv::service

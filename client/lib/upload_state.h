#pragma once

#include <string>
#include <string_view>

#include "client/lib/transport.h"
#include "client/lib/upload.h"

namespace valv::client {

// The plaintext of state.age; ours alone. No key is in it: the file key is in `header`, for the
// case.
[[nodiscard]] std::string encode_upload_state(const UploadState& state);
[[nodiscard]] UploadState decode_upload_state(std::string_view json);

// The Upload-Offset of a reply; kTampered protocol_violation when there is none up to `size`.
[[nodiscard]] std::uint64_t upload_offset_of(const Response& response, std::uint64_t size);

}  // namespace valv::client

#pragma once

// Bodies for the stream target. An input that were the body itself would never get past a tag, so
// it is a list of edits to a true one.

#include "common/base/bytes.h"
#include "crypto/sealed/file_key.h"

namespace valv::fuzz {

// The file key of every body here.
[[nodiscard]] const sealed::FileKey& body_file_key();
// What every body opens to a front of. No two of its chunks are alike.
[[nodiscard]] const Bytes& body_plaintext();

// The first octet chooses the length of a true body. Each 4 octets are then an edit: what, the
// chunk, a signed distance from that chunk's start, and a value. What can be done is what one
// without the key can do (change, cut, insert, erase, repeat or drop chunks), and one thing that
// takes the key: seal a chunk at the end under any index, as an inner one or as the last.
[[nodiscard]] Bytes edited_body(ByteView input);

}  // namespace valv::fuzz

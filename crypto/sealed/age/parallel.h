#pragma once

#include <cstdint>

#include "common/base/random.h"
#include "crypto/sealed/age/positioned.h"
#include "crypto/sealed/file_key.h"

// Whole bodies from file to file on several threads. Memory: about 1 MiB a thread at any size. Each
// thread has its own cipher context; batches of 8 chunks (512 KiB) are handed out in order.
namespace valv::sealed {

// `threads` includes the caller's own and is at least 1 (checked); 1 starts none. The nonce is
// drawn from `random` before any starts. Throws what the files throw; then `body` holds nothing of
// use.
void seal_body_parallel(const PositionedReader& plaintext, const FileKey& file_key,
                        RandomSource& random, PositionedWriter& body, unsigned threads);

// Only octets that were authenticated are written, but in any order, and the end of the body may be
// found false after they were: throw `plaintext` away when this throws. Throws
// AgeFailure::kPayload; kHeader when the nonce is cut.
void open_body_parallel(const PositionedReader& body, const FileKey& file_key,
                        PositionedWriter& plaintext, unsigned threads);

}  // namespace valv::sealed

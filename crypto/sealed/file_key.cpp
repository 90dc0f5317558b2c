#include "crypto/sealed/file_key.h"

namespace valv::sealed {

crypto::Hash file_key_hash(const FileKey& file_key) {
    return crypto::sha256({as_bytes("resvalv/v1/fk"), file_key.reveal()});
}

}  // namespace valv::sealed

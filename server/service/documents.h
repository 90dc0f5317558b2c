#pragma once

#include <memory>
#include <string>
#include <vector>

#include "common/protocol/messages.h"
#include "server/service/access.h"
#include "server/service/body_reader.h"
#include "server/service/environment.h"
#include "server/service/once.h"

namespace valv::service {

struct DocumentPath {
    VaultId vault;
    CaseId case_id;
    DocumentId document;
};

// One piece of an upload on its way to a blob. Dropped without commit, it leaves nothing. Not
// thread-safe.
class PieceSink {
public:
    virtual ~PieceSink() = default;
    virtual void append(ByteView octets) = 0;
    // Durable, and named by a row, when it returns the new offset.
    [[nodiscard]] virtual std::uint64_t commit() = 0;
};

// Documents: resumable uploads, headers, bodies. Callable from any thread.
class Documents {
public:
    explicit Documents(Environment& environment) : environment_(environment) {}

    [[nodiscard]] std::string create_upload(const DocumentPath& path,
                                            const protocol::CreateUpload& request,
                                            const TlsKey& caller, const Once& once);
    [[nodiscard]] std::uint64_t upload_offset(const DocumentPath& path, const UploadId& upload,
                                              const TlsKey& caller);
    // Checks the caller and the offset before a single octet is taken. Throws kConflict with the
    // offset that stands.
    [[nodiscard]] std::unique_ptr<PieceSink> begin_piece(const DocumentPath& path,
                                                         const UploadId& upload,
                                                         std::uint64_t offset, std::uint64_t length,
                                                         const TlsKey& caller);
    // Reads the whole body back and compares size and root before it becomes a document. The same
    // call again is fine.
    void finish_upload(const DocumentPath& path, const UploadId& upload,
                       const protocol::FinishUpload& request, const TlsKey& caller);
    [[nodiscard]] Bytes header(const DocumentPath& path, const TlsKey& caller);
    // Of every document of the case.
    [[nodiscard]] std::vector<protocol::DocumentHeader> headers(const VaultId& vault,
                                                                const CaseId& case_id,
                                                                const TlsKey& caller);
    // All or none. Throws kConflict with the newest epoch when that is another, kNotFound with the
    // path of a document that the case does not have.
    void replace_headers(const VaultId& vault, const CaseId& case_id,
                         const protocol::ReplaceHeaders& request, const TlsKey& caller);
    [[nodiscard]] std::unique_ptr<BodyReader> body(const DocumentPath& path, const TlsKey& caller);
    // The row first, then the blobs: a cut leaves orphans for the sweep.
    void remove(const DocumentPath& path, const TlsKey& caller);

private:
    Environment& environment_;
};

}  // namespace valv::service

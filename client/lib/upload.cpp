#include "client/lib/upload.h"

#include <algorithm>
#include <utility>

#include "client/lib/body_spool.h"
#include "client/lib/errors.h"
#include "client/lib/upload_state.h"
#include "common/protocol/wire_error.h"
#include "crypto/core/body_root.h"
#include "crypto/sealed/age/detached.h"
#include "crypto/sealed/age/file.h"
#include "crypto/sealed/age/stream.h"

namespace valv::client {
namespace {

using protocol::RouteName;

constexpr const char* kStateFile = "state.age";
constexpr const char* kBodyFile = "body";
constexpr std::size_t kMaxStateBytes = 256 * 1024;

std::filesystem::path uploads_folder(const Case& opened) {
    return opened.vault().profile().cache() / "uploads" / opened.id().text();
}

std::vector<std::filesystem::path> pending_folders(const Case& opened) {
    std::vector<std::filesystem::path> folders;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(uploads_folder(opened), none)) {
        if (std::filesystem::exists(entry.path() / kStateFile)) {
            folders.push_back(entry.path());
        } else {
            std::filesystem::remove_all(entry.path(), none);  // cut while sealing
        }
    }
    return folders;
}

std::optional<UploadState> read_state(const Profile& profile, const std::filesystem::path& folder) {
    const std::optional<Bytes> file = local::read_file_if(folder / kStateFile, kMaxStateBytes);
    if (!file) {
        return std::nullopt;
    }
    const crypto::SecretBytes plain = sealed::open(*file, {&profile.keys().identity});
    return decode_upload_state(as_text(plain.reveal()));
}

Bytes wrap_for_case(const Case& opened, const sealed::FileKey& key) {
    const sealed::X25519Identity identity = opened.keyring().newest_keys().case_identity();
    return sealed::DetachedHeader::wrap(key, {&identity.recipient()},
                                        opened.vault().environment().random)
        .octets();
}

}  // namespace

crypto::Hash hash_of(local::ReadableFile& file) {
    file.seek(0);
    crypto::Sha256 hash;
    for_each_piece(file, [&](ByteView octets) { hash.update(octets); });
    return hash.finish();
}

std::optional<Upload> Upload::find(Case& opened, const crypto::Hash& source) {
    for (const std::filesystem::path& folder : pending_folders(opened)) {
        std::optional<UploadState> state = read_state(opened.vault().profile(), folder);
        if (state && state->case_id == opened.id() && state->source == source) {
            return Upload(opened, folder, std::move(*state));
        }
    }
    return std::nullopt;
}

Upload Upload::start(Case& opened, local::ReadableFile& source, const crypto::Hash& source_hash) {
    RandomSource& random = opened.vault().environment().random;
    const auto key = sealed::FileKey::random(random);  // one for this content, never for another
    UploadState state{.case_id = opened.id(),
                      .document = DocumentId::random(random),
                      .epoch = opened.epoch(),
                      .source = source_hash,
                      .file_key_hash = sealed::file_key_hash(key),
                      .header = wrap_for_case(opened, key)};
    const std::filesystem::path folder = uploads_folder(opened) / state.document.text();
    local::make_private_folder(folder);
    crypto::BodyRoot root;
    {
        local::AppendFile body(folder / kBodyFile);
        sealed::BodySealer sealer(key, random, [&](ByteView octets) {
            root.push(octets);
            body.write(octets);
        });
        source.seek(0);
        for_each_piece(source, [&](ByteView octets) {
            state.plain_size += octets.size();
            sealer.push(octets);
        });
        sealer.finish();
        body.sync();
    }
    state.body_root = root.finish();
    Upload upload(opened, folder, std::move(state));
    upload.save();
    return upload;
}

void Upload::save() const {
    const Profile& profile = case_.vault().profile();
    const sealed::X25519Recipient& own = profile.keys().identity.recipient();
    local::replace_file(folder_ / kStateFile,
                        sealed::seal(as_bytes(encode_upload_state(state_)), {&own},
                                     case_.vault().environment().random));
}

void Upload::remove() {
    std::error_code none;
    std::filesystem::remove_all(folder_,
                                none);  // what stays is ciphertext, and the next add clears it away
}

// Who left the case since knows the key of the old epoch.
void Upload::renew_header() {
    if (state_.epoch == case_.epoch()) {
        return;
    }
    const sealed::X25519Identity identity = case_.keyring().case_keys(state_.epoch).case_identity();
    const std::optional<sealed::FileKey> key =
        sealed::DetachedHeader(state_.header).unwrap({&identity});
    if (!key) {
        throw Error(ErrorCode::kMalformed, "upload: the kept header does not open");
    }
    state_.header = wrap_for_case(case_, *key);
    state_.epoch = case_.epoch();
    save();
}

Call Upload::call(RouteName route) const {
    const std::string vault = case_.vault().id_text();
    const std::string document = state_.document.text();
    if (route == RouteName::kCreateUpload || route == RouteName::kGetDocumentHeader) {
        return call_to(route, {vault, case_.id().text(), document});
    }
    return call_to(route, {vault, case_.id().text(), document, state_.upload->text()});
}

// The reply to `finish` was lost: the paper is there already.
bool Upload::is_kept() const {
    const Response response = case_.vault().transport().call(call(RouteName::kGetDocumentHeader));
    return response.succeeded();
}

// The same key for the same document: when only the reply was lost, it comes again. A day later the
// server has forgotten the key and may still hold the upload; then the paper gets another id, which
// nothing is bound to yet.
Response Upload::create() {
    const std::uint64_t size = crypto::body_size(state_.plain_size);
    for (const bool is_last : {false, true}) {
        Call create = call(RouteName::kCreateUpload);
        create.json = protocol::encode(protocol::CreateUpload{.size = size});
        const crypto::Hash key = crypto::sha256({as_bytes("upload"), state_.document.bytes()});
        create.key = RequestKey::from_bytes(ByteView(key).first(kIdBytes));
        try {
            return ask(case_.vault().transport(), create);
        } catch (const Error& error) {
            if (error.code() != ErrorCode::kConflict || is_last) {
                throw;
            }
        }
        take_new_id();
    }
    throw Error(ErrorCode::kInternal, "upload: not reached");
}

void Upload::take_new_id() {
    state_.document = DocumentId::random(case_.vault().environment().random);
    const std::filesystem::path renamed = folder_.parent_path() / state_.document.text();
    std::filesystem::rename(folder_, renamed);
    folder_ = renamed;
    save();
}

std::uint64_t Upload::begin_or_resume() {
    const std::uint64_t size = crypto::body_size(state_.plain_size);
    if (state_.upload) {
        const Response response = case_.vault().transport().call(call(RouteName::kHeadUpload));
        if (response.succeeded()) {
            return upload_offset_of(response, size);
        }
        if (is_kept()) {
            return size;
        }
    }
    const auto created = about({.object = "upload", .case_id = case_.id()},
                               [&] { return protocol::decode_upload_created(create().text()); });
    state_.upload = created.upload;
    save();
    return 0;
}

// The offset that stands afterwards.
std::uint64_t Upload::send_piece(local::ReadableFile& body, std::uint64_t offset) {
    const std::uint64_t size = crypto::body_size(state_.plain_size);
    Bytes piece(
        static_cast<std::size_t>(std::min<std::uint64_t>(limits::kMaxPieceBytes, size - offset)));
    body.seek(offset);
    if (body.read(piece) != piece.size()) {
        throw Error(ErrorCode::kIo, "upload: the sealed body in the cache was cut short");
    }
    Call append = call(RouteName::kAppendUpload);
    append.octets = piece;
    append.upload_offset = offset;
    try {
        const Response response = ask(case_.vault().transport(), append);
        return upload_offset_of(response, size);
    } catch (const protocol::Refusal& refusal) {  // an earlier piece arrived and its reply did not
        if (refusal.code() != ErrorCode::kConflict || !refusal.details().head ||
            *refusal.details().head > size) {
            throw;
        }
        return *refusal.details().head;
    }
}

void Upload::finish() {
    Call call = this->call(RouteName::kFinishUpload);
    call.json =
        protocol::encode(protocol::FinishUpload{.size = crypto::body_size(state_.plain_size),
                                                .body_root = to_bytes(state_.body_root),
                                                .header = state_.header});
    ask(case_.vault().transport(), call);
    case_.vault().note_own_write({.at = {},
                                  .kind = "document",
                                  .key = "document",
                                  .value = state_.document.text(),
                                  .case_id = case_.id()});
}

void Upload::run(const Progress& progress) {
    renew_header();
    const std::uint64_t size = crypto::body_size(state_.plain_size);
    std::uint64_t offset = begin_or_resume();
    local::ReadableFile body(folder_ / kBodyFile);
    while (offset < size) {
        if (progress) {
            progress({.done = offset, .total = size});
        }
        offset = send_piece(body, offset);
    }
    if (!is_kept()) {
        finish();
    }
    if (progress) {
        progress({.done = size, .total = size});
    }
}

}  // namespace valv::client

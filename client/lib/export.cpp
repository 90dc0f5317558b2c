#include "client/lib/export.h"

#include "client/lib/documents.h"
#include "crypto/local/files.h"

namespace valv::client {
namespace {

// An age identity file with the identities of all epochs, the newest first.
crypto::SecretBytes identity_file(const Case& opened) {
    const sealed::Keyring& keyring = opened.keyring();
    crypto::SecretBuilder text;
    text.append("# resvalv case " + opened.id().text() + "\n");
    for (auto key = keyring.keys.rbegin(); key != keyring.keys.rend(); ++key) {
        text.append("# epoch " + std::to_string(key->epoch) + "\n");
        text.append(keyring.case_keys(key->epoch).case_identity().text().reveal());
        text.append("\n");
    }
    return text.take();
}

void require_empty(const std::filesystem::path& folder) {
    if (std::filesystem::exists(folder) && !std::filesystem::is_empty(folder)) {
        throw Error(ErrorCode::kConflict, "export: the folder is not empty");
    }
}

}  // namespace

std::uint32_t export_case(Case& opened, const std::filesystem::path& folder, const Progress& progress) {
    require_empty(folder);
    const RecordState state = opened.read_record();
    local::make_private_folder(folder / "documents");
    Documents documents(opened);
    for (const casework::Document& row : state.record.documents) {
        documents.get_sealed(row, folder / "documents" / (row.id.text() + ".age"),
                             local::Overwrite::kNo, progress);
    }
    local::create_file(folder / "case.txt", identity_file(opened).reveal());
    local::create_file(folder / "case.json", as_bytes(casework::encode_record(state.record)));
    return state.head.number;
}

}  // namespace valv::client

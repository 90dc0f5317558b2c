#include "client/lib/documents.h"

#include <algorithm>
#include <utility>

#include "client/lib/body_spool.h"
#include "client/lib/errors.h"
#include "client/lib/paper_keys.h"
#include "client/lib/upload.h"
#include "common/base/encoding.h"
#include "crypto/sealed/age/file.h"

namespace valv::client {
namespace {

using protocol::RouteName;

Subject document_subject(const Case& opened, const DocumentId& document) {
    return opened.subject("document " + document.text());
}

ExpectedBody expected_body(const Case& opened, const casework::Document& row) {
    const Subject subject = document_subject(opened, row.id);
    return about(subject, [&] {
        return ExpectedBody{.plain_size = static_cast<std::uint64_t>(row.size),
                            .root = crypto::hash_from(from_base64url(row.body_root)),
                            .subject = subject};
    });
}

// The verified body of a row, in the cache.
BodySpool fetch_body(const Case& opened, const casework::Document& row,
                     const ExpectedBody& expected, const Progress& progress) {
    Vault& vault = opened.vault();
    BodySpool spool(vault.profile().cache() / "downloads" / opened.id().text() / row.id.text());
    spool.download(
        vault.transport(),
        call_to(RouteName::kGetDocumentBody, {vault.id_text(), opened.id().text(), row.id.text()}),
        expected, progress);
    spool.verify(expected);
    return spool;
}

bool holds(const casework::Record& record, const DocumentId& document) {
    return std::ranges::find(record.documents, document, &casework::Document::id) !=
           record.documents.end();
}

}  // namespace

casework::Document Documents::add(const std::filesystem::path& source, casework::Document row,
                                  const Progress& progress) {
    local::ReadableFile file(source);
    case_.sync();
    const crypto::Hash hash = hash_of(file);
    std::optional<Upload> upload = Upload::find(case_, hash);
    if (!upload) {
        upload.emplace(Upload::start(case_, file, hash));
    }
    upload->run(progress);
    const UploadState& state = upload->state();
    Vault& vault = case_.vault();
    row.id = state.document;
    row.size = static_cast<std::int64_t>(state.plain_size);
    row.epoch = state.epoch;
    row.file_key_hash = to_base64url(state.file_key_hash);
    row.body_root = to_base64url(state.body_root);
    row.added_at = vault.environment().clock.now();
    if (row.added_by.empty()) {
        row.added_by = vault.names().name_of(vault.profile().facts().person);
    }
    case_.update_record([&](casework::Record record) {
        if (!holds(record, row.id)) {
            record.documents.push_back(row);
        }
        return record;
    });
    upload->remove();
    return row;
}

Bytes Documents::header(const casework::Document& row) {
    const Subject subject = document_subject(case_, row.id);
    Vault& vault = case_.vault();
    Call call =
        call_to(RouteName::kGetDocumentHeader, {vault.id_text(), case_.id().text(), row.id.text()});
    call.max_reply_bytes = limits::kMaxHeaderBytes;
    return must_be_there(subject, [&] { return ask(vault.transport(), call).body; });
}

sealed::FileKey Documents::file_key(const casework::Document& row) {
    return file_key_in(case_, row, header(row),
                       CaseIdentities(case_, static_cast<std::uint32_t>(row.epoch)));
}

void Documents::get(const casework::Document& row, const std::filesystem::path& target,
                    local::Overwrite overwrite, const Progress& progress) {
    local::OutputFile output(target, overwrite);
    const ExpectedBody expected = expected_body(case_, row);
    const sealed::FileKey key = file_key(row);
    BodySpool spool = fetch_body(case_, row, expected, progress);
    spool.open_into(output, key, expected);
    output.commit();
    spool.remove();
}

void Documents::get_sealed(const casework::Document& row, const std::filesystem::path& target,
                           local::Overwrite overwrite, const Progress& progress) {
    local::OutputFile output(target, overwrite);
    const ExpectedBody expected = expected_body(case_, row);
    (void)file_key(row);
    output.write(header(row));
    BodySpool spool = fetch_body(case_, row, expected, progress);
    spool.copy_into(output);
    output.commit();
    spool.remove();
}

void Documents::remove(const DocumentId& document) {
    case_.update_record([&](casework::Record record) {
        std::erase_if(record.documents,
                      [&](const casework::Document& row) { return row.id == document; });
        return record;
    });
    Vault& vault = case_.vault();
    ask(vault.transport(),
        call_to(RouteName::kRemoveDocument, {vault.id_text(), case_.id().text(), document.text()}));
    vault.remember_own_write({.at = {},
                              .kind = "document-removed",
                              .key = "document",
                              .value = document.text(),
                              .case_id = case_.id()});
}

casework::Document Documents::row(const DocumentId& document) {
    const RecordState state = case_.read_record();
    const auto found = std::ranges::find(state.record.documents, document, &casework::Document::id);
    if (found == state.record.documents.end()) {
        throw Error(ErrorCode::kNotFound, "document: no row of this id");
    }
    return *found;
}

}  // namespace valv::client

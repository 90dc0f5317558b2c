#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "client/casework/record.h"
#include "client/lib/cases.h"
#include "client/lib/progress.h"
#include "crypto/local/files.h"
#include "crypto/sealed/file_key.h"

// Papers of a case. Cut transfers go on where they stopped when the same call is made again.
namespace valv::client {

class Documents {
public:
    explicit Documents(Case& opened) : case_(opened) {}

    // Seals `source` into the cache, uploads it in pieces, writes the row. The caller fills what a
    // person knows of `row` (name, kind, media_type, about, …) and added_by; id, size, epoch,
    // hashes and added_at are filled here. The same source for the same case again goes on with an
    // upload that was cut.
    casework::Document add(const std::filesystem::path& source, casework::Document row,
                           const Progress& progress = {});

    // Downloads (or goes on), verifies against the row, opens, and only then gives the file its
    // name.
    void get(const casework::Document& row, const std::filesystem::path& target,
             local::Overwrite overwrite, const Progress& progress = {});
    // The paper as an age file under the case's keys: header ‖ body, verified like get.
    void get_sealed(const casework::Document& row, const std::filesystem::path& target,
                    local::Overwrite overwrite, const Progress& progress = {});

    // Row and object. Links that share it lose it.
    void remove(const DocumentId& document);

    // The row of the newest record; kNotFound.
    [[nodiscard]] casework::Document row(const DocumentId& document);
    // The key of a paper, checked against its row.
    [[nodiscard]] sealed::FileKey file_key(const casework::Document& row);
    [[nodiscard]] Bytes header(const casework::Document& row);

private:
    Case& case_;
};

}  // namespace valv::client

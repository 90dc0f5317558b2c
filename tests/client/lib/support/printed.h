#pragma once

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

#include "tests/common/temp_folder.h"

namespace valv::test {

// A folder with printed pages, and the programs that read them (poppler-utils, zbar-tools).
class Printed {
public:
    void put(std::string_view name, ByteView octets) const { write_file(folder_ / name, octets); }
    // A program of its own.
    void script(std::string_view name, std::string_view line) {
        put(name, as_bytes("#!/bin/sh\n" + std::string(line) + "\n"));
        std::filesystem::permissions(folder_ / name, std::filesystem::perms::owner_all);
    }
    [[nodiscard]] std::string path(std::string_view name) const {
        return (folder_ / name).string();
    }
    // What a shell's command says in the folder; its errors are dropped.
    [[nodiscard]] std::string run(const std::string& command) const {
        const std::string whole =
            "cd " + folder_.path().string() + " && (" + command + ") 2>/dev/null >said";
        if (std::system(whole.c_str()) < 0) {  // NOLINT(concurrency-mt-unsafe, cert-env33-c)
            throw std::runtime_error("printed: no shell");
        }
        return snapshot(folder_ / "said");
    }

private:
    TempFolder folder_;
};

}  // namespace valv::test

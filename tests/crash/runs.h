#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace valv::crash {

// Programs of this folder, started and waited for. Their paths come from the build
// (CMakeLists.txt).

using Environment = std::map<std::string, std::string>;

// The exit status; a signal counts as 128 + its number.
int run_program(const std::vector<std::string>& command, const Environment& environment = {});

struct RecordedRun {
    std::filesystem::path root;    // where the program worked
    std::filesystem::path record;  // what it did
};

// Runs the workload under the recorder. `drop_sync`: see record.h.
[[nodiscard]] RecordedRun record_workload(const std::filesystem::path& folder,
                                          const std::vector<std::string>& arguments,
                                          const std::string& drop_sync = "");

// Runs the workload, kills it (SIGKILL) once it has promised `acks` times, and gives all that it
// had promised by then.
[[nodiscard]] std::vector<std::string> kill_workload(const std::vector<std::string>& arguments,
                                                     std::size_t acks);

// Where the programs and the recorder are.
[[nodiscard]] std::string workload_path();
[[nodiscard]] std::string recorder_path();

}  // namespace valv::crash

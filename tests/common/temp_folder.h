#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "common/base/bytes.h"

namespace valv::test {

// A folder of its own for one test, gone afterwards.
class TempFolder {
public:
    TempFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "valv-test-XXXXXX").string();
        path_ = ::mkdtemp(name.data());
    }
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    ~TempFolder() {
        std::error_code none;
        std::filesystem::remove_all(path_, none);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::filesystem::path operator/(std::string_view name) const {
        return path_ / name;
    }

private:
    std::filesystem::path path_;
};

inline void write_file(const std::filesystem::path& path, ByteView octets) {
    std::ofstream file(path, std::ios::binary);
    file.write(as_text(octets).data(), static_cast<std::streamsize>(octets.size()));
}

inline Bytes read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    return to_bytes(as_bytes(text));
}

// Every file under a folder with its octets: what a failed command must leave as it was.
inline std::string snapshot(const std::filesystem::path& path) {
    return std::string(as_text(read_file(path)));
}

}  // namespace valv::test

#pragma once

#include <filesystem>
#include <optional>

#include "crypto/core/secret_bytes.h"
#include "server/store/files/data_folder.h"

// The files below `secrets/` of the data folder: keys of the server itself, 0600, durable before
// anything stands on them.
namespace valv::app {

inline constexpr std::string_view kCaKeyFile = "server-ca.key";
inline constexpr std::string_view kCaCertificateFile = "server-ca.crt";
inline constexpr std::string_view kStaffKeyFile = "staff.key";
inline constexpr std::string_view kStaffCertificateFile = "staff.crt";

// Writes beside, fsyncs, renames, fsyncs the folder: the name holds all of the old octets or all of
// the new ones.
void write_durably(const std::filesystem::path& path, ByteView octets);
// Nothing when absent. Throws kIo, and kForbidden when somebody else than the owner may read the
// file or owns it.
[[nodiscard]] std::optional<crypto::SecretBytes> read_secret(const std::filesystem::path& path);
// Throws kNotFound with the sentence that init was not run.
[[nodiscard]] crypto::SecretBytes require_secret(const std::filesystem::path& path);
// Throws kForbidden unless only the owner may enter the folder.
void require_private_folder(const std::filesystem::path& folder);

}  // namespace valv::app

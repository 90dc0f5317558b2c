#pragma once

#include "crypto/tool/command_line.h"
#include "crypto/tool/surroundings.h"

// One function a command. All throw Refusal, UsageError and Error; then a named output is as it
// was, or absent.
namespace valv::tool {

void keygen(const KeygenOptions& options, Surroundings& surroundings);
void encrypt(const EncryptOptions& options, Surroundings& surroundings);
void decrypt(const DecryptOptions& options, Surroundings& surroundings);
void inspect(const InspectOptions& options, Surroundings& surroundings);

// Threads for a body: what was asked for, else all cores, within kMaxThreads.
[[nodiscard]] unsigned threads_for(unsigned asked, const Surroundings& surroundings) noexcept;

}  // namespace valv::tool

#pragma once

#include <cstddef>
#include <cstdint>

namespace valv::fuzz {

// A fuzz target: states a property with VALV_CHECK and catches valv::Error only, so that whatever
// else an input provokes ends the process. The same input does the same in every run. libFuzzer
// calls it by this name; corpus_replay.cpp has all of them in one program, under a name each.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

}  // namespace valv::fuzz

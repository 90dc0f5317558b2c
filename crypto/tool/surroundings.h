#pragma once

#include "common/base/clock.h"
#include "common/base/random.h"
#include "crypto/local/screen.h"
#include "crypto/local/source.h"
#include "crypto/sealed/age/passphrase.h"
#include "crypto/tool/prompter.h"

namespace valv::tool {

// What the program works in. main's or a test's, which outlive it.
struct Surroundings {
    Clock& clock;
    RandomSource& random;
    Prompter& prompter;
    local::Source& in;        // standard input
    local::Screen& out;       // standard output
    local::Screen& notes;     // standard error
    sealed::WorkFactor work;  // of passphrases that are written
    unsigned cores = 1;       // that may be used; at least 1
};

}  // namespace valv::tool

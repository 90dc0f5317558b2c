#pragma once

#include <filesystem>

#include "client/casework/places.h"
#include "client/lib/transport.h"
#include "common/base/clock.h"
#include "common/base/random.h"
#include "crypto/sealed/age/passphrase.h"

namespace valv::client {

// What every operation of the client needs from outside; main owns it all, and it outlives what is
// made from it.
struct Environment {
    Clock& clock;
    RandomSource& random;
    Network& network;
    const casework::Places& places;
    sealed::WorkFactor work;                            // scrypt cost of device.age: 18 in main
    std::filesystem::path python = "/usr/bin/python3";  // Debian's, which has its WeasyPrint
};

}  // namespace valv::client

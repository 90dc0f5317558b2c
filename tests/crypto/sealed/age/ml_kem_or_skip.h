#pragma once

#include <cstdlib>

#include <gtest/gtest.h>

#include "crypto/sealed/age/hybrid.h"

namespace valv::test {

inline void report_missing_ml_kem() {
    constexpr const char* kMissing = "this OpenSSL has no ML-KEM-768";
    // Where it has to be there (scripts/test --release trixie), a skip would hide that it is not.
    if (std::getenv("VALV_REQUIRE_ML_KEM") != nullptr) {
        FAIL() << kMissing;
    }
    GTEST_SKIP() << kMissing;
}

// False where OpenSSL has no ML-KEM-768 (Debian 12): the test is then skipped, or with
// VALV_REQUIRE_ML_KEM in the environment failed, and must return.
[[nodiscard]] inline bool ml_kem_or_skip() {
    if (!sealed::has_ml_kem()) {
        report_missing_ml_kem();
    }
    return sealed::has_ml_kem();
}

}  // namespace valv::test

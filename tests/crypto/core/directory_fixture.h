#pragma once

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "crypto/core/directory.h"
#include "tests/crypto/core/note_builders.h"
#include "tests/crypto/expect_error.h"

namespace valv::crypto {

using test::hash;
using test::id;
using test::TestDevice;

// A founder's directory with one coordinator, and two devices that stand in none yet.
class DirectoryTest : public testing::Test {
protected:
    DirectoryTest() {
        first_.vault = id<VaultId>(1);
        first_.object = hash(2);
        first_.server_ca = hash(3);
        first_.log_key = founder_.line.signing_key;
        first_.origin = "https://papers.example:8444";
        first_.devices = {founder_.line, coordinator_.line};
        sort(first_);
    }
    static void sort(Directory& directory) {
        std::ranges::sort(directory.devices, {}, &DeviceLine::device);
    }

    [[nodiscard]] static Directory next(const VerifiedDirectory& before) {
        Directory directory = before.directory;
        ++directory.number;
        directory.previous = before.note;
        return directory;
    }
    static DeviceLine& line_of(Directory& directory, const TestDevice& device) {
        return *std::ranges::find(directory.devices, device.line.device, &DeviceLine::device);
    }
    static void add(Directory& directory, const TestDevice& device) {
        directory.devices.push_back(device.line);
        sort(directory);
    }
    [[nodiscard]] static VerifiedDirectory advanced(const VerifiedDirectory& before,
                                                    const Directory& after,
                                                    const TestDevice& signer) {
        return advance_directory(before,
                                 sign_directory(after, signer.line.device, signer.signing_key));
    }
    [[nodiscard]] static std::string refusal(const VerifiedDirectory& before,
                                             const Directory& after, const TestDevice& signer) {
        return test::error_of([&] { static_cast<void>(advanced(before, after, signer)); });
    }

    TestDevice founder_{10};
    TestDevice coordinator_{11, Role::kCoordinator};
    TestDevice second_admin_{12};
    TestDevice stranger_{13};
    Directory first_;
    VerifiedDirectory start() {
        return start_directory(sign_directory(first_, founder_.line.device, founder_.signing_key),
                               founder_.line.signing_key);
    }
};

}  // namespace valv::crypto

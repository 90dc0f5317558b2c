#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/e2e/matrix_world.h"

// Every route × every caller, generated from the route table: a new route without a row here fails.
namespace valv::e2e {
namespace {

using protocol::Caller;
using protocol::Listener;
using protocol::Route;
using protocol::RouteName;

constexpr int kAllowed = 0;  // got past the right to call: any status that is not a refusal of it

// Callers without rights come first, so that what a rightful one changes is still there for them.
constexpr std::array kStaff{Knocker::kNoCertificate, Knocker::kUnlistedKey, Knocker::kRevokedDevice,
                            Knocker::kOtherMember,   Knocker::kAdmin,       Knocker::kMember};
constexpr std::array kPublic{Knocker::kStranger, Knocker::kProbeWithoutCode, Knocker::kEndedLease,
                             Knocker::kLiveLease};

const char* name_of(Knocker knocker) {
    constexpr std::array kNames{
        "no certificate", "unlisted key", "revoked device", "another case's member",
        "member",         "admin",        "stranger",       "probe without code",
        "live lease",     "ended lease"};
    return kNames.at(static_cast<std::size_t>(knocker));
}

int expected_staff(Caller caller, RouteName name, Knocker knocker) {
    const bool is_active = knocker == Knocker::kOtherMember || knocker == Knocker::kMember ||
                           knocker == Knocker::kAdmin;
    if (knocker == Knocker::kNoCertificate) {
        return 403;
    }
    if (caller == Caller::kProbe) {
        return 404;  // anybody with a certificate may ask; these all have the wrong probe
    }
    if (name == RouteName::kCreateVault) {
        return 403;  // ditto: none has a token
    }
    if (name == RouteName::kPutDirectory) {
        return knocker == Knocker::kAdmin ? kAllowed : 403;
    }
    if (!is_active) {
        return 403;
    }
    if (caller == Caller::kAdmin) {
        return knocker == Knocker::kAdmin ? kAllowed : 403;
    }
    if (caller == Caller::kMember || caller == Caller::kMemberWriter || caller == Caller::kEraser) {
        return knocker == Knocker::kMember ? kAllowed : 404;
    }
    return kAllowed;
}

int expected_public(const Route& route, Knocker knocker) {
    if (route.name == RouteName::kLinkHello) {
        return knocker == Knocker::kStranger ? 404 : knocker == Knocker::kEndedLease ? 410 : 200;
    }
    if (route.name == RouteName::kLinkOpen) {
        return knocker == Knocker::kStranger || knocker == Knocker::kEndedLease ? 404 : 403;
    }
    if (route.caller == Caller::kNobodyChecked) {
        return 404;  // this world has no page; the browser test has
    }
    return knocker == Knocker::kLiveLease ? 200 : 401;
}

void expect_status(int status, int expected) {
    if (expected != kAllowed) {
        EXPECT_EQ(status, expected);
        return;
    }
    constexpr std::array kRefusals{401, 403, 404, 500};
    EXPECT_EQ(std::ranges::find(kRefusals, status), kRefusals.end()) << status;
}

TEST(MatrixTest, EveryRouteAnswersEveryCallerAsTheTableSays) {
    MatrixWorld world;
    std::size_t cells = 0;
    for (const Route& route : protocol::routes()) {
        if (route.listener == Listener::kOperator) {
            continue;
        }
        const bool is_staff = route.listener == Listener::kStaff;
        for (const Knocker knocker : is_staff
                                         ? std::vector<Knocker>(kStaff.begin(), kStaff.end())
                                         : std::vector<Knocker>(kPublic.begin(), kPublic.end())) {
            SCOPED_TRACE(std::string(to_string(route.method)) + " " + std::string(route.pattern) +
                         ", " + name_of(knocker));
            ASSERT_TRUE(world.knock_for(route.name, knocker).has_value())
                << "a route without a row in the matrix";
            const int expected = is_staff ? expected_staff(route.caller, route.name, knocker)
                                          : expected_public(route, knocker);
            expect_status(world.status_of(route, knocker), expected);
            ++cells;
        }
    }
    EXPECT_EQ(cells, 40 * kStaff.size() + 10 * kPublic.size());
}

}  // namespace
}  // namespace valv::e2e

#include "crypto/core/secret_bytes.h"

#include <type_traits>

#include <gtest/gtest.h>

#include "common/base/encoding.h"
#include "crypto/core/ed25519.h"
#include "crypto/core/system_random.h"
#include "tests/crypto/expect_error.h"

namespace valv::crypto {
namespace {

using TestKey = Key<struct TestKeyTag>;

static_assert(!std::is_copy_constructible_v<SecretBytes> &&
              !std::is_copy_assignable_v<SecretBytes>);
static_assert(std::is_nothrow_move_constructible_v<SecretBytes>);
static_assert(!std::is_copy_constructible_v<TestKey>);
template <typename T>
concept HasEquality = requires(const T& left, const T& right) {
    left == right;
};
static_assert(!HasEquality<SecretBytes> && !HasEquality<TestKey> && !HasEquality<SigningKey>);
static_assert(!std::is_convertible_v<Key<struct OtherKeyTag>, TestKey>);

TEST(SecretBytesTest, GoogleTestPrintsNoOctet) {
    EXPECT_EQ(testing::PrintToString(SecretBytes::from(as_bytes("hunter2"))), "<secret>");
    EXPECT_EQ(testing::PrintToString(TestKey::from(Bytes(32, 1))), "<secret>");
    EXPECT_EQ(testing::PrintToString(SigningKey::from_seed(SecretBytes(32))), "<secret>");
}

TEST(SecretBytesTest, AMovedFromSecretIsEmpty) {
    SecretBytes first = SecretBytes::from(as_bytes("abc"));
    const SecretBytes second = std::move(first);
    EXPECT_TRUE(first.empty());  // NOLINT(bugprone-use-after-move): that is what is tested.
    EXPECT_EQ(as_text(second.reveal()), "abc");
}

TEST(SecretBytesTest, ACloneIsIndependent) {
    SecretBytes first = SecretBytes::from(as_bytes("abc"));
    const SecretBytes second = first.clone();
    first.reveal_for_writing()[0] = 'x';
    EXPECT_EQ(as_text(second.reveal()), "abc");
}

TEST(SecretBytesTest, ShrinkForgetsTheTail) {
    SecretBytes secret = SecretBytes::from(as_bytes("abcdef"));
    const std::uint8_t* const tail = secret.reveal().data() + 3;
    secret.shrink(3);
    EXPECT_EQ(as_text(secret.reveal()), "abc");
    EXPECT_EQ(tail[0], 0);  // still inside its buffer
}

TEST(SecretBytesTest, ABuilderGrowsOverManyParts) {
    SecretBuilder builder;
    std::string expected;
    for (int part = 0; part < 300; ++part) {
        builder.append("part ");
        expected.append("part ");
    }
    EXPECT_EQ(as_text(builder.take().reveal()), expected);
    EXPECT_TRUE(builder.take().empty());
}

TEST(SecretBytesTest, ConcatJoinsInOrder) {
    EXPECT_EQ(as_text(SecretBytes::concat({as_bytes("ab"), as_bytes(""), as_bytes("c")}).reveal()),
              "abc");
}

TEST(KeyTest, OtherLengthsAreMalformed) {
    EXPECT_EQ(test::error_of([] { static_cast<void>(TestKey::from(Bytes(31))); }), "malformed");
    EXPECT_EQ(test::error_of([] { static_cast<void>(TestKey::from(Bytes(33))); }), "malformed");
}

TEST(ConstantTimeEqualTest, ComparesOctetsAndLengths) {
    EXPECT_TRUE(constant_time_equal(as_bytes("abc"), as_bytes("abc")));
    EXPECT_FALSE(constant_time_equal(as_bytes("abc"), as_bytes("abd")));
    EXPECT_FALSE(constant_time_equal(as_bytes("abc"), as_bytes("ab")));
    EXPECT_TRUE(constant_time_equal({}, {}));
}

TEST(SystemRandomTest, TwoDrawsDiffer) {
    SystemRandom random;
    const SecretBytes first = SecretBytes::random(32, random);
    const SecretBytes second = SecretBytes::random(32, random);
    EXPECT_FALSE(constant_time_equal(first.reveal(), second.reveal()));
}

}  // namespace
}  // namespace valv::crypto

#include "server/app/init.h"

#include <fstream>
#include <sys/stat.h>

#include "common/base/encoding.h"
#include "common/base/error.h"
#include "crypto/core/x509.h"
#include "server/app/file_log_keys.h"
#include "server/app/file_token_inbox.h"
#include "server/app/secret_files.h"
#include "server/app/server_parts.h"
#include "server/store/files/file.h"
#include "tests/server/app/app_fixture.h"

namespace valv::app::testing {
namespace {

class InitTest : public ::testing::Test {
protected:
    [[nodiscard]] std::filesystem::path secrets() const { return data_ / "secrets"; }
    [[nodiscard]] std::string text_of(std::string_view name) const {
        return std::string(as_text(require_secret(secrets() / name).reveal()));
    }
    template <typename Fn>
    [[nodiscard]] static std::optional<ErrorCode> code_of(Fn fn) {
        try {
            fn();
        } catch (const Error& error) {
            return error.code();
        }
        return std::nullopt;
    }
    TempFolder folder_;
    std::filesystem::path data_ = folder_.path() / "data";
    Config config_ = local_config(data_);
    StillClock clock_;
    test::SeededRandom random_{"app"};
};

TEST_F(InitTest, MakesAPrivateFolderAndACertificateUnderItsCa) {
    EXPECT_NE(init(config_, clock_, random_).find("vault-token"), std::string::npos);
    EXPECT_NO_THROW(require_private_folder(data_));
    EXPECT_TRUE(crypto::is_signed_by(text_of(kStaffCertificateFile), text_of(kCaCertificateFile)));
    EXPECT_EQ(crypto::spki_hash_of_key_pem(require_secret(secrets() / kCaKeyFile)),
              crypto::spki_hash_of_certificate_pem(text_of(kCaCertificateFile)));
    struct stat status {};
    ASSERT_EQ(::stat((secrets() / kStaffKeyFile).c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(InitTest, RefusesAnInitialisedFolderAndChangesNothing) {
    (void)init(config_, clock_, random_);
    const std::string before = text_of(kCaKeyFile);
    EXPECT_EQ(code_of([&] { (void)init(config_, clock_, random_); }), ErrorCode::kConflict);
    EXPECT_EQ(text_of(kCaKeyFile), before);
}

TEST_F(InitTest, BeginsAnewWhenItWasCutShort) {
    (void)init(config_, clock_, random_);
    std::filesystem::remove(secrets() / kStaffCertificateFile);
    (void)init(config_, clock_, random_);
    EXPECT_TRUE(crypto::is_signed_by(text_of(kStaffCertificateFile), text_of(kCaCertificateFile)));
}

TEST_F(InitTest, NarrowsAFolderThatAPackageMade) {
    std::filesystem::create_directory(data_);
    std::filesystem::permissions(data_, std::filesystem::perms(0755));
    (void)init(config_, clock_, random_);
    EXPECT_NO_THROW(require_private_folder(data_));
}

TEST_F(InitTest, ReissuesOnlyTheStaffCertificate) {
    (void)init(config_, clock_, random_);
    const std::string ca = text_of(kCaCertificateFile);
    const std::string staff = text_of(kStaffCertificateFile);
    config_.staff_names = {"new.example.org"};
    (void)reissue_staff_certificate(config_, clock_, random_);
    EXPECT_EQ(text_of(kCaCertificateFile), ca);
    EXPECT_NE(text_of(kStaffCertificateFile), staff);
    EXPECT_TRUE(crypto::is_signed_by(text_of(kStaffCertificateFile), ca));
}

TEST_F(InitTest, ATokenIsSixteenRandomOctetsAndThePin) {
    (void)init(config_, clock_, random_);
    const std::string line = make_vault_token(config_, clock_, random_);
    const Bytes token = from_base64url(line.substr(0, line.size() - 1));
    ASSERT_EQ(token.size(), 48U);
    EXPECT_EQ(crypto::hash_from(ByteView(token).subspan(16)),
              crypto::spki_hash_of_certificate_pem(text_of(kCaCertificateFile)));
    const auto waiting = FileTokenInbox(token_folder(secrets())).list();
    ASSERT_EQ(waiting.size(), 1U);
    EXPECT_EQ(waiting[0].sha256, crypto::sha256(ByteView(token).first(16)));
    EXPECT_EQ(waiting[0].expires_at, clock_.now() + std::chrono::hours(24));
}

TEST_F(InitTest, ATokenCanBeMadeWhileTheServerHasTheFolder) {
    (void)init(config_, clock_, random_);
    ServerParts server(config_, clock_, random_);
    EXPECT_NE(make_vault_token(config_, clock_, random_),
              make_vault_token(config_, clock_, random_));
    EXPECT_EQ(server.environment().tokens.list().size(), 2U);
}

TEST_F(InitTest, ATokenNeedsAnInitialisedFolder) {
    EXPECT_EQ(code_of([&] { (void)make_vault_token(config_, clock_, random_); }),
              ErrorCode::kNotFound);
    EXPECT_FALSE(std::filesystem::exists(data_));
}

TEST_F(InitTest, TheServerRefusesAFolderWithoutInitOrOpenToOthers) {
    EXPECT_EQ(code_of([&] { ServerParts(config_, clock_, random_); }), ErrorCode::kNotFound);
    (void)init(config_, clock_, random_);
    std::filesystem::permissions(data_, std::filesystem::perms(0750));
    EXPECT_EQ(code_of([&] { ServerParts(config_, clock_, random_); }), ErrorCode::kForbidden);
}

TEST_F(InitTest, ASecretThatOthersMayReadIsRefused) {
    (void)init(config_, clock_, random_);
    std::filesystem::permissions(secrets() / kStaffKeyFile, std::filesystem::perms(0640));
    EXPECT_EQ(code_of([&] { (void)require_secret(secrets() / kStaffKeyFile); }),
              ErrorCode::kForbidden);
}

TEST_F(InitTest, OneProcessForEachFolder) {
    (void)init(config_, clock_, random_);
    const ServerParts server(config_, clock_, random_);
    EXPECT_EQ(code_of([&] { ServerParts(config_, clock_, random_); }), ErrorCode::kUnavailable);
}

TEST_F(InitTest, TheInboxForgetsWhatWasTakenAndLeavesStrangersAlone) {
    FileTokenInbox inbox(folder_.path());
    const service::PendingToken token{.sha256 = crypto::sha256(as_bytes("a")),
                                      .expires_at = clock_.now()};
    inbox.add(token);
    write_durably(folder_.path() / "README", as_bytes("hello"));
    ASSERT_EQ(inbox.list().size(), 1U);
    EXPECT_EQ(inbox.list()[0].sha256, token.sha256);
    inbox.remove(token.sha256);
    inbox.remove(token.sha256);
    EXPECT_TRUE(inbox.list().empty());
    EXPECT_TRUE(std::filesystem::exists(folder_.path() / "README"));
}

TEST_F(InitTest, ALogKeyIsMadeOnceAndFoundAgain) {
    const VaultId vault = VaultId::random(random_);
    FileLogKeys keys(folder_.path());
    EXPECT_FALSE(keys.find(vault).has_value());
    const auto made = keys.make(vault, crypto::SecretBytes::random(32, random_));
    EXPECT_EQ(keys.make(vault, crypto::SecretBytes::random(32, random_)).public_key(),
              made.public_key());
    EXPECT_EQ(FileLogKeys(folder_.path()).find(vault)->public_key(), made.public_key());
    EXPECT_FALSE(keys.find(VaultId::random(random_)).has_value());
}

}  // namespace
}  // namespace valv::app::testing

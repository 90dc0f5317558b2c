#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "common/base/encoding.h"
#include "crypto/core/system_random.h"
#include "crypto/core/x509.h"
#include "server/app/init.h"
#include "tests/server/app/app_fixture.h"
#include "tests/server/http/raw_client.h"

// The program itself, as an operator runs it.
namespace valv::app::testing {
namespace {

using http::testing::ClientIdentity;
using http::testing::RawClient;
using http::testing::TlsClient;

constexpr int kReadyDescriptor = 3;

struct Process {
    pid_t id = -1;
    int output = -1;  // of the descriptor that was asked for

    [[nodiscard]] std::string read_all() const {
        std::string text;
        std::array<char, 4096> piece{};
        for (ssize_t count = ::read(output, piece.data(), piece.size()); count > 0;
             count = ::read(output, piece.data(), piece.size())) {
            text.append(piece.data(), static_cast<std::size_t>(count));
        }
        ::close(output);
        return text;
    }
    [[nodiscard]] int wait() const {
        int status = 0;
        ::waitpid(id, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
    }
};

class ProgramTest : public ::testing::Test {
protected:
    // `captured`: which descriptor of the program is read.
    [[nodiscard]] Process start(std::vector<std::string> arguments, int captured) const {
        std::array<int, 2> pipe{};
        if (::pipe2(pipe.data(), O_CLOEXEC) != 0) {
            throw std::runtime_error("pipe2");
        }
        posix_spawn_file_actions_t actions;
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_adddup2(&actions, pipe[1], captured);
        arguments.insert(arguments.end(), {"--data-folder", data_.string()});
        std::string program = VALV_RESVALVD;
        std::vector<char*> argv{program.data()};
        for (std::string& argument : arguments) {
            argv.push_back(argument.data());
        }
        argv.push_back(nullptr);
        Process process{.id = -1, .output = pipe[0]};
        ::posix_spawn(&process.id, VALV_RESVALVD, &actions, nullptr, argv.data(),
                      environment_.data());
        ::posix_spawn_file_actions_destroy(&actions);
        ::close(pipe[1]);
        return process;
    }
    [[nodiscard]] std::string run(const std::vector<std::string>& arguments,
                                  int expected_code) const {
        const Process process = start(arguments, STDOUT_FILENO);
        std::string output = process.read_all();
        EXPECT_EQ(process.wait(), expected_code);
        return output;
    }
    [[nodiscard]] static std::uint16_t port_in(const std::string& line, const std::string& name) {
        const std::size_t at = line.find("\"" + name + "\":");
        return at == std::string::npos
                   ? std::uint16_t{0}
                   : static_cast<std::uint16_t>(std::stoul(line.substr(at + name.size() + 3)));
    }

    TempFolder folder_;
    std::filesystem::path data_ = folder_.path() / "data";
    std::string local_only_ = "RESVALVD_LOCAL_ONLY=true";
    std::string staff_ = "RESVALVD_STAFF_LISTEN=127.0.0.1:0";
    std::string public_ = "RESVALVD_PUBLIC_LISTEN=127.0.0.1:0";
    std::string metrics_ = "RESVALVD_METRICS_LISTEN=127.0.0.1:0";
    std::vector<char*> environment_{local_only_.data(), staff_.data(), public_.data(),
                                    metrics_.data(), nullptr};
};

TEST_F(ProgramTest, ServesOnFreePortsUntilSigterm) {
    (void)run({"init"}, 0);
    const Process server =
        start({"serve", "--ready-fd", std::to_string(kReadyDescriptor)}, kReadyDescriptor);
    const std::string ready = server.read_all();  // ends when the program closed it
    EXPECT_TRUE(ready.ends_with("}\n")) << ready;
    RawClient page(port_in(ready, "public"));
    page.send("GET /o HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(http::testing::status_of(page.read_reply()), 200);
    RawClient health(port_in(ready, "metrics"));
    health.send("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(http::testing::status_of(health.read_reply()), 200);
    crypto::SystemRandom random;
    ClientIdentity device{.key_pem = crypto::make_p256_key(random), .certificate_pem = {}};
    device.certificate_pem = crypto::make_device_certificate(device.key_pem, "stranger", random);
    TlsClient staff(port_in(ready, "staff"), &device);
    staff.send(
        "GET /v1/vaults/aaaaaaaaaaaaaaaaaaaaaaaaaa/directory HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(http::testing::status_of(staff.read_reply()), 403);
    ::kill(server.id, SIGTERM);  // with three connections open
    EXPECT_EQ(server.wait(), 0);
    EXPECT_NE(run({"check", "--read-data"}, 0).find("good"), std::string::npos);
}

TEST_F(ProgramTest, ATokenIsMadeBesideARunningServerAndASecondServerIsRefused) {
    (void)run({"init"}, 0);
    const Process server =
        start({"serve", "--ready-fd", std::to_string(kReadyDescriptor)}, kReadyDescriptor);
    (void)server.read_all();
    const std::string token = run({"vault-token"}, 0);
    EXPECT_EQ(from_base64url(token.substr(0, token.size() - 1)).size(), 48U);
    (void)run({"serve"}, 1);
    (void)run({"check"}, 1);
    ::kill(server.id, SIGINT);
    EXPECT_EQ(server.wait(), 0);
}

TEST_F(ProgramTest, WrongUsageIsTwoAndARefusalOne) {
    (void)run({"no-such-command"}, 2);
    (void)run({"serve", "--no-such-option"}, 2);
    (void)run({"serve"}, 1);
    (void)run({"serve", "--config", "/no/such/file"}, 1);
    EXPECT_NE(run({"--help"}, 0).find("vault-token"), std::string::npos);
}

}  // namespace
}  // namespace valv::app::testing

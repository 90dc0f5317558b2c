#include <array>
#include <csignal>
#include <fcntl.h>
#include <pty.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "crypto/tool/tool.h"
#include "tests/crypto/tool/tool_world.h"

// The program itself, as a person or a script runs it.
namespace valv::tool::testing {
namespace {

constexpr const char* kProgram = VALV_RESVALV_AGE;

std::string read_all(int descriptor) {
    std::string text;
    std::array<char, 65'536> piece{};
    for (ssize_t count = ::read(descriptor, piece.data(), piece.size()); count > 0;
         count = ::read(descriptor, piece.data(), piece.size())) {
        text.append(piece.data(), static_cast<std::size_t>(count));
    }
    ::close(descriptor);
    return text;
}

std::vector<char*> argv_of(std::vector<std::string>& words) {
    std::vector<char*> argv;
    for (std::string& word : words) {
        argv.push_back(word.data());
    }
    argv.push_back(nullptr);
    return argv;
}

int code_of(int status) {
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

class ProgramTest : public ::testing::Test {
protected:
    struct Process {
        pid_t id = -1;
        int out = -1;
        int notes = -1;
    };
    // Reads `input`, a file of the world or a device.
    [[nodiscard]] Process start(std::vector<std::string> words, const std::string& input) const {
        std::array<int, 2> out{};
        std::array<int, 2> notes{};
        if (::pipe2(out.data(), O_CLOEXEC) != 0 || ::pipe2(notes.data(), O_CLOEXEC) != 0) {
            throw std::runtime_error("pipe2");
        }
        posix_spawn_file_actions_t actions;
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input.c_str(), O_RDONLY, 0);
        ::posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
        ::posix_spawn_file_actions_adddup2(&actions, notes[1], STDERR_FILENO);
        words.insert(words.begin(), kProgram);
        Process process{.id = -1, .out = out[0], .notes = notes[0]};
        ::posix_spawn(&process.id, kProgram, &actions, nullptr, argv_of(words).data(), environ);
        ::posix_spawn_file_actions_destroy(&actions);
        ::close(out[1]);
        ::close(notes[1]);
        return process;
    }
    struct End {
        int exit_code = 0;
        std::string out;
        std::string notes;
        long peak_kibibytes = 0;
    };
    [[nodiscard]] End run(const std::vector<std::string>& words,
                          const std::string& input = "/dev/null") const {
        const Process process = start(words, input);
        End end{.out = read_all(process.out), .notes = read_all(process.notes)};
        int status = 0;
        rusage usage{};
        ::wait4(process.id, &status, 0, &usage);
        end.exit_code = code_of(status);
        end.peak_kibibytes = usage.ru_maxrss;
        return end;
    }

    ToolWorld world_;
};

TEST_F(ProgramTest, GoesThroughTheFirstRoundOfItsHelp) {
    world_.write("in", pattern(200'000));
    const std::string key = world_.path("new.txt");
    const End made = run({"keygen", "-o", key});
    ASSERT_EQ(made.exit_code, kDone);
    const std::string recipient = made.notes.substr(12, made.notes.size() - 13);
    ASSERT_EQ(
        run({"encrypt", "-r", recipient, "-o", world_.path("in.age"), world_.path("in")}).exit_code,
        kDone);
    const End opened = run({"decrypt", "-i", key}, world_.path("in.age"));
    EXPECT_EQ(opened.exit_code, kDone);
    EXPECT_EQ(as_bytes(opened.out).size(), 200'000U);
    EXPECT_TRUE(equal(as_bytes(opened.out), pattern(200'000)));
    EXPECT_NE(run({"inspect", "--json"}, world_.path("in.age")).out.find("\"payload\":200000"),
              std::string::npos);
}

TEST_F(ProgramTest, ExitCodesTellDoneRefusedAndNotUnderstood) {
    EXPECT_EQ(run({"--version"}).exit_code, kDone);
    const End failed = run({"decrypt", "-i", world_.key()}, world_.key());
    EXPECT_EQ(failed.exit_code, kFailed);
    EXPECT_EQ(failed.notes, "resvalv-age: header failure: not an age v1 file\n");
    EXPECT_EQ(run({"decrypt", "--no-such-option"}).exit_code, kWrongUsage);
}

TEST_F(ProgramTest, AReaderThatGoesAwayIsAnErrorAndNoSignal) {
    world_.write("in.age", world_.sealed(pattern(1'000'000)));
    const Process process =
        start({"decrypt", "-i", world_.key(), world_.path("in.age")}, "/dev/null");
    ::close(process.out);
    EXPECT_TRUE(read_all(process.notes).starts_with("resvalv-age: reading or writing failed"));
    int status = 0;
    ::waitpid(process.id, &status, 0);
    EXPECT_EQ(code_of(status), kFailed);
}

TEST_F(ProgramTest, WithoutATerminalNobodyIsAsked) {
    const Process process = start({"encrypt", "-p"}, "/dev/null");
    ::close(process.out);
    // In a terminal's session /dev/tty would be asked: this test then has nothing to say.
    if (const int terminal = ::open("/dev/tty", O_RDWR | O_NOCTTY); terminal >= 0) {
        ::close(terminal);
        ::kill(process.id, SIGKILL);
        GTEST_SKIP() << "there is a terminal";
    }
    EXPECT_NE(read_all(process.notes).find("--passphrase-file"), std::string::npos);
    int status = 0;
    ::waitpid(process.id, &status, 0);
    EXPECT_EQ(code_of(status), kFailed);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST_F(ProgramTest, MemoryDoesNotGrowWithTheFile) {
    constexpr long kMaxKibibytes = 32L * 1024;
    constexpr std::size_t kLarge = 40'000'000;
    world_.write("in", {});
    std::filesystem::resize_file(world_.path("in"), kLarge);  // a child's peak begins at ours
    const End sealed = run({"encrypt", "-j", "16", "-r", world_.recipient(), "-o",
                            world_.path("in.age"), world_.path("in")});
    EXPECT_EQ(sealed.exit_code, kDone);
    EXPECT_LT(sealed.peak_kibibytes, kMaxKibibytes);
    const End opened = run({"decrypt", "-j", "16", "-i", world_.key(), "-o", world_.path("out"),
                            world_.path("in.age")});
    EXPECT_EQ(opened.exit_code, kDone);
    EXPECT_LT(opened.peak_kibibytes, kMaxKibibytes);
    const End armored = run({"encrypt", "-a", "-r", world_.recipient(), "-o", world_.path("out")},
                            world_.path("in"));
    EXPECT_LT(armored.peak_kibibytes, kMaxKibibytes);
    const End piped = run({"decrypt", "-i", world_.key(), "-o", "/dev/null"}, world_.path("out"));
    EXPECT_EQ(piped.exit_code, kDone);
    EXPECT_LT(piped.peak_kibibytes, kMaxKibibytes);
}
#endif

// What is typed at the questions of a program on a terminal of its own, and what that shows.
class TerminalTest : public ProgramTest {
protected:
    struct Session {
        int exit_code = 0;
        std::string shown;
    };
    [[nodiscard]] static Session at_terminal(std::vector<std::string> words,
                                             std::vector<std::string> answers) {
        words.insert(words.begin(), kProgram);
        int terminal = -1;
        const pid_t child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
        if (child == 0) {
            ::execv(kProgram, argv_of(words).data());
            ::_exit(127);
        }
        Session session;
        std::size_t questions = 0;
        std::array<char, 4096> piece{};
        for (ssize_t got = ::read(terminal, piece.data(), piece.size()); got > 0;
             got = ::read(terminal, piece.data(), piece.size())) {
            session.shown.append(piece.data(), static_cast<std::size_t>(got));
            if (session.shown.ends_with(": ") && questions < answers.size()) {
                const std::string line = answers[questions++] + "\n";
                EXPECT_EQ(::write(terminal, line.data(), line.size()),
                          static_cast<ssize_t>(line.size()));
            }
        }
        ::close(terminal);
        int status = 0;
        ::waitpid(child, &status, 0);
        session.exit_code = code_of(status);
        return session;
    }
};

TEST_F(TerminalTest, APassphraseIsAskedForAndNotShown) {
    world_.write("in", as_bytes("Gate 12\n"));
    const Session sealed = at_terminal(
        {"encrypt", "-p", "-o", world_.path("in.age"), world_.path("in")}, {"correct", "correct"});
    EXPECT_EQ(sealed.exit_code, kDone) << sealed.shown;
    EXPECT_EQ(sealed.shown.find("correct"), std::string::npos);
    const Session opened = at_terminal({"decrypt", world_.path("in.age")}, {"correct"});
    EXPECT_EQ(opened.exit_code, kDone);
    EXPECT_NE(opened.shown.find("Gate 12"), std::string::npos);
}

TEST_F(TerminalTest, BinaryIsNotShown) {
    const Session session = at_terminal({"encrypt", "-r", world_.recipient(), world_.key()}, {});
    EXPECT_EQ(session.exit_code, kFailed);
    EXPECT_EQ(session.shown.find("age-encryption.org"), std::string::npos);
}

}  // namespace
}  // namespace valv::tool::testing

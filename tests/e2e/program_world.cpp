#include "tests/e2e/program_world.h"

#include <array>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <stdexcept>
#include <sys/mman.h>
#include <unistd.h>

namespace valv::e2e {
namespace {

constexpr const char* kPassphrase = "a passphrase for these tests only";

void write_offset(const std::filesystem::path& file, std::int64_t offset) {
    // In place: the programs have the file mapped.
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    const bool is_written = ::pwrite(descriptor, &offset, sizeof offset, 0) == sizeof offset;
    ::close(descriptor);
    if (!is_written) {
        throw std::runtime_error("cannot write " + file.string());
    }
}

std::string read_to_end(int descriptor) {
    std::string text;
    std::array<char, 4096> piece{};
    for (ssize_t got = ::read(descriptor, piece.data(), piece.size()); got > 0;
         got = ::read(descriptor, piece.data(), piece.size())) {
        text.append(piece.data(), static_cast<std::size_t>(got));
    }
    return text;
}

}  // namespace

nlohmann::json Outcome::json() const {
    return nlohmann::json::parse(out, nullptr, false);
}

MappedFile::MappedFile(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    std::error_code none;
    const std::uintmax_t size = std::filesystem::file_size(file, none);
    if (descriptor >= 0 && !none && size > 0) {
        void* const octets = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
        octets_ = octets == MAP_FAILED ? nullptr : octets;
        size_ = octets_ == nullptr ? 0 : size;
    }
    ::close(descriptor);
}

MappedFile::~MappedFile() {
    if (octets_ != nullptr) {
        ::munmap(octets_, size_);
    }
}

std::string text_of(const std::filesystem::path& file) {
    return std::string(MappedFile(file).text());
}

bool is_same_file(const std::filesystem::path& first, const std::filesystem::path& second) {
    const MappedFile one(first);
    const MappedFile other(second);
    return !one.text().empty() && one.text() == other.text();
}

ProgramWorld::ProgramWorld(ServerSettings settings) : settings_(std::move(settings)) {
    data_ = settings_.folder.value_or(folder_ / "server");
    const auto real = std::chrono::system_clock::now().time_since_epoch();
    offset_ = kNow - std::chrono::duration_cast<std::chrono::seconds>(real).count();
    write_offset(folder_ / "clock", offset_);
    (void)file("passphrase", kPassphrase);
    if (const Outcome made = operate({"init"}); made.exit_code != 0) {
        throw std::runtime_error("init: " + made.notes);
    }
    start_server();
}

Words ProgramWorld::environment_of(const std::string& state) const {
    Words all{"LD_PRELOAD=" VALV_E2E_CLOCK, "VALV_TEST_CLOCK=" + (folder_ / "clock").string(),
              "HOME=" + (folder_ / "home").string(),
              "XDG_STATE_HOME=" + (folder_ / state).string()};
    const Words server{"RESVALVD_LOCAL_ONLY=true", "RESVALVD_STAFF_LISTEN=127.0.0.1:0",
                       "RESVALVD_PUBLIC_LISTEN=127.0.0.1:0", "RESVALVD_METRICS_LISTEN="};
    all.insert(all.end(), server.begin(), server.end());
    all.insert(all.end(), settings_.environment.begin(), settings_.environment.end());
    return all;
}

void ProgramWorld::start_server() {
    std::array<int, 2> ready{};
    if (::pipe2(ready.data(), O_CLOEXEC) != 0) {
        throw std::runtime_error("pipe2");
    }
    server_ =
        std::make_unique<Process>(Launch{.command = {VALV_RESVALVD, "--data-folder", data_.string(),
                                                     "serve", "--ready-fd", "3", "--log-requests"},
                                         .environment = environment_of("state"),
                                         .output = folder_ / "server.out",
                                         .notes = server_log(),
                                         .ready = ready[1]});
    ::close(ready[1]);
    const std::string line =
        read_to_end(ready[0]);  // ends when all listeners are bound, or with the program
    ::close(ready[0]);
    const nlohmann::json ports = nlohmann::json::parse(line, nullptr, false);
    if (ports.is_discarded()) {
        throw std::runtime_error("the server did not start: " + text_of(server_log()));
    }
    staff_.lead_to(ports.at("staff").get<std::uint16_t>());
    page_.lead_to(ports.at("public").get<std::uint16_t>());
}

int ProgramWorld::end_server(int signal) {
    staff_.lead_to(0);
    page_.lead_to(0);
    server_->signal(signal);
    return server_->wait();
}

Outcome ProgramWorld::collect(Process& process, const std::filesystem::path& notes) const {
    Outcome outcome{.exit_code = process.wait()};
    outcome.out = text_of(folder_ / "out");
    outcome.notes = text_of(notes);
    return outcome;
}

Outcome ProgramWorld::operate(Words words) {
    const std::filesystem::path notes = folder_ / "operator.notes";
    std::filesystem::remove(notes);
    words.insert(words.begin(), {VALV_RESVALVD, "--data-folder", data_.string()});
    Process process({.command = words,
                     .environment = environment_of("state"),
                     .output = folder_ / "out",
                     .notes = notes});
    return collect(process, notes);
}

std::string ProgramWorld::staff_url() const {
    return "https://127.0.0.1:" + std::to_string(staff_.port());
}

std::string ProgramWorld::page_url() const {
    return "http://127.0.0.1:" + std::to_string(page_.port());
}

void ProgramWorld::start(const Device& device, const Words& words) {
    const std::filesystem::path notes = folder_ / "notes";
    std::filesystem::remove(notes);
    Words command{VALV_RESVALV, "--profile", (folder_ / device.profile).string(),
                  "--passphrase-file", (folder_ / "passphrase").string()};
    command.insert(command.end(), words.begin(), words.end());
    client_ = std::make_unique<Process>(Launch{.command = command,
                                               .environment = environment_of(device.state),
                                               .output = folder_ / "out",
                                               .notes = notes});
}

Outcome ProgramWorld::finish() {
    return collect(*client_, folder_ / "notes");
}

void ProgramWorld::kill_client() {
    client_->signal(SIGKILL);
    client_->wait();
}

Outcome ProgramWorld::run(const Device& device, const Words& words) {
    start(device, words);
    return finish();
}

nlohmann::json ProgramWorld::expect(const Device& device, Words words) {
    words.insert(words.begin(), "--json");
    const Outcome outcome = run(device, words);
    if (outcome.exit_code != 0) {
        throw std::runtime_error(words.at(1) + " " + words.at(2) + ": " + outcome.out +
                                 outcome.notes);
    }
    return outcome.json();
}

std::string ProgramWorld::file(std::string_view name, std::string_view text) const {
    valv::test::write_file(folder_ / name, as_bytes(text));
    return (folder_ / name).string();
}

void ProgramWorld::advance(std::chrono::seconds duration) {
    offset_ += duration.count();
    write_offset(folder_ / "clock", offset_);
}

}  // namespace valv::e2e

#include "bench/age/files.h"

#include <algorithm>
#include <functional>
#include <stdexcept>
#include <sys/resource.h>

#include "crypto/core/system_random.h"
#include "crypto/local/files.h"
#include "crypto/sealed/age/file.h"
#include "crypto/sealed/age/x25519.h"

namespace valv::bench {
namespace {

double cpu_microseconds() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    constexpr double kMicroseconds = 1e6;
    return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * kMicroseconds +
           static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

// CPU of `step` for each of 0 … count - 1.
double cost_of_each(int count, const std::function<void(int)>& step) {
    const double begin = cpu_microseconds();
    for (int number = 0; number < count; ++number) {
        step(number);
    }
    return (cpu_microseconds() - begin) / count;
}

void write(const std::filesystem::path& file, ByteView octets) {
    local::OutputFile output(file, local::Overwrite::kNo);
    output.write(octets);
    output.commit();
}

}  // namespace

FileCosts many_files(const std::filesystem::path& folder, int count, std::size_t size) {
    crypto::SystemRandom random;
    const sealed::X25519Identity identity = sealed::X25519Identity::random(random);
    const auto name = [&folder](const char* kind, int number) {
        return folder / (std::string(kind) + std::to_string(number));
    };
    for (int number = 0; number < count; ++number) {
        make_file(name("plain", number), size);
    }
    FileCosts costs;
    costs.seal_microseconds = cost_of_each(count, [&](int number) {
        const crypto::SecretBytes plain = local::read_secret_file(name("plain", number), size);
        write(name("sealed", number),
              sealed::seal(plain.reveal(), {&identity.recipient()}, random));
    });
    constexpr std::size_t kOverheadBytes = 1024;  // header, nonce and tag of one chunk
    costs.open_microseconds = cost_of_each(count, [&](int number) {
        const Bytes file =
            local::read_file_if(name("sealed", number), size + kOverheadBytes).value();
        write(name("opened", number), sealed::open(file, {&identity}).reveal());
    });
    if (local::read_file_if(name("plain", count - 1), size) !=
        local::read_file_if(name("opened", count - 1), size)) {
        throw std::runtime_error("bench: a file came back changed");
    }
    return costs;
}

void make_file(const std::filesystem::path& file, std::uint64_t size) {
    crypto::SystemRandom random;
    constexpr std::size_t kPieceBytes = 1U << 20U;
    Bytes piece(static_cast<std::size_t>(std::min<std::uint64_t>(size, kPieceBytes)));
    local::OutputFile output(file, local::Overwrite::kYes);
    for (std::uint64_t written = 0; written < size; written += piece.size()) {
        random.fill(piece);
        output.write(ByteView(piece).first(
            static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), size - written))));
    }
    output.commit();
}

}  // namespace valv::bench

// Bodies: the split does not matter; nothing is released but the true octets in their order; what
// is accepted is sealed anew to the same body; and the parallel reader and the reader at any place
// accept the same bodies and release no more than the streaming reader.
#include "crypto/sealed/age/stream.h"

#include <array>

#include "crypto/sealed/age/body_reader.h"
#include "crypto/sealed/age/file.h"
#include "crypto/sealed/age/parallel.h"
#include "tests/crypto/sealed/age/memory_file.h"
#include "tests/crypto/seeded_random.h"
#include "tests/fuzz/edited_body.h"
#include "tests/fuzz/support.h"
#include "tests/fuzz/target.h"

namespace valv::fuzz {
namespace {

Reading read_streaming(ByteView body, std::size_t step) {
    return read_in_pieces(
        body, step, [](const auto& sink) { return sealed::BodyOpener(body_file_key(), sink); });
}

Reading read_parallel(ByteView body) {
    constexpr unsigned kThreads = 2;
    Reading reading;
    test::MemoryWriter plaintext;
    reading.is_accepted = succeeds([&] {
        sealed::open_body_parallel(test::MemoryReader(body), body_file_key(), plaintext, kThreads);
    });
    reading.released = plaintext.front();
    return reading;
}

Reading read_by_place(ByteView body) {
    Reading reading;
    reading.is_accepted = succeeds([&] {
        const test::MemoryReader file(body);
        sealed::BodyReader reader(file, body_file_key());
        constexpr std::uint64_t kPiece = 50'000;
        for (std::uint64_t at = 0; at < reader.size(); at += kPiece) {
            Bytes piece(static_cast<std::size_t>(std::min(kPiece, reader.size() - at)));
            reader.read(at, piece);
            append(reading.released, piece);
        }
    });
    return reading;
}

// The last octet of the input chooses the pieces; small ones for small bodies only.
std::size_t step_of(ByteView input, std::size_t body_bytes) {
    constexpr std::size_t kSmallBody = 4096;
    constexpr std::array<std::size_t, 6> kSteps{1,
                                                17,
                                                1000,
                                                sealed::kBodyChunkBytes - 1,
                                                sealed::kBodyChunkBytes,
                                                sealed::kBodyChunkBytes + sealed::kBodyNonceBytes};
    const std::size_t step = input.empty() ? 1 : kSteps[input.back() % kSteps.size()];
    return body_bytes <= kSmallBody ? step : std::max<std::size_t>(step, kSmallBody);
}

Bytes sealed_anew(ByteView plaintext, ByteView body) {
    test::ScriptedRandom nonce(to_bytes(body.first(sealed::kBodyNonceBytes)));
    return sealed::seal_body(plaintext, body_file_key(), nonce);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input(data, size);
    const Bytes body = edited_body(input);
    const Reading whole = read_streaming(body, body.size() + 1);
    VALV_CHECK(is_prefix(whole.released, body_plaintext()));
    VALV_CHECK(read_streaming(body, step_of(input, body.size())) == whole);
    VALV_CHECK(!whole.is_accepted || sealed_anew(whole.released, body) == body);
    for (const Reading& other : {read_parallel(body), read_by_place(body)}) {
        VALV_CHECK(other.is_accepted == whole.is_accepted);
        VALV_CHECK(is_prefix(other.released, whole.released));
        VALV_CHECK(!other.is_accepted || other == whole);
    }
    return 0;
}

}  // namespace valv::fuzz

// Keys do not outlive their use: after everything was released, this process's own memory, heap,
// stack and OpenSSL's included, is read and holds none of them.
#include <algorithm>
#include <cstdint>
#include <fcntl.h>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <sys/mman.h>
#include <unistd.h>
#include <vector>

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include "common/base/encoding.h"
#include "crypto/core/openssl.h"
#include "crypto/sealed/age/detached.h"
#include "crypto/sealed/age/file.h"
#include "crypto/sealed/age/hybrid.h"
#include "crypto/sealed/age/ml_kem.h"
#include "crypto/sealed/age/passphrase.h"
#include "crypto/sealed/age/stream.h"
#include "crypto/sealed/age/x25519.h"
#include "tests/crypto/sealed/age/ml_kem_or_skip.h"
#include "tests/crypto/seeded_random.h"

namespace valv::sealed {
namespace {

using crypto::SecretBytes;

constexpr std::uint8_t kMask = 0xa5;
constexpr std::size_t kFragmentBytes = 16;  // a quarter or half of a key found is a key found

// A secret that stands nowhere in the clear.
class Masked {
public:
    explicit Masked(ByteView secret) {
        for (const std::uint8_t octet : secret) {
            octets_.push_back(octet ^ kMask);
        }
    }
    [[nodiscard]] SecretBytes reveal() const {
        SecretBytes secret(octets_.size());
        for (std::size_t at = 0; at < octets_.size(); ++at) {
            secret.reveal_for_writing()[at] = octets_[at] ^ kMask;
        }
        return secret;
    }
    // How often a fragment of it stands in `memory`.
    [[nodiscard]] std::size_t count_in(ByteView memory) const {
        std::size_t found = 0;
        for (std::size_t at = 0; at + kFragmentBytes <= memory.size(); ++at) {
            for (std::size_t part = 0; part + kFragmentBytes <= octets_.size(); part += stride()) {
                found += stands_at(memory.data() + at, octets_.data() + part) ? 1U : 0U;
            }
        }
        return found;
    }

private:
    // Of a long one eight fragments are looked for.
    [[nodiscard]] std::size_t stride() const {
        return std::max(kFragmentBytes, octets_.size() / 8);
    }
    static bool stands_at(const std::uint8_t* memory, const std::uint8_t* masked) {
        for (std::size_t at = 0; at < kFragmentBytes; ++at) {
            if ((memory[at] ^ kMask) != masked[at]) {
                return false;
            }
        }
        return true;
    }
    Bytes octets_;
};

// Reads this process's writable memory, but for the buffer that it is read into.
class OwnMemory {
public:
    OwnMemory() : file_(::open("/proc/self/mem", O_RDONLY | O_CLOEXEC)) {
        void* const mapped = ::mmap(nullptr, kBufferBytes, PROT_READ | PROT_WRITE,
                                    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        buffer_ = static_cast<std::uint8_t*>(mapped);
    }
    OwnMemory(const OwnMemory&) = delete;
    OwnMemory& operator=(const OwnMemory&) = delete;
    ~OwnMemory() {
        ::munmap(buffer_, kBufferBytes);
        ::close(file_);
    }
    [[nodiscard]] std::size_t count(const Masked& secret) {
        std::ifstream maps("/proc/self/maps");
        std::size_t found = 0;
        for (std::string line; std::getline(maps, line);) {
            std::istringstream words(line);
            std::uintptr_t begin = 0;
            std::uintptr_t end = 0;
            char dash = 0;
            std::string rights;
            words >> std::hex >> begin >> dash >> end >> rights;
            if (rights.starts_with("rw")) {
                found += count_between(secret, begin, end);
            }
        }
        return found;
    }

private:
    std::size_t count_between(const Masked& secret, std::uintptr_t begin, std::uintptr_t end) {
        const auto own = reinterpret_cast<std::uintptr_t>(buffer_);
        std::size_t found = 0;
        for (std::uintptr_t at = begin; at < end;) {
            if (at >= own && at < own + kBufferBytes) {
                at = own + kBufferBytes;
                continue;
            }
            const std::uintptr_t stop = at < own && own < end ? own : end;
            const std::size_t wanted = std::min<std::size_t>(kBufferBytes, stop - at);
            const ssize_t got = ::pread(file_, buffer_, wanted, static_cast<off_t>(at));
            if (got <= 0) {
                break;  // reserved pages
            }
            found += secret.count_in({buffer_, static_cast<std::size_t>(got)});
            at += static_cast<std::size_t>(got);
        }
        return found;
    }

    static constexpr std::size_t kBufferBytes = 1U << 20U;
    int file_;
    std::uint8_t* buffer_ = nullptr;
};

class MemoryTest : public testing::Test {
protected:
    [[nodiscard]] Masked fresh(std::size_t size) {
        const Masked secret(SecretBytes::random(size, random_).reveal());
        static_cast<void>(
            SecretBytes::random(size, random_));  // the generator holds its last block
        return secret;
    }
    test::SeededRandom random_{"memory"};
    OwnMemory memory_;
};

TEST_F(MemoryTest, TheSearchFindsWhatIsThere) {
    const Masked secret = fresh(kX25519Bytes);
    ASSERT_EQ(memory_.count(secret), 0U);
    const SecretBytes held = secret.reveal();
    EXPECT_GE(memory_.count(secret), held.size() / kFragmentBytes);
}

TEST_F(MemoryTest, AnX25519IdentityAndItsFileKeyLeaveNothing) {
    const Masked secret = fresh(kX25519Bytes);
    const Masked file_key = fresh(FileKey::kBytes);
    std::optional<Masked> text;  // but for AGE-SECRET-KEY-1, which is everybody's
    std::optional<Masked> payload;
    {
        const X25519Identity identity = X25519Identity::from_secret(secret.reveal());
        const SecretBytes whole_text = identity.text();
        text.emplace(whole_text.reveal().subspan(std::string_view("AGE-SECRET-KEY-1").size()));
        const X25519Identity parsed = X25519Identity::parse(whole_text.reveal());
        const FileKey key(file_key.reveal());
        const Bytes header = DetachedHeader::wrap(key, {&identity.recipient()}, random_).octets();
        const Bytes body = seal_body(as_bytes("papers"), key, random_);
        payload.emplace(payload_key(key, ByteView(body).first(kBodyNonceBytes)).reveal());
        EXPECT_EQ(as_text(open(join_file(header, body), {&parsed}).reveal()), "papers");
        EXPECT_GT(memory_.count(secret), 0U);
    }
    EXPECT_EQ(memory_.count(secret), 0U) << "identity";
    EXPECT_EQ(memory_.count(*text), 0U) << "its text";
    EXPECT_EQ(memory_.count(file_key), 0U) << "file key";
    EXPECT_EQ(memory_.count(*payload), 0U) << "payload key";
}

TEST_F(MemoryTest, APassphraseLeavesNothing) {
    const Masked passphrase = fresh(2 * kFragmentBytes);
    {
        const PassphraseRecipient recipient(passphrase.reveal(), {.log2_n = 4});
        const PassphraseIdentity identity(passphrase.reveal());
        const Bytes file = seal(as_bytes("papers"), {&recipient}, random_);
        EXPECT_EQ(as_text(open(file, {&identity}).reveal()), "papers");
    }
    EXPECT_EQ(memory_.count(passphrase), 0U);
}

TEST_F(MemoryTest, OpenedPlaintextIsWiped) {
    const Masked paper = fresh(3 * kPlainChunkBytes);
    {
        const X25519Identity identity = X25519Identity::random(random_);
        const Bytes file = seal(paper.reveal().reveal(), {&identity.recipient()}, random_);
        EXPECT_EQ(open(file, {&identity}).size(), paper.reveal().size());
    }
    EXPECT_EQ(memory_.count(paper), 0U);
}

// c2sp.org/hpke-pq: what a hybrid seed is expanded to, ML-KEM's seed and X25519's secret.
Masked expanded(const Masked& seed) {
    SecretBytes both(kMlKemSeedBytes + kX25519Bytes);
    const crypto::DigestContext context(::EVP_MD_CTX_new());
    EXPECT_EQ(::EVP_DigestInit_ex(context.get(), ::EVP_shake256(), nullptr), 1);
    EXPECT_EQ(::EVP_DigestUpdate(context.get(), seed.reveal().reveal().data(), kHybridSeedBytes),
              1);
    EXPECT_EQ(::EVP_DigestFinalXOF(context.get(), both.reveal_for_writing().data(), both.size()),
              1);
    return Masked(both.reveal());
}

// What ML-KEM shares by the only stanza of a header.
Masked shared_by(const Masked& expanded_seed, const DetachedHeader& header) {
    const AgeStanza stanza = parse_age_header(header.octets()).stanzas.front();
    const SecretBytes seeds = expanded_seed.reveal();
    const SecretBytes seed = SecretBytes::from(seeds.reveal().first(kMlKemSeedBytes));
    const Bytes encapsulated = from_base64_unpadded(stanza.arguments[1]);
    return Masked(
        ml_kem_decapsulate(seed, ByteView(encapsulated).first(kMlKemCiphertextBytes)).reveal());
}

TEST_F(MemoryTest, AHybridIdentityLeavesNothing) {
    if (!test::ml_kem_or_skip()) {
        return;
    }
    const Masked seed = fresh(kHybridSeedBytes);
    const Masked file_key = fresh(FileKey::kBytes);
    const Masked halves = expanded(seed);
    std::optional<Masked> shared;
    {
        const HybridIdentity identity(seed.reveal());
        const HybridRecipient recipient = identity.recipient();
        const DetachedHeader header =
            DetachedHeader::wrap(FileKey(file_key.reveal()), {&recipient}, random_);
        EXPECT_TRUE(header.unwrap({&identity}));
        shared.emplace(shared_by(halves, header));
    }
    EXPECT_EQ(memory_.count(seed), 0U) << "seed";
    EXPECT_EQ(memory_.count(halves), 0U) << "what it is expanded to";
    EXPECT_EQ(memory_.count(*shared), 0U) << "what ML-KEM shared";
    EXPECT_EQ(memory_.count(file_key), 0U) << "file key";
}

}  // namespace
}  // namespace valv::sealed

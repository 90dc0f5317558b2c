#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

// Every limit of the wire, with its unit and its reason. docs/protocol.md names them.
namespace valv::limits {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

inline constexpr std::uint64_t kMiB = 1024ULL * 1024ULL;

inline constexpr std::uint64_t kMaxJsonBytes =
    8 * kMiB;  // a record is at most 4 MiB, base64 makes 5.6 of it
inline constexpr std::size_t kMaxJsonDepth = 16;
inline constexpr std::uint64_t kMaxInteger = (1ULL << 53U) - 1;  // exact in every JSON reader
inline constexpr std::uint64_t kMaxPieceBytes =
    8 * kMiB;  // one fsync and one retry are worth about this much
inline constexpr std::uint64_t kDefaultMaxDocumentBytes = 500 * kMiB;
inline constexpr std::uint64_t kDefaultVaultQuotaBytes = 100ULL * 1024 * kMiB;
inline constexpr std::size_t kMaxNoteBytes = 1024 * 1024;  // a directory of some 3 000 devices
inline constexpr std::size_t kMaxHeaderBytes =
    64 * 1024;                                      // an age header for one audience is 200 octets
inline constexpr std::size_t kMaxListed = 100'000;  // rows of a list; kMaxJsonBytes is met first
inline constexpr std::size_t kMaxHeadersPerCall =
    1000;  // one transaction and one log entry; some 300 kB
inline constexpr std::size_t kMaxLinkDocuments = 500;
inline constexpr std::size_t kMaxLinkParts = 8;
inline constexpr std::size_t kMaxTileHashes = 256;          // C2SP tlog-tiles
inline constexpr std::size_t kMaxEventBytes = 2048;         // the longest kind is some 400 octets
inline constexpr std::size_t kMaxReceiptBytes = 16 * 1024;  // an event, 64 hashes, a checkpoint

inline constexpr std::size_t kSecretBytes =
    32;  // probe, challenge, holder, screen key, Ed25519 key, hashes
inline constexpr std::size_t kSignatureBytes = 64;
inline constexpr std::size_t kCodeDigits = 12;
inline constexpr std::size_t kInvitationCodeDigits = 16;

inline constexpr seconds kChallengeLifetime{60};
inline constexpr hours kMaxLinkLifetime{31 * 24};
inline constexpr std::uint32_t kMaxOpens = 20;
inline constexpr minutes kMaxLease{24 * 60};
inline constexpr hours kMaxNoCodeLifetime{72};
inline constexpr std::uint32_t kMaxNoCodeOpens = 3;
inline constexpr std::uint32_t kFailuresToTell = 3;  // the sender is told
inline constexpr std::uint32_t kFailuresToWait = 5;  // then the network prefix waits
inline constexpr minutes kFirstWait{1};              // doubling
inline constexpr minutes kLongestWait{15};
inline constexpr std::uint32_t kFailuresToLock = 100;  // chance of a right guess 10^-10
inline constexpr std::uint32_t kFailuresAfterUnlock = 20;

inline constexpr hours kVaultTokenLifetime{24};
inline constexpr hours kMaxInvitationLifetime{48};
inline constexpr std::uint32_t kMaxSubmissions = 5;
inline constexpr hours kRequestKeyLifetime{24};
inline constexpr hours kUploadLifetime{7 * 24};
inline constexpr hours kOrphanBlobAge{24};
inline constexpr hours kClockJump{1};  // more than any right correction of a running clock
inline constexpr seconds kRetryAfter{2};

}  // namespace valv::limits

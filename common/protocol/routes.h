#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace valv::protocol {

enum class Method { kGet, kHead, kPost, kPatch, kDelete };
enum class Listener { kStaff, kPublic, kOperator };

// Who may call (docs/protocol.md section 2). kEraser: a member who writes, and once the case is
// erased who was a member then. kBearer: a live lease. kNobodyChecked: open to all, as
// the page is.
enum class Caller {
    kAnyCertificate,
    kDevice,
    kAdmin,
    kWriter,
    kMember,
    kMemberWriter,
    kEraser,
    kProbe,
    kBearer,
    kNobodyChecked
};

enum class RouteName {
    kCreateVault,
    kGetDirectoryHead,
    kPutDirectory,
    kGetDirectory,
    kListCases,
    kCreateCase,
    kGetCase,
    kPutKeyring,
    kGetKeyring,
    kListRecoverable,
    kGetRecoverableKeyring,
    kPutRecoveredKeyring,
    kPutRecord,
    kGetRecord,
    kPutRetention,
    kGetRetention,
    kEraseCase,
    kListErasures,
    kCreateUpload,
    kHeadUpload,
    kAppendUpload,
    kFinishUpload,
    kGetDocumentHeader,
    kGetDocumentBody,
    kRemoveDocument,
    kListHeaders,
    kReplaceHeaders,
    kListLinks,
    kCreateLink,
    kGetLink,
    kRevokeLink,
    kListEnrolments,
    kCreateEnrolment,
    kRemoveEnrolment,
    kSubmitEnrolment,
    kPollEnrolment,
    kApproveEnrolment,
    kGetCheckpoint,
    kGetTile,
    kGetLogEntries,
    kGetPage,
    kGetPageAsset,
    kLinkHello,
    kLinkOpen,
    kGetLease,
    kGetReceipt,
    kGetPackage,
    kGetPart,
    kGetLinkHeader,
    kGetLinkBody,
    kHealth,
    kReady,
    kMetrics,
};

enum class BodyKind { kNone, kJson, kOctets };
enum class Idempotency { kNo, kKey };

struct Route {
    RouteName name;
    Listener listener;
    Method method;
    std::string_view pattern;  // `/v1/vaults/{vault}`; a last `{name…}` takes the rest of the path
    Caller caller;
    BodyKind body;
    Idempotency idempotency = Idempotency::kNo;
};

// All routes of both listeners, in the order of docs/protocol.md.
[[nodiscard]] std::span<const Route> routes() noexcept;
[[nodiscard]] const Route& route(RouteName name) noexcept;
[[nodiscard]] std::string_view to_string(Method method) noexcept;
[[nodiscard]] std::optional<Method> parse_method(std::string_view text) noexcept;

// A route that matched, with its path values in the order of the pattern's braces.
struct RouteMatch {
    const Route* route = nullptr;
    std::vector<std::string> values;
};

// Exact match of the raw path (no percent-decoding: our ids need none). Nothing when no route of
// that listener has this method and path.
[[nodiscard]] std::optional<RouteMatch> match_route(Listener listener, Method method,
                                                    std::string_view path);

// The path of a route with its values filled in; VALV_CHECKs their number.
[[nodiscard]] std::string path_of(RouteName name,
                                  std::initializer_list<std::string_view> values = {});

// Headers of ours, and the media types of bodies.
namespace headers {
inline constexpr std::string_view kServerVersion = "Resvalv-Version";
inline constexpr std::string_view kClientVersion = "Resvalv-Client";
inline constexpr std::string_view kIdempotencyKey = "Idempotency-Key";
inline constexpr std::string_view kUploadOffset = "Upload-Offset";
}  // namespace headers
namespace media {
inline constexpr std::string_view kJson = "application/json";
inline constexpr std::string_view kOctets = "application/octet-stream";
inline constexpr std::string_view kText = "text/plain; charset=utf-8";
}  // namespace media

}  // namespace valv::protocol

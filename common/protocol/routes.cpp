#include "common/protocol/routes.h"

#include <algorithm>

#include "common/base/error.h"

namespace valv::protocol {
namespace {

using enum RouteName;
using enum Method;
using enum Caller;
using enum BodyKind;
constexpr Listener kS = Listener::kStaff;
constexpr Listener kP = Listener::kPublic;
constexpr Listener kO = Listener::kOperator;
constexpr Idempotency kOnce = Idempotency::kKey;

constexpr std::array kRoutes{
    Route{kCreateVault, kS, kPost, "/v1/vaults", kAnyCertificate, kJson, kOnce},
    Route{kGetDirectoryHead, kS, kGet, "/v1/vaults/{vault}/directory", kDevice, kNone},
    Route{kPutDirectory, kS, kPost, "/v1/vaults/{vault}/directory", kAnyCertificate, kJson},
    Route{kGetDirectory, kS, kGet, "/v1/vaults/{vault}/directory/{n}", kDevice, kNone},
    Route{kListCases, kS, kGet, "/v1/vaults/{vault}/cases", kDevice, kNone},
    Route{kCreateCase, kS, kPost, "/v1/vaults/{vault}/cases", kWriter, kJson, kOnce},
    Route{kGetCase, kS, kGet, "/v1/vaults/{vault}/cases/{case}", kMember, kNone},
    Route{kPutKeyring, kS, kPost, "/v1/vaults/{vault}/cases/{case}/keyrings", kMember, kJson},
    Route{kGetKeyring, kS, kGet, "/v1/vaults/{vault}/cases/{case}/keyrings/{epoch}/{number}",
          kMember, kNone},
    Route{kListRecoverable, kS, kGet, "/v1/vaults/{vault}/recovery", kAdmin, kNone},
    Route{kGetRecoverableKeyring, kS, kGet,
          "/v1/vaults/{vault}/recovery/{case}/keyrings/{epoch}/{number}", kAdmin, kNone},
    Route{kPutRecoveredKeyring, kS, kPost, "/v1/vaults/{vault}/recovery/{case}/keyrings", kAdmin,
          kJson},
    Route{kPutRecord, kS, kPost, "/v1/vaults/{vault}/cases/{case}/records", kMemberWriter, kJson},
    Route{kGetRecord, kS, kGet, "/v1/vaults/{vault}/cases/{case}/records/{n}", kMember, kNone},
    Route{kPutRetention, kS, kPost, "/v1/vaults/{vault}/cases/{case}/retentions", kMemberWriter,
          kJson},
    Route{kGetRetention, kS, kGet, "/v1/vaults/{vault}/cases/{case}/retentions/{n}", kMember,
          kNone},
    Route{kEraseCase, kS, kPost, "/v1/vaults/{vault}/cases/{case}/erasure", kEraser, kJson, kOnce},
    Route{kListErasures, kS, kGet, "/v1/vaults/{vault}/erasures", kDevice, kNone},
    Route{kCreateUpload, kS, kPost, "/v1/vaults/{vault}/cases/{case}/documents/{document}/uploads",
          kMemberWriter, kJson, kOnce},
    Route{kHeadUpload, kS, kHead,
          "/v1/vaults/{vault}/cases/{case}/documents/{document}/uploads/{upload}", kMemberWriter,
          kNone},
    Route{kAppendUpload, kS, kPatch,
          "/v1/vaults/{vault}/cases/{case}/documents/{document}/uploads/{upload}", kMemberWriter,
          kOctets},
    Route{kFinishUpload, kS, kPost,
          "/v1/vaults/{vault}/cases/{case}/documents/{document}/uploads/{upload}/finish",
          kMemberWriter, kJson},
    Route{kGetDocumentHeader, kS, kGet,
          "/v1/vaults/{vault}/cases/{case}/documents/{document}/header", kMember, kNone},
    Route{kGetDocumentBody, kS, kGet, "/v1/vaults/{vault}/cases/{case}/documents/{document}/body",
          kMember, kNone},
    Route{kRemoveDocument, kS, kDelete, "/v1/vaults/{vault}/cases/{case}/documents/{document}",
          kMemberWriter, kNone},
    Route{kListHeaders, kS, kGet, "/v1/vaults/{vault}/cases/{case}/headers", kMember, kNone},
    Route{kReplaceHeaders, kS, kPost, "/v1/vaults/{vault}/cases/{case}/headers", kMemberWriter,
          kJson},
    Route{kListLinks, kS, kGet, "/v1/vaults/{vault}/cases/{case}/links", kMember, kNone},
    Route{kCreateLink, kS, kPost, "/v1/vaults/{vault}/cases/{case}/links", kMemberWriter, kJson,
          kOnce},
    Route{kGetLink, kS, kGet, "/v1/vaults/{vault}/cases/{case}/links/{link}", kMember, kNone},
    Route{kRevokeLink, kS, kPost, "/v1/vaults/{vault}/cases/{case}/links/{link}/revoke",
          kMemberWriter, kJson},
    Route{kListEnrolments, kS, kGet, "/v1/vaults/{vault}/enrolments", kAdmin, kNone},
    Route{kCreateEnrolment, kS, kPost, "/v1/vaults/{vault}/enrolments", kAdmin, kJson, kOnce},
    Route{kRemoveEnrolment, kS, kDelete, "/v1/vaults/{vault}/enrolments/{invitation}", kAdmin,
          kNone},
    Route{kSubmitEnrolment, kS, kPost, "/v1/vaults/{vault}/enrolments/{invitation}/submissions",
          kProbe, kJson},
    Route{kPollEnrolment, kS, kPost, "/v1/vaults/{vault}/enrolments/{invitation}/poll", kProbe,
          kJson},
    Route{kApproveEnrolment, kS, kPost, "/v1/vaults/{vault}/enrolments/{invitation}/approval",
          kAdmin, kJson},
    Route{kGetCheckpoint, kS, kGet, "/v1/vaults/{vault}/log/checkpoint", kDevice, kNone},
    Route{kGetTile, kS, kGet, "/v1/vaults/{vault}/log/tile/{level}/{tile…}", kDevice, kNone},
    Route{kGetLogEntries, kS, kGet, "/v1/vaults/{vault}/log/entries/{tile…}", kDevice, kNone},
    Route{kGetPage, kP, kGet, "/o", kNobodyChecked, kNone},
    Route{kGetPageAsset, kP, kGet, "/o/{asset}", kNobodyChecked, kNone},
    Route{kLinkHello, kP, kPost, "/v1/links/hello", kProbe, kJson},
    Route{kLinkOpen, kP, kPost, "/v1/links/open", kNobodyChecked, kJson},
    Route{kGetLease, kP, kGet, "/v1/lease", kBearer, kNone},
    Route{kGetReceipt, kP, kGet, "/v1/lease/receipt", kBearer, kNone},
    Route{kGetPackage, kP, kGet, "/v1/lease/package", kBearer, kNone},
    Route{kGetPart, kP, kGet, "/v1/lease/parts/{part}", kBearer, kNone},
    Route{kGetLinkHeader, kP, kGet, "/v1/lease/documents/{row}/header", kBearer, kNone},
    Route{kGetLinkBody, kP, kGet, "/v1/lease/documents/{row}/body", kBearer, kNone},
    Route{kHealth, kO, kGet, "/healthz", kNobodyChecked, kNone},
    Route{kReady, kO, kGet, "/readyz", kNobodyChecked, kNone},
    Route{kMetrics, kO, kGet, "/metrics", kNobodyChecked, kNone},
};

constexpr std::string_view kRestMark = "…}";

std::string_view take_segment(std::string_view& path) {
    const std::size_t slash = path.find('/');
    const std::string_view segment = path.substr(0, slash);
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
    return segment;
}

// The values of one pattern, or nothing. Both start behind their first slash.
std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view path) {
    std::vector<std::string> values;
    const bool ends_in_slash = path.ends_with('/');
    while (!pattern.empty()) {
        const std::string_view wanted = take_segment(pattern);
        if (path.empty()) {
            return std::nullopt;
        }
        if (wanted.ends_with(kRestMark)) {
            values.emplace_back(path);
            return values;
        }
        const std::string_view segment = take_segment(path);
        if (wanted.starts_with('{') && !segment.empty()) {
            values.emplace_back(segment);
        } else if (wanted != segment) {
            return std::nullopt;
        }
    }
    return path.empty() && !ends_in_slash ? std::optional(std::move(values)) : std::nullopt;
}

constexpr std::array<std::pair<Method, std::string_view>, 5> kMethods{
    {{kGet, "GET"}, {kHead, "HEAD"}, {kPost, "POST"}, {kPatch, "PATCH"}, {kDelete, "DELETE"}}};

}  // namespace

std::span<const Route> routes() noexcept {
    return kRoutes;
}

const Route& route(RouteName name) noexcept {
    const auto* const found = std::ranges::find(kRoutes, name, &Route::name);
    VALV_CHECK(found != kRoutes.end());
    return *found;
}

std::string_view to_string(Method method) noexcept {
    return std::ranges::find(kMethods, method, &std::pair<Method, std::string_view>::first)->second;
}

std::optional<Method> parse_method(std::string_view text) noexcept {
    const auto* const found =
        std::ranges::find(kMethods, text, &std::pair<Method, std::string_view>::second);
    return found == kMethods.end() ? std::nullopt : std::optional(found->first);
}

std::optional<RouteMatch> match_route(Listener listener, Method method, std::string_view path) {
    if (!path.starts_with('/')) {
        return std::nullopt;
    }
    for (const Route& candidate : kRoutes) {
        if (candidate.listener != listener || candidate.method != method) {
            continue;
        }
        if (auto values = match(candidate.pattern.substr(1), path.substr(1))) {
            return RouteMatch{.route = &candidate, .values = std::move(*values)};
        }
    }
    return std::nullopt;
}

std::string path_of(RouteName name, std::initializer_list<std::string_view> values) {
    std::string_view rest = route(name).pattern;
    std::string path;
    for (const std::string_view value : values) {
        const std::size_t open = rest.find('{');
        VALV_CHECK(open != std::string_view::npos);
        path.append(rest.substr(0, open)).append(value);
        rest.remove_prefix(rest.find('}') + 1);
    }
    VALV_CHECK(rest.find('{') == std::string_view::npos);
    return path.append(rest);
}

}  // namespace valv::protocol

#include "client/lib/link_opener.h"

#include <algorithm>
#include <set>
#include <utility>

#include "client/lib/body_spool.h"
#include "client/lib/errors.h"
#include "common/base/encoding.h"
#include "common/protocol/wire_error.h"
#include "crypto/core/log_receipt.h"
#include "crypto/sealed/age/detached.h"
#include "crypto/sealed/age/file.h"

namespace valv::client {
namespace {

using protocol::RouteName;

Subject part_subject(std::uint32_t part) {
    return {.object = "part " + std::to_string(part)};
}
Subject paper_subject(std::uint32_t row) {
    return {.object = "paper " + std::to_string(row)};
}

Call lease_call(RouteName route, std::initializer_list<std::string_view> values,
                const std::string& bearer) {
    Call call = call_to(route, values);
    call.bearer = bearer;
    return call;
}

crypto::SecretBytes open_file(ByteView file, const sealed::X25519Identity& identity,
                              const Subject& subject) {
    try {
        return sealed::open(file, {&identity});
    } catch (const Error& error) {
        throw Tampered(tamper::kHeader, error.what(), subject);
    }
}

}  // namespace

// ---- an opened link ----

OpenedLink::OpenedLink(Parts parts)
    : transport_(std::move(parts.transport)),
      keys_(std::move(parts.keys)),
      bearer_(std::move(parts.bearer)),
      holder_sha256_(parts.holder_sha256),
      lease_(std::move(parts.lease)),
      downloads_(std::move(parts.downloads)) {
    read_package();
    read_receipt();
    for (const PackagePart& part : package_.parts) {
        read_part(part);
    }
    check_rows();
}

// Nothing of a file is looked at before its MAC holds.
crypto::SecretBytes OpenedLink::open_checked(std::string_view kind, std::uint32_t part,
                                             const protocol::MacFile& came) const {
    const Subject subject = part == 0 ? Subject{.object = "package"} : part_subject(part);
    const crypto::Hash mac =
        sealed::package_mac(keys_.package_mac_key(), {.kind = kind,
                                                      .link = keys_.id(),
                                                      .version = lease_.version,
                                                      .part = part,
                                                      .object = crypto::sha256(came.file)});
    if (!crypto::constant_time_equal(mac, came.mac)) {
        throw Tampered(tamper::kPackage, "not made by the sender of this link", subject);
    }
    return open_file(came.file, keys_.identity(), subject);
}

void OpenedLink::read_package() {
    const Subject subject{.object = "package"};
    const protocol::MacFile came = must_be_there(subject, [&] {
        return protocol::decode_mac_file(
            ask(*transport_, lease_call(RouteName::kGetPackage, {}, bearer_)).text());
    });
    const crypto::SecretBytes plain = open_checked("package", 0, came);
    package_ = about(subject, [&] { return decode_package(as_text(plain.reveal())); });
    if (package_.link != keys_.id() || package_.version != lease_.version) {
        throw Tampered(tamper::kPackage, "of another link or version", subject);
    }
}

// A part without such a time cannot wait for it.
void OpenedLink::close_part(const PackagePart& listed, const protocol::Refusal& refusal) {
    const bool has_ended = refusal.details().reason != protocol::EndReason::kNotYet;
    if (has_ended ? !listed.ends_at : !listed.opens_at) {
        throw Tampered(tamper::kMissing, "the package opens it now", part_subject(listed.part));
    }
    closed_parts_.push_back(
        {.part = listed, .has_ended = has_ended, .opens_at = refusal.details().at});
}

// docs/formats.md section 9, "An open counts as logged". Before anything of a part is asked for.
void OpenedLink::read_receipt() {
    const Subject subject{.object = "receipt"};
    receipt_ = must_be_there(subject, [&] {
        Call call = lease_call(RouteName::kGetReceipt, {}, bearer_);
        call.max_reply_bytes = limits::kMaxReceiptBytes;
        return std::string(ask(*transport_, call).text());
    });
    about(subject, [&] {
        const crypto::LogEvent event =
            crypto::verify_log_receipt(crypto::decode_log_receipt(receipt_), package_.log_origin,
                                       crypto::verify_key_from(package_.log_key));
        const bool is_own = event.kind == "link-open" && event.find("link") == keys_.id().text() &&
                            event.find("holder_sha256") == to_base64(holder_sha256_);
        const std::chrono::minutes length(package_.policy.lease_minutes);
        if (!is_own || lease_.until > event.at + length) {
            throw Tampered(tamper::kLog, "the log tells another opening than this one", subject);
        }
    });
}

void OpenedLink::read_part(const PackagePart& listed) {
    const Subject subject = part_subject(listed.part);
    protocol::MacFile came;
    try {
        came = must_be_there(subject, [&] {
            const Call call =
                lease_call(RouteName::kGetPart, {std::to_string(listed.part)}, bearer_);
            return protocol::decode_mac_file(ask(*transport_, call).text());
        });
    } catch (const protocol::Refusal& refusal) {
        if (refusal.code() != ErrorCode::kEnded) {
            throw;
        }
        return close_part(listed, refusal);
    }
    const crypto::SecretBytes plain = open_checked("part", listed.part, came);
    if (!equal(crypto::sha256(came.file), listed.sha256)) {
        throw Tampered(tamper::kPackage, "not the part that the package lists", subject);
    }
    Part part = about(subject, [&] { return decode_part(as_text(plain.reveal())); });
    if (part.link != keys_.id() || part.version != lease_.version || part.part != listed.part) {
        throw Tampered(tamper::kPackage, "of another link, version or number", subject);
    }
    parts_.push_back(std::move(part));
}

void OpenedLink::check_rows() const {
    std::set<std::uint32_t> rows;
    for (const LinkPaper& paper : papers()) {
        if (!rows.insert(paper.paper.row).second) {
            throw Tampered(tamper::kPackage, "one row number for two papers",
                           paper_subject(paper.paper.row));
        }
    }
}

std::vector<LinkPaper> OpenedLink::papers() const {
    std::vector<LinkPaper> papers;
    for (const Part& part : parts_) {
        for (const SharedPaper& paper : part.documents) {
            papers.push_back({.part = part.part, .paper = paper});
        }
    }
    return papers;
}

sealed::FileKey OpenedLink::file_key(const SharedPaper& paper) {
    const Subject subject = paper_subject(paper.row);
    const Bytes header = must_be_there(subject, [&] {
        Call call = lease_call(RouteName::kGetLinkHeader, {std::to_string(paper.row)}, bearer_);
        call.max_reply_bytes = limits::kMaxHeaderBytes;
        return ask(*transport_, call).body;
    });
    if (!equal(crypto::sha256(header), paper.header_sha256)) {
        throw Tampered(tamper::kPackage, "its header is not the one that the part lists", subject);
    }
    const sealed::X25519Identity identity = keys_.identity();
    std::optional<sealed::FileKey> key;
    try {
        key = sealed::DetachedHeader(header).unwrap({&identity});
    } catch (const Error& error) {
        throw Tampered(tamper::kHeader, error.what(), subject);
    }
    if (!key) {
        throw Tampered(tamper::kHeader, "its header is for other keys", subject);
    }
    if (!equal(sealed::file_key_hash(*key), paper.file_key_hash)) {
        throw Tampered(tamper::kFileKey, "its header holds the key of another paper", subject);
    }
    return std::move(*key);
}

void OpenedLink::save(std::uint32_t row, const std::filesystem::path& target,
                      local::Overwrite overwrite, const Progress& progress) {
    const std::vector<LinkPaper> all = papers();
    const auto found =
        std::ranges::find_if(all, [&](const LinkPaper& paper) { return paper.paper.row == row; });
    if (found == all.end()) {
        throw Error(ErrorCode::kNotFound, "link: no such row, or its part is not open");
    }
    local::OutputFile output(target, overwrite);
    const ExpectedBody expected{.plain_size = found->paper.size,
                                .root = crypto::hash_from(found->paper.body_root),
                                .subject = paper_subject(row)};
    const sealed::FileKey key = file_key(found->paper);
    BodySpool spool(downloads_ / (keys_.id().text() + "-" + std::to_string(row)));
    spool.download(*transport_, lease_call(RouteName::kGetLinkBody, {std::to_string(row)}, bearer_),
                   expected, progress);
    spool.verify(expected);
    spool.open_into(output, key, expected);
    output.commit();
    spool.remove();
}

// ---- opening ----

LinkOpener::LinkOpener(Environment& environment, HolderStore holders, ByteView url)
    : environment_(environment),
      holders_(std::move(holders)),
      url_(sealed::parse_link_url(url)),
      entry_(url_.mode, url_.secret),
      transport_(environment.network.to_links(url_.origin)) {}

protocol::Welcome LinkOpener::hello() {
    Call call = call_to(RouteName::kLinkHello);
    call.json = protocol::encode(
        protocol::Hello{.id = entry_.id(), .probe = to_bytes(entry_.probe().reveal())});
    return about({.object = "link"},
                 [&] { return protocol::decode_welcome(ask(*transport_, call).text()); });
}

OpenedLink LinkOpener::open(const std::optional<sealed::DigitCode>& code) {
    sealed::LinkKeys keys = sealed::LinkKeys::derive(entry_, code);
    // Kept before it is sent: when the answer is lost, the next try comes back to the same lease.
    const crypto::SecretBytes holder = holders_.holder_for(entry_.id(), environment_.random);
    const protocol::Welcome welcome = hello();
    protocol::Open open{.id = entry_.id(),
                        .challenge = welcome.challenge,
                        .holder = to_bytes(holder.reveal()),
                        .signature = {}};
    const Bytes message =
        sealed::link_open_message(entry_.id(), welcome.challenge, crypto::sha256(holder.reveal()));
    open.signature = to_bytes(keys.auth().sign(message));
    Call call = call_to(RouteName::kLinkOpen);
    call.json = protocol::encode(open);
    protocol::Lease lease = about(
        {.object = "link"}, [&] { return protocol::decode_lease(ask(*transport_, call).text()); });
    return OpenedLink(
        {.transport = environment_.network.to_links(url_.origin),
         .keys = std::move(keys),
         .bearer = protocol::encode_bearer({.link = entry_.id(), .holder = open.holder}),
         .holder_sha256 = crypto::sha256(holder.reveal()),
         .lease = std::move(lease),
         .downloads = holders_.downloads()});
}

}  // namespace valv::client

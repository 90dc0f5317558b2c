// Messages of the protocol: the first octet chooses which. What decodes is encoded to a text that
// decodes to the same; JSON that is none, deep, with a key twice or of another message is refused.
#include "common/protocol/messages.h"

#include <array>

#include "common/protocol/wire_error.h"
#include "tests/fuzz/support.h"
#include "tests/fuzz/target.h"

namespace valv::fuzz {
namespace {

// Reads a message and writes it again.
using Rewrite = std::string (*)(std::string_view json);

template <auto decode>
std::string rewrite(std::string_view json) {
    return protocol::encode(decode(json));
}

// seeds_sent.cpp counts on the places.
constexpr std::array<Rewrite, 33> kMessages{{
    rewrite<protocol::decode_create_vault>,
    rewrite<protocol::decode_vault_created>,
    rewrite<protocol::decode_put>,
    rewrite<protocol::decode_head>,
    rewrite<protocol::decode_case_heads>,
    [](std::string_view json) { return protocol::encode_cases(protocol::decode_cases(json)); },
    rewrite<protocol::decode_create_case>,
    rewrite<protocol::decode_create_upload>,
    rewrite<protocol::decode_upload_created>,
    rewrite<protocol::decode_finish_upload>,
    [](std::string_view json) { return protocol::encode_headers(protocol::decode_headers(json)); },
    rewrite<protocol::decode_replace_headers>,
    rewrite<protocol::decode_create_enrolment>,
    rewrite<protocol::decode_submission>,
    rewrite<protocol::decode_submit>,
    rewrite<protocol::decode_probe>,
    rewrite<protocol::decode_approval>,
    rewrite<protocol::decode_poll_reply>,
    [](std::string_view json) {
        return protocol::encode_enrolments(protocol::decode_enrolments(json));
    },
    rewrite<protocol::decode_policy>,
    rewrite<protocol::decode_mac_file>,
    rewrite<protocol::decode_publication>,
    rewrite<protocol::decode_link_state>,
    [](std::string_view json) { return protocol::encode_links(protocol::decode_links(json)); },
    rewrite<protocol::decode_link_published>,
    rewrite<protocol::decode_hello>,
    rewrite<protocol::decode_welcome>,
    rewrite<protocol::decode_open>,
    rewrite<protocol::decode_lease>,
    rewrite<protocol::decode_retention>,
    rewrite<protocol::decode_erasure>,
    [](std::string_view json) {
        return protocol::encode_erasures(protocol::decode_erasures(json));
    },
    [](std::string_view json) {
        return protocol::encode_log_entries(protocol::decode_log_entries(json));
    },
}};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input(data, size);
    if (input.empty()) {
        return 0;
    }
    const Rewrite message = kMessages[input.front() % kMessages.size()];
    std::string written;
    if (succeeds([&] { written = message(as_text(input.subspan(1))); })) {
        VALV_CHECK(message(written) == written);
    }
    if (succeeds([&] { written = rewrite<protocol::decode_wire_error>(as_text(input)); })) {
        VALV_CHECK(rewrite<protocol::decode_wire_error>(written) == written);
    }
    return 0;
}

}  // namespace valv::fuzz

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "crypto/core/body_root.h"
#include "crypto/sealed/age/error.h"
#include "crypto/sealed/age/header.h"
#include "crypto/tool/age_source.h"
#include "crypto/tool/commands.h"
#include "crypto/tool/inputs.h"

namespace valv::tool {
namespace {

constexpr const char* kVersion = "age-encryption.org/v1";

struct Findings {
    Form form = Form::kBinary;
    std::vector<std::string> stanza_types;  // in the header's order
    std::uint64_t header_bytes = 0;
    std::uint64_t armor_bytes = 0;     // of the armor alone
    std::uint64_t overhead_bytes = 0;  // the payload's nonce and tags
    std::uint64_t payload_bytes = 0;   // of the plaintext; not authenticated
};

void take_header(Findings& findings, ByteView header) {
    findings.header_bytes = header.size();
    for (const sealed::AgeStanza& stanza : sealed::parse_age_header(header).stanzas) {
        findings.stanza_types.push_back(stanza.arguments.front());
    }
}

void take_body_size(Findings& findings, std::uint64_t body_bytes) {
    if (body_bytes < crypto::kBodyNonceBytes) {
        sealed::fail(sealed::AgeFailure::kHeader, "the payload's nonce is missing");
    }
    try {
        findings.payload_bytes = crypto::plain_size(body_bytes);
    } catch (const Error&) {
        sealed::fail(sealed::AgeFailure::kPayload, "no payload has this length");
    }
    findings.overhead_bytes = body_bytes - findings.payload_bytes;
}

// Of a regular file that is not armored the header is enough.
Findings inspect_file(local::ReadableFile& file) {
    Findings findings;
    take_header(findings, read_header(file));
    take_body_size(findings, FileReader(file, findings.header_bytes).size());
    return findings;
}

Findings inspect_stream(local::Source& source) {
    Findings findings;
    std::uint64_t body_bytes = 0;
    FileSplitter splitter([&](ByteView header) { take_header(findings, header); },
                          [&](ByteView part) { body_bytes += part.size(); });
    const AgeOctets octets = pump_age(source, [&](ByteView part) { splitter.push(part); });
    splitter.finish();
    take_body_size(findings, body_bytes);
    findings.form = octets.form;
    findings.armor_bytes = octets.source_bytes - findings.header_bytes - body_bytes;
    return findings;
}

// A key that a quantum computer could find would open the whole file. A passphrase has no public
// key to start from.
bool withstands_quantum_computers(const Findings& findings) {
    return !findings.stanza_types.empty() &&
           std::ranges::all_of(findings.stanza_types, [](const std::string& type) {
               return type == "mlkem768x25519" || type == "scrypt";
           });
}

// Each type once, in the header's order.
std::vector<std::pair<std::string, std::size_t>> counted(const std::vector<std::string>& types) {
    std::vector<std::pair<std::string, std::size_t>> counts;
    for (const std::string& type : types) {
        const auto found =
            std::ranges::find(counts, type, &std::pair<std::string, std::size_t>::first);
        if (found == counts.end()) {
            counts.emplace_back(type, 1);
        } else {
            ++found->second;
        }
    }
    return counts;
}

std::string json_of(const Findings& findings) {
    const nlohmann::ordered_json json{{"version", kVersion},
                                      {"armor", findings.form == Form::kArmored},
                                      {"stanza_types", findings.stanza_types},
                                      {"postquantum", withstands_quantum_computers(findings)},
                                      {"sizes",
                                       {{"header", findings.header_bytes},
                                        {"armor", findings.armor_bytes},
                                        {"overhead", findings.overhead_bytes},
                                        {"payload", findings.payload_bytes}}}};
    return json.dump() + "\n";
}

std::string text_of(const Findings& findings) {
    std::string text = std::string(kVersion) +
                       (findings.form == Form::kArmored ? ", armored\n" : ", not armored\n");
    text += "encrypted to:\n";
    for (const auto& [type, count] : counted(findings.stanza_types)) {
        text += "  " + std::to_string(count) + " " + type + "\n";
    }
    text += std::string("protected against quantum computers: ") +
            (withstands_quantum_computers(findings) ? "yes\n" : "no\n");
    text += "sizes in octets:\n  header    " + std::to_string(findings.header_bytes) +
            "\n  armor     " + std::to_string(findings.armor_bytes) + "\n  overhead  " +
            std::to_string(findings.overhead_bytes) + "\n  payload   " +
            std::to_string(findings.payload_bytes) + "\n";
    return text;
}

}  // namespace

void inspect(const InspectOptions& options, Surroundings& surroundings) {
    Inputs inputs(surroundings.in);
    const Input input = inputs.open(options.input, "input file");
    const bool is_quick = input.file != nullptr && form_of(*input.file) == Form::kBinary;
    const Findings findings = is_quick ? inspect_file(*input.file) : inspect_stream(*input.source);
    surroundings.out.write(as_bytes(options.is_json ? json_of(findings) : text_of(findings)));
}

}  // namespace valv::tool

#include "tests/e2e/casework_story.h"

#include <algorithm>
#include <fstream>
#include <random>
#include <stdexcept>

namespace valv::e2e {
namespace {

nlohmann::json without_references(const nlohmann::json& value) {
    if (value.is_array()) {
        nlohmann::json kept = nlohmann::json::array();
        for (const nlohmann::json& item : value) {
            kept.push_back(without_references(item));
        }
        return kept;
    }
    if (!value.is_object()) {
        return value;
    }
    nlohmann::json kept = nlohmann::json::object();
    for (const auto& [key, item] : value.items()) {
        if (key != "document" && !key.ends_with("_document")) {
            kept[key] = without_references(item);
        }
    }
    return kept;
}

}  // namespace

nlohmann::json importable_record() {
    nlohmann::json record =
        without_references(nlohmann::json::parse(text_of("tests/data/cases/8_3.json")));
    record["documents"] = nlohmann::json::array();
    record["links"] = nlohmann::json::array();
    return record;
}

void write_noise(const std::filesystem::path& file, std::uint64_t octets) {
    constexpr std::uint64_t kSeed = 20260402;
    std::mt19937_64 generator(kSeed);
    std::ofstream out(file, std::ios::binary);
    std::vector<std::uint64_t> block(8192);
    for (std::uint64_t done = 0; done < octets;) {
        std::generate(block.begin(), block.end(), [&] { return generator(); });
        const std::uint64_t count =
            std::min<std::uint64_t>(octets - done, block.size() * sizeof block[0]);
        out.write(reinterpret_cast<const char*>(block.data()), static_cast<std::streamsize>(count));
        done += count;
    }
}

void Story::create_vault() {
    const Outcome token = world_.operate({"vault-token"});
    const std::string file = world_.file("token", token.out);
    world_.expect(kFounder, {"vault", "create", "--server", world_.staff_url(), "--link-origin",
                             world_.page_url(), "--token-file", file, "--name",
                             "Exempelkommunens enhet", "--your-name", "Alva Provsson"});
}

std::string Story::enrol_second() {
    const std::string invitation = world_ / "invitation";
    const auto made = world_.expect(
        kFounder, {"invite", "--role", "coordinator", "--name", "Maja Testberg", "-o", invitation});
    const std::string code = world_.file("invitation.code", made.at("code").get<std::string>());
    (void)world_.run(kSecond, {"enrol", invitation, "--code-file", code, "--no-wait"});
    const auto waiting = world_.expect(kFounder, {"approve", "--list"});
    const std::string words = waiting.at("pending").at(0).at("words");
    world_.expect(kFounder, {"approve", "--yes-words", words});
    const auto enrolled = world_.expect(kSecond, {"enrol", invitation, "--code-file", code});
    if (enrolled.at("words") != words) {
        throw std::runtime_error("the two sides show different words");
    }
    return words;
}

std::string Story::make_case() {
    const auto made = world_.expect(
        kFounder, {"case",       "new",     "--reference", "RV-2026-014",   "--to",
                   "RO",         "--place", "Provești",    "--zone",        "Europe/Bucharest",
                   "--given",    "Ilinca",  "--family",    "Păun-Exempel",  "--born",
                   "2010-09-03", "--sex",   "female",      "--citizenship", "RO",
                   "--speaks",   "ro,en"});
    const std::string id = made.at("case");
    const std::string record = world_.file("record.json", importable_record().dump());
    world_.expect(kFounder, {"case", "import", id, record});
    return id;
}

std::string Story::add(const std::string& case_id, const std::string& file, const Words& more) {
    Words words{"document", "add", case_id, file};
    words.insert(words.end(), more.begin(), more.end());
    return world_.expect(kFounder, words).at("document");
}

SentLink Story::send_link(const std::string& case_id, const std::string& name, const Words& more) {
    Words words{"link", "create", case_id};
    words.insert(words.end(), more.begin(), more.end());
    const auto made = world_.expect(kFounder, words);
    SentLink link{.id = made.at("link"), .url = made.at("url"), .code = made.at("code")};
    link.url_file = world_.file(name + ".url", link.url);
    link.code_file = world_.file(name + ".code", link.code);
    return link;
}

Outcome Story::open(const SentLink& link, const Words& more, const Device& device) {
    Words words{"link", "open", "--url-file", link.url_file, "--code-file", link.code_file};
    words.insert(words.end(), more.begin(), more.end());
    return world_.run(device, words);
}

}  // namespace valv::e2e

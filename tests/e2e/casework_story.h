#pragma once

#include <string>

#include "tests/e2e/program_world.h"

// The steps that most tests begin with, each by the commands that a person would type.
namespace valv::e2e {

inline const Device kFounder{.profile = "founder"};
inline const Device kSecond{.profile = "second"};

struct SentLink {
    std::string id;
    std::string url_file;
    std::string code_file;
    std::string url;
    std::string code;
};

class Story {
public:
    explicit Story(ProgramWorld& world) : world_(world) {}

    void create_vault();
    // kSecond becomes a coordinator, by invitation, code and words. The words.
    std::string enrol_second();
    // A case with the record of tests/data/cases/8_3.json; its id.
    std::string make_case();
    // The document's id.
    std::string add(const std::string& case_id, const std::string& file, const Words& more);
    // A link whose URL and code lie in files for `open`.
    SentLink send_link(const std::string& case_id, const std::string& name, const Words& more);
    Outcome open(const SentLink& link, const Words& more = {},
                 const Device& device = {.profile = "nobody"});

private:
    ProgramWorld& world_;
};

// The record as `case import` takes it: no rows of papers and links, nor references to them.
[[nodiscard]] nlohmann::json importable_record();
// Octets that compress to nothing and are the same in each run.
void write_noise(const std::filesystem::path& file, std::uint64_t octets);

}  // namespace valv::e2e

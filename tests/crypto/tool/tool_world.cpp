#include "tests/crypto/tool/tool_world.h"

#include <iterator>
#include <stdexcept>

#include "crypto/sealed/age/file.h"
#include "crypto/tool/tool.h"

namespace valv::tool::testing {

std::optional<crypto::SecretBytes> ScriptedPrompter::ask(std::string_view question) {
    questions.emplace_back(question);
    if (answers.empty()) {
        return std::nullopt;
    }
    auto answer = crypto::SecretBytes::from(as_bytes(answers.front()));
    answers.pop_front();
    return answer;
}

std::size_t MemorySource::read(std::span<std::uint8_t> out) {
    const std::size_t taken = std::min(out.size(), octets_.size() - at_);
    std::ranges::copy(ByteView(octets_).subspan(at_, taken), out.begin());
    at_ += taken;
    return taken;
}

ToolWorld::ToolWorld() {
    write("key.txt", identity_.text().reveal());
}

Result ToolWorld::run(const std::vector<std::string>& words, ByteView standard_input) {
    MemorySource in(standard_input);
    MemoryScreen out;
    MemoryScreen notes;
    out.is_a_terminal = is_at_terminal;
    Surroundings surroundings{.clock = clock_,
                              .random = random,
                              .prompter = prompter,
                              .in = in,
                              .out = out,
                              .notes = notes,
                              .work = {.log2_n = 4},
                              .cores = 2};
    const int exit_code = tool::run(words, surroundings);
    return {.exit_code = exit_code,
            .out = std::move(out.written),
            .notes = std::string(as_text(notes.written))};
}

Bytes ToolWorld::must_run(const std::vector<std::string>& words, ByteView standard_input) {
    Result result = run(words, standard_input);
    if (result.exit_code != 0) {
        throw std::runtime_error(result.notes);
    }
    return std::move(result.out);
}

std::size_t ToolWorld::file_count() const {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(folder_.path()), {}));
}

Bytes ToolWorld::sealed(ByteView plaintext) {
    return sealed::seal(plaintext, {&identity_.recipient()}, random);
}

Bytes pattern(std::size_t size) {
    Bytes octets(size);
    for (std::size_t at = 0; at < size; ++at) {
        octets[at] = static_cast<std::uint8_t>((at * 31 + at / 251) & 0xffU);
    }
    return octets;
}

}  // namespace valv::tool::testing

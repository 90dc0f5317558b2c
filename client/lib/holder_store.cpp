#include "client/lib/link_opener.h"
#include "common/base/encoding.h"

namespace valv::client {
namespace {

constexpr std::size_t kMaxFileBytes = 1024 * 1024;

// A line is `<link id> <base64url of the holder>`.
struct Line {
    std::string_view text;
    [[nodiscard]] bool is_of(const LinkId& link) const {
        return text.size() > kIdCharacters && text.substr(0, kIdCharacters) == link.text() &&
               text[kIdCharacters] == ' ';
    }
    [[nodiscard]] std::string_view value() const { return text.substr(kIdCharacters + 1); }
};

std::optional<Line> take_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) {
        return std::nullopt;
    }
    const Line line{.text = text.substr(0, end)};
    text.remove_prefix(end + 1);
    return line;
}

crypto::SecretBytes read_lines(const std::filesystem::path& file) {
    return std::filesystem::exists(file) ? local::read_secret_file(file, kMaxFileBytes)
                                         : crypto::SecretBytes();
}

// All lines but those of `link`.
crypto::SecretBuilder lines_without(std::string_view text, const LinkId& link) {
    crypto::SecretBuilder kept;
    while (const std::optional<Line> line = take_line(text)) {
        if (!line->is_of(link)) {
            kept.append(line->text);
            kept.append("\n");
        }
    }
    return kept;
}

}  // namespace

crypto::SecretBytes HolderStore::holder_for(const LinkId& link, RandomSource& random) {
    local::make_private_folder(file_.parent_path());
    const local::FileLock lock(file_.string() + ".lock");
    const crypto::SecretBytes lines = read_lines(file_);
    std::string_view text = as_text(lines.reveal());
    while (const std::optional<Line> line = take_line(text)) {
        if (line->is_of(link)) {
            return crypto::SecretBytes::from(from_base64url(line->value()));
        }
    }
    crypto::SecretBytes holder = crypto::SecretBytes::random(sealed::kHolderBytes, random);
    crypto::SecretBuilder all = lines_without(as_text(lines.reveal()), link);
    all.append(link.text() + " " + to_base64url(holder.reveal()) + "\n");
    local::replace_file(file_, all.take().reveal());
    return holder;
}

void HolderStore::forget(const LinkId& link) {
    if (!std::filesystem::exists(file_)) {
        return;
    }
    const local::FileLock lock(file_.string() + ".lock");
    const crypto::SecretBytes lines = read_lines(file_);
    crypto::SecretBuilder kept = lines_without(as_text(lines.reveal()), link);
    local::replace_file(file_, kept.take().reveal());
}

}  // namespace valv::client

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "client/casework/enums.h"

// Printed papers: what a template of templates/paperwork says about one vault or case, as HTML with
// its print style. Every value is escaped, and no value leaves its line.
namespace valv::casework {

enum class Paper { kRecoveryShare, kErasureCertificate };

// What stands in the place of a secret: `name` between two control characters that no value can
// hold. The caller puts the secret there, in memory that is wiped; nothing secret enters here.
[[nodiscard]] std::string place_for(std::string_view name);

// What the tags of a template stand for.
class PaperView {
public:
    // UTF-8; what a plain line may not hold (common/base/utf8.h) becomes U+FFFD.
    PaperView& text(std::string_view tag, std::string_view value);
    PaperView& number(std::string_view tag, std::uint64_t value);
    // A section that is repeated for each row.
    PaperView& rows(std::string_view tag, std::vector<PaperView> rows);
    // A place_for the tag's own name.
    PaperView& place(std::string_view tag);

    [[nodiscard]] const std::map<std::string, std::string>& texts() const { return texts_; }
    [[nodiscard]] const std::map<std::string, std::vector<PaperView>>& row_lists() const {
        return rows_;
    }

private:
    std::map<std::string, std::string> texts_;
    std::map<std::string, std::vector<PaperView>> rows_;
};

// A whole HTML document that needs nothing from outside. A tag that the view lacks is left empty.
[[nodiscard]] std::string paper_html(Paper paper, DeskLanguage language, const PaperView& view);

}  // namespace valv::casework

#include "client/casework/paperwork.h"

#include <kainjow/mustache.hpp>
#include <utility>

#include "client/casework/embedded.h"
#include "common/base/error.h"
#include "common/base/utf8.h"

namespace valv::casework {
namespace {

using kainjow::mustache::data;
using kainjow::mustache::mustache;

constexpr char kPlaceBegin = '\x02';
constexpr char kPlaceEnd = '\x03';

struct Template {
    std::string_view html;
    std::string_view style;  // beside print.css
};

Template template_of(Paper paper, DeskLanguage language) {
    const bool is_swedish = language == DeskLanguage::kSv;
    switch (paper) {
        case Paper::kRecoveryShare:
            return {.html = is_swedish ? builtin_recovery_share_sv() : builtin_recovery_share_en(),
                    .style = builtin_recovery_share_style()};
        case Paper::kErasureCertificate:
            return {.html = is_swedish ? builtin_erasure_certificate_sv()
                                       : builtin_erasure_certificate_en(),
                    .style = builtin_erasure_certificate_style()};
    }
    return {};
}

data data_of(const PaperView& view) {
    data all(data::type::object);
    for (const auto& [tag, value] : view.texts()) {
        all.set(tag, value);
    }
    for (const auto& [tag, rows] : view.row_lists()) {
        data list(data::type::list);
        for (const PaperView& row : rows) {
            list.push_back(data_of(row));
        }
        all.set(tag, list);
    }
    return all;
}

}  // namespace

std::string place_for(std::string_view name) {
    return kPlaceBegin + std::string(name) + kPlaceEnd;
}

PaperView& PaperView::text(std::string_view tag, std::string_view value) {
    texts_.insert_or_assign(std::string(tag), to_plain_line(value));
    return *this;
}

PaperView& PaperView::number(std::string_view tag, std::uint64_t value) {
    return text(tag, std::to_string(value));
}

PaperView& PaperView::rows(std::string_view tag, std::vector<PaperView> rows) {
    rows_.insert_or_assign(std::string(tag), std::move(rows));
    return *this;
}

PaperView& PaperView::place(std::string_view tag) {
    texts_.insert_or_assign(std::string(tag), place_for(tag));
    return *this;
}

std::string paper_html(Paper paper, DeskLanguage language, const PaperView& view) {
    const Template found = template_of(paper, language);
    data all = data_of(view);
    all.set("style", std::string(builtin_print_style()) + std::string(found.style));
    mustache page{std::string(found.html)};
    const std::string html = page.render(all);
    VALV_CHECK(page.is_valid());
    return html;
}

}  // namespace valv::casework

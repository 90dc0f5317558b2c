#include "client/cli/erased_text.h"

namespace valv::cli {

std::vector<protocol::JsonWriter> tell_erased(Session& session) {
    std::vector<protocol::JsonWriter> rows;
    client::Erasures erasures(session.vault());
    for (const client::ErasedCase& erased : erasures.list_untold()) {
        const std::string papers =
            std::to_string(erased.documents) + (erased.documents == 1 ? " paper" : " papers");
        session.context().output.note("Case " + erased.id.text() + " was erased on " +
                                      time_text(erased.at) + " by decision of " +
                                      session.name_of(erased.by) + ", with its " + papers + ".");
        rows.emplace_back()
            .id("case", erased.id)
            .instant("erased_at", erased.at)
            .text("by", session.name_of(erased.by))
            .integer("documents", erased.documents);
        erasures.forget(erased);
    }
    return rows;
}

casework::Date last_day(Instant erase_after) {
    // The server waits until the day is over in every time zone (client/lib/retention.h).
    return std::chrono::floor<std::chrono::days>(erase_after) - std::chrono::days(2);
}

std::string kept_text(const protocol::Retention& decision) {
    if (decision.held_by) {
        return "on hold";
    }
    return decision.erase_after ? "until " + casework::to_text(last_day(*decision.erase_after))
                                : std::string();
}

}  // namespace valv::cli

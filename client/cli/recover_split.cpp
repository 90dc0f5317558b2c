#include <filesystem>

#include "client/cli/session.h"
#include "client/cli/share_sheet.h"
#include "client/lib/pdf_renderer.h"
#include "client/lib/recovery.h"
#include "common/base/utf8.h"
#include "crypto/local/files.h"

namespace valv::cli {
namespace {

constexpr std::uint32_t kLeastShares = 2;
constexpr std::uint32_t kMostShares = 255;
constexpr unsigned kDefaultThreshold = 2;
constexpr unsigned kDefaultShares = 3;

crypto::SecretBytes share_file(const sealed::RecoveryShare& share, const std::string& vault) {
    crypto::SecretBuilder text;
    text.append("# Resvalv recovery share " + std::to_string(share.x) + " of " +
                std::to_string(share.count) + ", vault " + to_plain_line(vault) + "\n# Any " +
                std::to_string(share.threshold) +
                " of them together open every case. Keep it on paper, in a safe, away from the "
                "others.\n");
    text.append(share.text().reveal());
    text.append("\n");
    return text.take();
}

enum class ShareForm { kText, kPdf, kHtml };

ShareForm form_of(const Arguments& arguments) {
    const std::optional<std::string> form = arguments.text_if("--sheets");
    if (!form) {
        return ShareForm::kText;
    }
    if (*form != "pdf" && *form != "html") {
        throw UsageError(Usage::kBadValue, "--sheets takes pdf or html");
    }
    return *form == "pdf" ? ShareForm::kPdf : ShareForm::kHtml;
}

crypto::SecretBytes pdf_of(Context& context, ByteView html, Instant made_at) {
    return during(Situation::kPrinting,
                  [&] { return client::render_pdf(html, made_at, context.environment.python); });
}

// Where nothing can be printed, no key is split: it would have to be split again.
void require_printing(Context& context) {
    (void)pdf_of(context, as_bytes("<!doctype html><title>-</title>"), context.now());
}

struct ShareFile {
    std::string ending;
    crypto::SecretBytes octets;
};

ShareFile share_in_form(Context& context, ShareForm form, const SheetFacts& facts,
                        const sealed::RecoveryShare& share) {
    switch (form) {
        case ShareForm::kText:
            return {".txt", share_file(share, facts.vault)};
        case ShareForm::kHtml:
            return {".html", share_sheet(facts, share)};
        case ShareForm::kPdf:
            return {".pdf", pdf_of(context, share_sheet(facts, share).reveal(), facts.made_at)};
    }
    return {};
}

// One file for each custodian: one that held them all would be the whole key, in a print queue too.
void write_shares(Context& context, const std::string& folder, ShareForm form,
                  const SheetFacts& facts, const client::NewRecovery& made) {
    std::vector<ShareFile> files;
    for (const sealed::RecoveryShare& share : made.shares) {
        files.push_back(share_in_form(context, form, facts, share));
    }
    during(Situation::kExportFolder, [&] {
        local::make_private_folder(folder);
        for (std::size_t index = 0; index < files.size(); ++index) {
            const std::string name =
                "share-" + std::to_string(made.shares[index].x) + files[index].ending;
            local::OutputFile file(std::filesystem::path(folder) / name, local::Overwrite::kNo);
            file.write(files[index].octets.reveal());
            file.commit();
        }
    });
}

void show_split(Output& output, const client::NewRecovery& made, unsigned threshold) {
    const std::string words = client::recovery_words(made.recipient);
    output.line("Made: " + std::to_string(made.shares.size()) + " shares in the folder, any " +
                    std::to_string(threshold) + " of which open every case.",
                Tone::kGood);
    output.line("Print them, give each to one custodian, and remove the files.");
    output.line("Its words  " + words, Tone::kBold);
    output.line(made.is_confirmed
                    ? "Each colleague now compares these words and runs `resvalv recover accept`."
                    : "Another admin compares these words and runs `resvalv recover confirm`.");
    protocol::JsonWriter json;
    json.integer("shares", made.shares.size()).integer("threshold", threshold).text("words", words);
    json.boolean("confirmed", made.is_confirmed);
    output.json(std::move(json));
}

void split(Context& context, const Arguments& arguments) {
    const unsigned threshold =
        arguments.count_if("--threshold", kLeastShares, kMostShares).value_or(kDefaultThreshold);
    const unsigned count =
        arguments.count_if("--shares", kLeastShares, kMostShares).value_or(kDefaultShares);
    const auto language = arguments.word_if<casework::DeskLanguage>("--lang");
    const ShareForm form = form_of(arguments);
    const std::string folder = arguments.text("--output");
    if (std::filesystem::exists(folder)) {
        throw Placed(Error(ErrorCode::kConflict, "recover: the folder exists"),
                     Situation::kExportFolder);
    }
    if (form == ShareForm::kPdf) {
        require_printing(context);
    }
    Session session(context);
    const client::NewRecovery made = during(Situation::kRecovery, [&] {
        return client::split_recovery(session.vault(), threshold, count);
    });
    const SheetFacts facts{.vault = session.vault().names().vault,
                           .vault_id = session.vault().id(),
                           .words = client::recovery_words(made.recipient),
                           .made_at = context.now(),
                           .language = language.value_or(casework::DeskLanguage::kSv)};
    write_shares(context, folder, form, facts, made);
    show_split(context.output, made, threshold);
}

}  // namespace

std::vector<Command> recover_split_commands() {
    return {{.noun = "recover",
             .verb = "split",
             .help = "Make a recovery key and split it in shares for custodians",
             .arguments = {{"--threshold", Take::kValue, "How many open together; 2 without it"},
                           {"--shares", Take::kValue, "How many there are; 3 without it"},
                           {"-o,--output", Take::kNeeded, "New folder for the shares"},
                           {"--sheets", Take::kValue,
                            "pdf or html: a page for each custodian, not a line of text"},
                           {"--lang", Take::kValue, "sv or en; of the pages, sv without it"}},
             .run = split}};
}

}  // namespace valv::cli

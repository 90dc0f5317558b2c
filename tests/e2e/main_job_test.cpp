#include <algorithm>
#include <csignal>

#include <gtest/gtest.h>

#include "tests/e2e/casework_story.h"

// The main job of the product from invitation to export, with the programs that people run.
namespace valv::e2e {
namespace {

constexpr std::uint64_t kFilmBytes = 200'000'000;
constexpr std::uint64_t kJpegBytes = 4'000'000;

struct Paper {
    std::string file;
    std::string id;
};

class MainJobTest : public ::testing::Test {
protected:
    void add_papers(Story& story, const std::string& case_id);
    void add_by_second(const std::string& case_id);
    void expect_checklist(const std::string& case_id);
    void expect_links_open(Story& story, const std::string& case_id);
    void expect_saved_unchanged(const std::string& case_id);
    void expect_age_opens_export(const std::string& case_id);
    void expect_no_plaintext();

    ProgramWorld world_;
    std::vector<Paper> papers_;
    std::vector<std::string> secrets_;
};

void MainJobTest::add_papers(Story& story, const std::string& case_id) {
    const std::string passport = world_ / "pass.jpg";
    write_noise(passport, kJpegBytes);
    const std::string tail = text_of(passport);
    (void)world_.file("pass.jpg", text_of("tests/data/papers/passport.jpg") + tail);
    const std::string film = world_ / "film.bin";
    write_noise(film, kFilmBytes);
    const std::string note = world_.file(
        "påminnelse – Ilinca.txt", "Ilinca vill sitta vid fönstret. Mata din pisică, dragă!\n");
    papers_.push_back(
        {passport, story.add(case_id, passport,
                             {"--kind", "passport", "--about", "p1", "--number", "XX0000014",
                              "--issuing-country", "RO", "--expires-on", "2028-01-31"})});
    papers_.push_back({note, story.add(case_id, note, {"--kind", "other"})});
    papers_.push_back({film, story.add(case_id, film, {"--kind", "other"})});
}

void MainJobTest::add_by_second(const std::string& case_id) {
    const std::string plan = "tests/data/papers/plan.pdf";
    const auto added = world_.expect(
        kSecond, {"document", "add", case_id, plan, "--kind", "ticket", "--about", "p1"});
    papers_.push_back({plan, added.at("document")});
    EXPECT_EQ(world_.expect(kFounder, {"document", "list", case_id}).at("documents").size(),
              papers_.size());
}

void MainJobTest::expect_checklist(const std::string& case_id) {
    const auto list = world_.expect(kFounder, {"checklist", case_id, "--format", "json", "--all"});
    const auto& items = list.at("items");
    EXPECT_GT(items.size(), 12U);
    const Outcome text = world_.run(kFounder, {"checklist", case_id, "--lang", "en", "--all"});
    EXPECT_EQ(text.exit_code, 0);
    EXPECT_GT(std::count(text.out.begin(), text.out.end(), '\n'), 12);
    const std::string first = items.at(0).at("id");
    EXPECT_NE(text.out.find(first), std::string::npos) << text.out;
}

void MainJobTest::expect_links_open(Story& story, const std::string& case_id) {
    const SentLink office =
        story.send_link(case_id, "office",
                        {"--audience", "office", "--to", "o1", "--kinds",
                         "itinerary,ticket,passport", "--until", "2d", "--opens", "5"});
    const SentLink escort = story.send_link(
        case_id, "escort",
        {"--audience", "escort", "--to", "e1", "--kinds", "itinerary,ticket", "--until", "2d"});
    const Outcome opened = story.open(office, {"-o", world_ / "office"});
    ASSERT_EQ(opened.exit_code, 0) << opened.notes;
    EXPECT_TRUE(is_same_file(world_ / "office/RV-2026-014-passport-1.jpg", papers_.at(0).file));
    const Outcome shown = story.open(escort);
    ASSERT_EQ(shown.exit_code, 0) << shown.notes;
    EXPECT_NE(shown.out.find("XX 314"), std::string::npos) << shown.out;
    EXPECT_EQ(shown.out.find("passport"), std::string::npos) << "the escort gets no passport";
    for (const SentLink& link : {office, escort}) {
        const std::string secret = link.url.substr(link.url.find('#') + 1);
        secrets_.insert(secrets_.end(), {secret, secret.substr(secret.size() - 22), link.code});
    }
}

void MainJobTest::expect_saved_unchanged(const std::string& case_id) {
    for (const Paper& paper : papers_) {
        const std::string saved = world_ / ("saved-" + paper.id);
        world_.expect(kSecond, {"document", "get", case_id, paper.id, "-o", saved});
        EXPECT_TRUE(is_same_file(saved, paper.file)) << paper.file;
    }
}

void MainJobTest::expect_age_opens_export(const std::string& case_id) {
    const std::string folder = world_ / "export";
    world_.expect(kFounder, {"case", "export", case_id, folder});
    for (const Paper& paper : papers_) {
        const std::string opened = world_ / ("age-" + paper.id);
        Process age({.command = {"/usr/bin/age", "-d", "-i", folder + "/case.txt", "-o", opened,
                                 folder + "/documents/" + paper.id + ".age"},
                     .environment = {},
                     .output = world_ / "age.out",
                     .notes = world_ / "age.notes"});
        EXPECT_EQ(age.wait(), 0) << text_of(world_ / "age.notes");
        EXPECT_TRUE(is_same_file(opened, paper.file)) << paper.file;
    }
}

void MainJobTest::expect_no_plaintext() {
    std::vector<std::string> words{
        "Ilinca",   "Exempel",          "Provsson",     "Testberg",      "Travel plan",
        "SPECIMEN", "XX0000014",        "+46701740605", "0701740605",    "RV-2026-014",
        "Otopeni",  "pass.jpg",         "påminnelse",   "pisică",        "film.bin",
        "plan.pdf", "Receiving office", "blåbär",       "AGE-SECRET-KEY"};
    words.insert(words.end(), secrets_.begin(), secrets_.end());
    std::vector<std::filesystem::path> files{world_.server_log(), world_ / "server.out"};
    for (const auto& folder : {world_.server_folder(), world_ / "founder", world_ / "second"}) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
            if (entry.is_regular_file()) {
                files.push_back(entry.path());
            }
        }
    }
    EXPECT_GT(files.size(), 20U);
    for (const auto& file : files) {
        const MappedFile mapped(file);
        for (const std::string& word : words) {
            EXPECT_EQ(mapped.text().find(word), std::string_view::npos)
                << word << " lies in the clear in " << file;
        }
    }
}

TEST_F(MainJobTest, FromInvitationToExport) {
    Story story(world_);
    story.create_vault();
    const std::string words = story.enrol_second();
    const std::string case_id = story.make_case();
    world_.expect(kFounder, {"case", "share", case_id, "Maja Testberg", "--yes-words", words});
    add_papers(story, case_id);
    add_by_second(case_id);
    expect_checklist(case_id);
    expect_links_open(story, case_id);
    expect_saved_unchanged(case_id);
    expect_age_opens_export(case_id);
    world_.expect(kSecond, {"vault", "verify"});
    expect_no_plaintext();
    EXPECT_EQ(world_.end_server(SIGTERM), 0);
    EXPECT_EQ(world_.operate({"check", "--read-data"}).exit_code, 0);
}

}  // namespace
}  // namespace valv::e2e

#include <csignal>
#include <sys/mount.h>

#include <gtest/gtest.h>

#include "tests/e2e/refused.h"

// Programs that are killed in the middle, at a known octet, and a disk that fills: the same command
// again ends the work.
namespace valv::e2e {
namespace {

constexpr std::uint64_t kFilmBytes = 60'000'000;
constexpr std::uint64_t kMiddle = 30'000'000;
constexpr std::uint64_t kSlack =
    10'000'000;  // a piece of 8 MiB is sent again, and the calls around it

class InterruptionTest : public ::testing::Test {
protected:
    explicit InterruptionTest(ServerSettings settings = {}) : world_(std::move(settings)) {
        story_.create_vault();
        case_id_ = story_.make_case();
        write_noise(film_, kFilmBytes);
    }
    [[nodiscard]] Words adding() const {
        return {"document", "add", case_id_, film_, "--kind", "other"};
    }
    [[nodiscard]] Words getting(const std::string& id) const {
        return {"document", "get", case_id_, id, "-o", world_ / "saved", "--force"};
    }
    // The command goes until so much of it crossed the wire; then it waits for what happens next.
    void run_into_the_middle(const Words& words, Way way) {
        world_.staff().reset_counts();
        world_.staff().hold_after(way, kMiddle);
        world_.start(kFounder, words);
        ASSERT_TRUE(world_.staff().wait_until_held());
    }
    void expect_only_film() {
        const auto rows = world_.expect(kFounder, {"document", "list", case_id_}).at("documents");
        ASSERT_EQ(rows.size(), 1U);
        world_.expect(kFounder, getting(rows.at(0).at("document")));
        EXPECT_TRUE(is_same_file(world_ / "saved", film_));
    }
    void add_the_rest() {
        world_.staff().reset_counts();
        world_.expect(kFounder, adding());
        EXPECT_LT(world_.staff().moved(Way::kUp), kFilmBytes - kMiddle + kSlack) << "it began anew";
    }
    void expect_sound_server() {
        EXPECT_EQ(world_.end_server(SIGTERM), 0);
        EXPECT_EQ(world_.operate({"check", "--read-data"}).exit_code, 0);
    }

    ProgramWorld world_;
    Story story_{world_};
    std::string case_id_;
    std::string film_ = world_ / "film.bin";
};

TEST_F(InterruptionTest, AnUploadGoesOnAfterTheServerWasKilled) {
    run_into_the_middle(adding(), Way::kUp);
    EXPECT_EQ(world_.end_server(SIGKILL), 128 + SIGKILL);
    world_.staff().release();
    expect_refused(world_.finish(), {.exit_code = 4, .sentence = "what was sent already is kept"});
    world_.start_server();
    EXPECT_TRUE(world_.expect(kFounder, {"document", "list", case_id_}).at("documents").empty());
    add_the_rest();
    expect_only_film();
    expect_sound_server();
}

TEST_F(InterruptionTest, AnUploadGoesOnAfterTheClientWasKilled) {
    run_into_the_middle(adding(), Way::kUp);
    world_.kill_client();
    world_.staff().release();
    add_the_rest();
    expect_only_film();
    expect_sound_server();
}

TEST_F(InterruptionTest, ADownloadGoesOnAfterClientAndServerWereKilled) {
    const std::string id = world_.expect(kFounder, adding()).at("document");
    run_into_the_middle(getting(id), Way::kDown);
    world_.kill_client();
    world_.staff().release();
    EXPECT_FALSE(std::filesystem::exists(world_ / "saved"));
    world_.staff().reset_counts();
    constexpr std::uint64_t kMore = 15'000'000;
    world_.staff().hold_after(Way::kDown, kMore);
    world_.start(kFounder, getting(id));
    ASSERT_TRUE(world_.staff().wait_until_held());
    world_.end_server(SIGKILL);
    world_.staff().release();
    expect_refused(world_.finish(), {.exit_code = 4, .sentence = "The server cannot be reached"});
    EXPECT_FALSE(std::filesystem::exists(world_ / "saved"));
    world_.start_server();
    world_.staff().reset_counts();
    world_.expect(kFounder, getting(id));
    EXPECT_LT(world_.staff().moved(Way::kDown), kFilmBytes - kMiddle - kMore + kSlack)
        << "it began anew";
    EXPECT_TRUE(is_same_file(world_ / "saved", film_));
}

TEST_F(InterruptionTest, ALeaseOutlivesTheServer) {
    const SentLink link = story_.send_link(case_id_, "office",
                                           {"--audience", "office", "--to", "o1", "--kinds",
                                            "itinerary", "--until", "2d", "--opens", "2"});
    EXPECT_NE(story_.open(link).out.find("opening 1 of 2"), std::string::npos);
    world_.end_server(SIGKILL);
    expect_refused(story_.open(link), {.exit_code = 4, .sentence = "nothing has been used up"});
    world_.start_server();
    EXPECT_NE(story_.open(link).out.find("opening 1 of 2"), std::string::npos)
        << "the same holder used another";
    EXPECT_EQ(world_.end_server(SIGTERM), 0);
    world_.start_server();
    const Device other{.profile = "nobody", .state = "other"};
    EXPECT_NE(story_.open(link, {}, other).out.find("opening 2 of 2"), std::string::npos);
    expect_refused(
        story_.open(link, {}, {.profile = "nobody", .state = "third"}),
        {.sentence = "as many times as it allows (2)", .path = "This link has been opened"});
    expect_sound_server();
}

TEST_F(InterruptionTest, ACutSaveOfALinksPaperCostsNoOpening) {
    (void)story_.add(case_id_, film_, {"--kind", "ticket", "--about", "p1"});
    const SentLink link = story_.send_link(case_id_, "office",
                                           {"--audience", "office", "--to", "o1", "--kinds",
                                            "ticket", "--until", "2d", "--opens", "1"});
    const Words saving{"link",        "open",         "--url-file", link.url_file,
                       "--code-file", link.code_file, "-o",         world_ / "office"};
    world_.page().hold_after(Way::kDown, kMiddle);
    world_.start({.profile = "nobody"}, saving);
    ASSERT_TRUE(world_.page().wait_until_held());
    world_.end_server(SIGKILL);
    world_.page().release();
    EXPECT_EQ(world_.finish().exit_code, 4);
    EXPECT_TRUE(std::filesystem::is_empty(world_ / "office")) << "half a paper is left";
    world_.start_server();
    const Outcome saved = world_.run({.profile = "nobody"}, saving);
    EXPECT_EQ(saved.exit_code, 0) << saved.notes;
    EXPECT_NE(saved.out.find("opening 1 of 1"), std::string::npos) << saved.out;
    EXPECT_TRUE(is_same_file(world_ / "office/RV-2026-014-ticket-1.bin", film_));
}

TEST_F(InterruptionTest, AWaitAfterWrongCodesOutlivesTheServer) {
    SentLink link = story_.send_link(
        case_id_, "office",
        {"--audience", "office", "--to", "o1", "--kinds", "itinerary", "--until", "2d"});
    SentLink wrong = link;
    wrong.code_file = world_.file("wrong.code", "000000000000");
    constexpr int kTriesBeforeTheWait = 5;
    for (int index = 0; index < kTriesBeforeTheWait; ++index) {
        expect_refused(story_.open(wrong), {.sentence = "That code is not right"});
    }
    world_.end_server(SIGKILL);
    world_.start_server();
    expect_refused(story_.open(link), {.sentence = "Too many wrong codes came from this network"});
    world_.advance(std::chrono::minutes(2));
    EXPECT_NE(story_.open(link).out.find("opening 1 of 5"), std::string::npos);
}

// Room for the server's own files and for a part of the film.
class SmallDisk {
public:
    SmallDisk() {
        is_mounted_ = ::mount("tmpfs", folder_.path().c_str(), "tmpfs", MS_NOSUID | MS_NODEV,
                              "size=48m,mode=0700") == 0;
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    ~SmallDisk() {
        if (is_mounted_) {
            ::umount2(folder_.path().c_str(), MNT_DETACH);
        }
    }
    [[nodiscard]] bool is_mounted() const { return is_mounted_; }
    [[nodiscard]] std::filesystem::path folder() const { return folder_ / "server"; }
    [[nodiscard]] bool grow() const {
        return ::mount("tmpfs", folder_.path().c_str(), "tmpfs", MS_REMOUNT | MS_NOSUID | MS_NODEV,
                       "size=256m,mode=0700") == 0;
    }

private:
    valv::test::TempFolder folder_;
    bool is_mounted_ = false;
};

TEST(FullDiskTest, AFullServerSaysSoAndGoesOnWhenThereIsRoom) {
    const SmallDisk disk;
    if (!disk.is_mounted()) {
        GTEST_SKIP() << "needs the right to mount a tmpfs";
    }
    ProgramWorld world({.folder = disk.folder()});
    Story story(world);
    story.create_vault();
    const std::string case_id = story.make_case();
    const std::string small = world.file("small.txt", "a paper that was there before");
    const std::string kept = story.add(case_id, small, {"--kind", "other"});
    const SentLink link = story.send_link(
        case_id, "office",
        {"--audience", "office", "--to", "o1", "--kinds", "itinerary", "--until", "2d"});
    const std::string film = world / "film.bin";
    write_noise(film, kFilmBytes);
    const Words adding{"document", "add", case_id, film, "--kind", "other"};
    expect_refused(world.run(kFounder, adding),
                   {.exit_code = 1, .sentence = "There is no room left"});
    world.expect(kFounder, {"document", "get", case_id, kept, "-o", world / "saved"});
    EXPECT_TRUE(is_same_file(world / "saved", small));
    EXPECT_EQ(story.open(link).exit_code, 0) << "a full disk keeps a recipient out";
    world.expect(kFounder, {"link", "revoke", case_id, link.id});
    ASSERT_TRUE(disk.grow());
    world.staff().reset_counts();
    const std::string id = world.expect(kFounder, adding).at("document");
    EXPECT_LT(world.staff().moved(Way::kUp), kFilmBytes) << "it began anew";
    world.expect(kFounder, {"document", "get", case_id, id, "-o", world / "film"});
    EXPECT_TRUE(is_same_file(world / "film", film));
    EXPECT_EQ(world.end_server(SIGTERM), 0);
    EXPECT_EQ(world.operate({"check", "--read-data"}).exit_code, 0);
}

}  // namespace
}  // namespace valv::e2e

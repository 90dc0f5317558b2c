#include <gtest/gtest.h>

#include "tests/e2e/refused.h"
#include "tests/e2e/store_dump.h"

// What a person does wrong, or finds changed, at the real programs: an exit code, one sentence, and
// everything good as it was.
namespace valv::e2e {
namespace {

struct Row {
    std::string name;
    Words words;  // CASE, PAPER and FOLDER stand for the world's own
    int exit_code = 1;
    std::string sentence;  // a part of it
    std::string path;      // a line before it begins with this, for records
};

class RefusalTest : public ::testing::Test {
protected:
    RefusalTest() {
        story_.create_vault();
        case_id_ = story_.make_case();
        paper_ = world_.file("paper.txt", "the paper that must stay as it is\n");
        paper_id_ = story_.add(case_id_, paper_, {"--kind", "passport", "--about", "p1"});
        record_ = world_.expect(kFounder, {"case", "list"}).at("cases").at(0).at("record");
    }

    [[nodiscard]] Words filled(const Words& words) const {
        Words all;
        for (std::string word : words) {
            for (const auto& [brace, value] : {std::pair{std::string("CASE"), case_id_},
                                               {std::string("PAPER"), paper_id_},
                                               {std::string("FOLDER"), world_.path().string()}}) {
                if (const std::size_t at = word.find(brace); at != std::string::npos) {
                    word.replace(at, brace.size(), value);
                }
            }
            all.push_back(word);
        }
        return all;
    }
    void expect_rows(const std::vector<Row>& rows) {
        for (const Row& row : rows) {
            SCOPED_TRACE(row.name);
            const Outcome outcome = world_.run(kFounder, filled(row.words));
            expect_refused(
                outcome, {.exit_code = row.exit_code, .sentence = row.sentence, .path = row.path});
        }
    }
    // The record as it was, the paper byte for byte, and everything that is signed.
    void expect_intact() {
        EXPECT_EQ(world_.expect(kFounder, {"case", "list"}).at("cases").at(0).at("record"),
                  record_);
        world_.expect(kFounder, {"vault", "verify"});
        const std::string copy = world_ / "copy";
        world_.expect(kFounder, {"document", "get", case_id_, paper_id_, "-o", copy, "--force"});
        EXPECT_TRUE(is_same_file(copy, paper_));
    }
    // The record with one value changed, as a file.
    void write_record(const std::string& name, const std::string& pointer,
                      const nlohmann::json& value) {
        nlohmann::json record = importable_record();
        record[nlohmann::json::json_pointer(pointer)] = value;
        (void)world_.file(name, record.dump());
    }

    ProgramWorld world_{{.environment = {"RESVALVD_MAX_DOCUMENT_BYTES=1000000"}}};
    Story story_{world_};
    std::string case_id_;
    std::string paper_;
    std::string paper_id_;
    std::uint64_t record_ = 0;
};

TEST_F(RefusalTest, WrongUsageIsTwo) {
    expect_rows({
        {"no command", {}, 2, "is missing"},
        {"unknown command", {"burn"}, 2, "There is no such command"},
        {"unknown option", {"case", "list", "--quickly"}, 2, "There is no option --quickly here"},
        {"missing word", {"document", "get", "CASE"}, 2, "is missing"},
        {"a word too many", {"case", "list", "more"}, 2, "a word too many"},
        {"unknown kind",
         {"document", "add", "CASE", "FOLDER/paper.txt", "--kind", "banana"},
         2,
         "--kind takes"},
        {"a time in the past",
         {"link", "create", "CASE", "--audience", "office", "--to", "o1", "--until",
          "2026-01-01T00:00:00Z"},
         2,
         "--until must lie ahead"},
        {"nobody to ask", {"link", "open"}, 2, "There is no terminal to ask at"},
    });
    expect_intact();
}

TEST_F(RefusalTest, AFileThatIsNotWhatItShouldBe) {
    write_noise(world_ / "large.bin", 1'100'000);
    expect_rows({
        {"missing paper",
         {"document", "add", "CASE", "FOLDER/no.pdf", "--kind", "passport"},
         1,
         "There is no file"},
        {"a folder",
         {"document", "add", "CASE", "FOLDER/founder", "--kind", "passport"},
         1,
         "not an ordinary file"},
        {"too large",
         {"document", "add", "CASE", "FOLDER/large.bin", "--kind", "other"},
         1,
         "larger than the server takes"},
        {"file exists",
         {"document", "get", "CASE", "PAPER", "-o", "FOLDER/token"},
         1,
         "--force to replace"},
        {"no folder",
         {"document", "get", "CASE", "PAPER", "-o", "FOLDER/none/x"},
         1,
         "cannot be written there"},
        {"export into a full folder",
         {"case", "export", "CASE", "FOLDER/founder"},
         1,
         "must be new or empty"},
        {"no such paper",
         {"document", "get", "CASE", "aaaaaaaaaaaaaaaaaaaaaaaaaa", "-o", "FOLDER/x"},
         1,
         "no such document"},
        {"no such case", {"case", "show", "RV-1999-001"}, 1, "There is no such case"},
        {"nobody of that name", {"case", "share", "CASE", "Nobody Here"}, 1, "Nobody in the vault"},
    });
    EXPECT_EQ(text_of(world_ / "token").size(), 65U) << "the file that existed";
    EXPECT_FALSE(std::filesystem::exists(world_ / "x"));
    expect_intact();
}

TEST_F(RefusalTest, ARecordThatDoesNotHold) {
    const std::string whole = importable_record().dump();
    (void)world_.file("cut.json", whole.substr(0, whole.size() / 2));
    (void)world_.file("text.json", "no JSON at all");
    write_record("iata.json", "/legs/0/from/iata", "ZZZ");
    write_record("order.json", "/legs/0/arrives", "2026-04-14T07:00");
    write_record("key.json", "/legs/0/colour", "blue");
    write_record("type.json", "/persons/0/citizenships", "RO");
    write_record("date.json", "/persons/0/birth_date", "2010-02-30");
    const std::string end = "correct them and repeat the command";
    expect_rows({
        {"missing", {"case", "import", "CASE", "FOLDER/none.json"}, 1, "There is no record file"},
        {"cut short", {"case", "import", "CASE", "FOLDER/cut.json"}, 1, end, "(the whole record)"},
        {"no JSON", {"case", "import", "CASE", "FOLDER/text.json"}, 1, end, "(the whole record)"},
        {"unknown airport", {"case", "import", "CASE", "FOLDER/iata.json"}, 1, end, "/legs/0/from"},
        {"arrives before it departs",
         {"case", "import", "CASE", "FOLDER/order.json"},
         1,
         end,
         "/legs/0"},
        {"unknown key", {"case", "import", "CASE", "FOLDER/key.json"}, 1, end, "/legs/0/colour"},
        {"another type",
         {"case", "import", "CASE", "FOLDER/type.json"},
         1,
         end,
         "/persons/0/citizenships"},
        {"no such day",
         {"case", "import", "CASE", "FOLDER/date.json"},
         1,
         end,
         "/persons/0/birth_date"},
    });
    expect_intact();
}

TEST_F(RefusalTest, AProfileThatDoesNotOpen) {
    (void)world_.file("wrong", "another passphrase that is long\n");
    expect_rows({
        {"wrong passphrase",
         {"vault", "status", "--passphrase-file", "FOLDER/wrong"},
         1,
         "does not open this profile"},
        {"no passphrase file",
         {"vault", "status", "--passphrase-file", "FOLDER/none"},
         1,
         "is not there"},
        {"no profile",
         {"vault", "status", "--profile", "FOLDER/nobody"},
         1,
         "There is no profile here"},
    });
    world_.end_server(SIGTERM);
    expect_rows({{"server down", {"vault", "status"}, 4, "The server cannot be reached"}});
    world_.start_server();
    expect_intact();
}

TEST_F(RefusalTest, APaperThatWasChangedOnTheServersDiskIsNotSaved) {
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(world_.server_folder() / "blobs")) {
        if (entry.is_regular_file()) {
            std::string octets = text_of(entry.path());
            octets.back() = static_cast<char>(octets.back() ^ 1);
            valv::test::write_file(entry.path(), as_bytes(octets));
        }
    }
    expect_rows(
        {{"changed", {"document", "get", "CASE", "PAPER", "-o", "FOLDER/x"}, 3, "was not saved"},
         {"export", {"case", "export", "CASE", "FOLDER/export"}, 3, "was not saved"}});
    EXPECT_FALSE(std::filesystem::exists(world_ / "x"));
    EXPECT_EQ(world_.expect(kFounder, {"vault", "verify"}).at("verified"), true);
    world_.end_server(SIGTERM);
    EXPECT_EQ(world_.operate({"check", "--read-data"}).exit_code, 3);
}

TEST_F(RefusalTest, ARecordThatWasChangedInTheStoreIsNotShown) {
    world_.end_server(SIGTERM);
    change_store(world_.server_folder() / "store.db",
                 "UPDATE note SET object_octets = randomblob(length(object_octets))"
                 " WHERE rowid = (SELECT max(rowid) FROM note)");
    world_.start_server();
    expect_rows({{"show", {"case", "show", "CASE"}, 3, "nothing was taken over"},
                 {"get", {"document", "get", "CASE", "PAPER", "-o", "FOLDER/x"}, 3, "nothing"},
                 {"by reference", {"case", "show", "RV-2026-014"}, 3, "nothing was taken over"}});
    EXPECT_FALSE(std::filesystem::exists(world_ / "x"));
    EXPECT_EQ(world_.run(kFounder, {"vault", "verify"}).exit_code, 3);
}

TEST_F(RefusalTest, ALinkThatDoesNotOpen) {
    const Words to{"--audience", "office", "--to", "o1", "--kinds", "itinerary,passport"};
    const auto send = [&](const std::string& name, Words more) {
        more.insert(more.end(), to.begin(), to.end());
        return story_.send_link(case_id_, name, more);
    };
    const SentLink expired = send("expired", {"--until", "1h"});
    const SentLink early = send("early", {"--from", "1d", "--until", "2d"});
    const SentLink used = send("used", {"--until", "2d", "--opens", "1"});
    const SentLink revoked = send("revoked", {"--until", "2d"});
    SentLink good = send("good", {"--until", "2d"});
    EXPECT_EQ(story_.open(used).exit_code, 0);
    world_.expect(kFounder, {"link", "revoke", case_id_, revoked.id});
    world_.advance(std::chrono::hours(2));
    expect_refused(story_.open(expired),
                   {.sentence = "This link ran out on 2 April 2026, 11:00 UTC"});
    expect_refused(story_.open(early),
                   {.sentence = "These papers open on 3 April 2026, 10:00 UTC"});
    expect_refused(story_.open(revoked), {.sentence = "withdrawn this link"});
    expect_refused(story_.open(used, {}, {.profile = "nobody", .state = "other"}),
                   {.sentence = "as many times as it allows", .path = "This link has been opened"});
    SentLink wrong = good;
    wrong.code_file = world_.file("wrong.code", "000000000000");
    expect_refused(story_.open(wrong),
                   {.sentence = "That code is not right and nothing has been used up"});
    wrong.code_file = world_.file("short.code", "12345");
    expect_refused(story_.open(wrong),
                   {.exit_code = 2, .sentence = "The code must have 12 digits"});
    wrong = good;
    wrong.url_file = world_.file("cut.url", good.url.substr(0, good.url.size() - 5));
    expect_refused(story_.open(wrong), {.sentence = "This link is not complete"});
    const Outcome opened = story_.open(good, {"-o", world_ / "papers"});
    EXPECT_EQ(opened.exit_code, 0) << opened.notes;
    EXPECT_NE(opened.out.find("opening 1 of 5"), std::string::npos) << "a refusal cost an opening";
    Outcome again = story_.open(good, {"-o", world_ / "papers"});
    EXPECT_NE(again.out.find("opening 1 of 5"), std::string::npos) << "the same holder came back";
    again.out.clear();  // the package itself is shown
    expect_refused(again, {.sentence = "--force to replace"});
}

}  // namespace
}  // namespace valv::e2e

#include <regex>

#include <gtest/gtest.h>

#include "common/protocol/limits.h"
#include "common/protocol/messages.h"
#include "common/protocol/routes.h"
#include "tests/e2e/casework_story.h"
#include "tests/e2e/store_dump.h"
#include "tests/server/http/raw_client.h"

// What the public listener tells somebody who has no link, octet by octet: nothing, whatever
// happened to the link.
namespace valv::e2e {
namespace {

using http::testing::RawClient;
using http::testing::status_of;
using protocol::RouteName;

class UniformTest : public ::testing::Test {
protected:
    UniformTest() {
        story_.create_vault();
        const std::string case_id = story_.make_case();
        const auto send = [&](const std::string& name, Words more) {
            const Words to{"--audience", "office", "--to", "o1", "--kinds", "itinerary"};
            more.insert(more.end(), to.begin(), to.end());
            return story_.send_link(case_id, name, more);
        };
        const SentLink expired = send("expired", {"--until", "1h"});
        const SentLink early = send("early", {"--from", "1d", "--until", "2d"});
        const SentLink used = send("used", {"--until", "2d", "--opens", "1"});
        const SentLink revoked = send("revoked", {"--until", "2d"});
        live_ = send("live", {"--until", "2d"});
        EXPECT_EQ(story_.open(used).exit_code, 0);
        world_.expect(kFounder, {"link", "revoke", case_id, revoked.id});
        world_.advance(std::chrono::hours(2));
        links_ = {{"expired", expired.id},
                  {"not yet", early.id},
                  {"used up", used.id},
                  {"revoked", revoked.id},
                  {"live", live_.id}};
    }

    // The whole reply; the date, which says nothing of the link, is taken out.
    std::string ask(const std::string& head, const std::string& body = "") {
        RawClient client(world_.page().port());
        const std::string length = body.empty()
                                       ? ""
                                       : "Content-Type: application/json\r\nContent-Length: " +
                                             std::to_string(body.size()) + "\r\n";
        client.send(head + "\r\nHost: 127.0.0.1\r\nConnection: close\r\n" + length + "\r\n" + body);
        return std::regex_replace(client.read_to_end(), std::regex("\r\nDate: [^\r]*"), "");
    }
    std::string post(RouteName route, const std::string& body) {
        return ask("POST " + protocol::path_of(route) + " HTTP/1.1", body);
    }
    std::string hello_without_probe(const std::string& id) {
        return post(RouteName::kLinkHello,
                    protocol::encode(protocol::Hello{.id = LinkId::parse(id),
                                                     .probe = Bytes(limits::kSecretBytes)}));
    }
    std::string open_without_probe(const std::string& id) {
        return post(RouteName::kLinkOpen,
                    protocol::encode(protocol::Open{.id = LinkId::parse(id),
                                                    .challenge = Bytes(limits::kSecretBytes),
                                                    .holder = Bytes(limits::kSecretBytes),
                                                    .signature = Bytes(limits::kSignatureBytes)}));
    }
    [[nodiscard]] std::map<std::string, std::string> store() const {
        return dump_store(world_.server_folder() / "store.db");
    }
    // By table, so that a failure names it.
    void expect_untouched(const std::map<std::string, std::string>& before) const {
        EXPECT_GT(before.size(), 20U);
        for (const auto& [table, rows] : store()) {
            EXPECT_TRUE(rows == before.at(table)) << "a trace is left in " << table;
        }
    }

    const std::string unknown_ = "aaaaaaaaaaaaaaaaaaaaaaaaaa";
    ProgramWorld world_;
    Story story_{world_};
    SentLink live_;
    std::vector<std::pair<std::string, std::string>> links_;  // state, id
};

TEST_F(UniformTest, WithoutTheProbeEveryLinkLooksUnknown) {
    const std::string hello = hello_without_probe(unknown_);
    const std::string open = open_without_probe(unknown_);
    EXPECT_EQ(status_of(hello), 404);
    EXPECT_EQ(status_of(open), 404);
    const auto before = store();
    for (const auto& [state, id] : links_) {
        EXPECT_EQ(hello_without_probe(id), hello) << state;
        EXPECT_EQ(open_without_probe(id), open) << state;
    }
    expect_untouched(before);
}

TEST_F(UniformTest, ThePageIsTheSameForEverybody) {
    const std::string page = ask("GET /o HTTP/1.1");
    EXPECT_EQ(status_of(page), 200);
    for (const char* const more :
         {"User-Agent: Mozilla/5.0", "User-Agent: facebookexternalhit/1.1", "Cookie: a=b",
          "Accept-Language: sv", "Referer: https://mail.example.org/", "Purpose: prefetch",
          "X-Forwarded-For: 203.0.113.9", "Authorization: Bearer AAAA"}) {
        EXPECT_EQ(ask(std::string("GET /o HTTP/1.1\r\n") + more), page) << more;
    }
    EXPECT_EQ(page.find("Set-Cookie"), std::string::npos);
}

TEST_F(UniformTest, AScannerChangesNothing) {
    std::vector<std::string> paths{"/",
                                   "/o",
                                   "/o/",
                                   "/o?x=1",
                                   "/robots.txt",
                                   "/favicon.ico",
                                   "/.well-known/security.txt",
                                   "/o/" + live_.id};
    for (const protocol::Route& route : protocol::routes()) {
        paths.push_back(
            std::regex_replace(std::string(route.pattern), std::regex("\\{[^}]*\\}"), live_.id));
    }
    const std::string page = ask("GET /o HTTP/1.1");
    std::smatch script;
    ASSERT_TRUE(std::regex_search(page, script, std::regex("src=\"?(/o/[^\" >]+)"))) << page;
    paths.push_back(script.str(1));
    const auto before = store();
    for (const std::string& path : paths) {
        for (const char* const method : {"GET ", "HEAD ", "OPTIONS "}) {
            const int status = status_of(ask(std::string(method) + path + " HTTP/1.1"));
            EXPECT_TRUE(status >= 200 && status < 500) << method << path << " " << status;
        }
    }
    expect_untouched(before);
    const Outcome opened = story_.open(live_);
    EXPECT_NE(opened.out.find("opening 1 of 5"), std::string::npos) << opened.notes;
}

}  // namespace
}  // namespace valv::e2e

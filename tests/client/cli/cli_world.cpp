#include "tests/client/cli/cli_world.h"

#include <gtest/gtest.h>

namespace valv::cli::test {
namespace {

constexpr std::string_view kPassphrase = "five words that do not belong\n";

}  // namespace

std::string Ran::json_text(std::string_view key) const {
    const std::string start = "\"" + std::string(key) + "\":\"";
    const std::size_t at = out.find(start);
    if (at == std::string::npos) {
        ADD_FAILURE() << "no " << key << " in " << out << notes;
        return {};
    }
    const std::size_t from = at + start.size();
    return out.substr(from, out.find('"', from) - from);
}

CliWorld::CliWorld() {
    file("passphrase", kPassphrase);
}

std::string CliWorld::path(std::string_view name) const {
    return (world.folder / name).string();
}

std::string CliWorld::file(std::string_view name, std::string_view content) {
    valv::test::write_file(world.folder / name, as_bytes(content));
    return path(name);
}

Ran CliWorld::run_bare(const std::vector<std::string>& words) {
    TextScreen out;
    TextScreen notes;
    App app(world.environment, prompter, out, notes,
            {.data_home = path("data"), .state_home = path("state"), .home = path("home")});
    const int code = app.run(words);
    return {.code = code, .out = out.text, .notes = notes.text};
}

Ran CliWorld::run(std::string_view who, std::vector<std::string> words) {
    for (const std::string& word : {std::string("--profile"), path(who),
                                    std::string("--passphrase-file"), path("passphrase")}) {
        words.push_back(word);
    }
    return run_bare(words);
}

void CliWorld::found() {
    const std::string token = file("token", as_text(world.server.make_token().reveal()));
    const Ran made = run("founder", {"vault", "create", "--server", "https://vault.example:8443",
                                     "--name", "Test vault", "--token-file", token, "--your-name",
                                     "Åsa Öberg", "--link-origin", "https://links.example"});
    ASSERT_EQ(made.code, kExitDone) << made.notes;
}

void CliWorld::enrol(const std::string& who, const std::string& role) {
    const std::string invitation = path(who + ".invitation");
    const Ran invited =
        run("founder", {"invite", "--role", role, "--name", who, "-o", invitation, "--json"});
    ASSERT_EQ(invited.code, kExitDone) << invited.out;
    const std::string code = file(who + ".code", invited.json_text("code"));
    const std::vector<std::string> enrol{"enrol", invitation,  "--code-file",
                                         code,    "--no-wait", "--json"};
    ASSERT_EQ(run(who, enrol).json_text("error"), "not_approved");
    const Ran pending = run("founder", {"approve", "--list", "--json"});
    const Ran approved =
        run("founder", {"approve", "--yes-words", pending.json_text("words"), "--json"});
    ASSERT_EQ(approved.code, kExitDone) << approved.out;
    const Ran enrolled = run(who, enrol);
    ASSERT_EQ(enrolled.code, kExitDone) << enrolled.out;
}

void CliWorld::make_case() {
    const Ran made =
        run("founder", {"case", "new", "--reference", "RV-2026-014", "--to", "RO", "--place",
                        "Iasi", "--zone", "Europe/Bucharest", "--given", "Sanda", "--age", "24"});
    ASSERT_EQ(made.code, kExitDone) << made.notes;
    const Ran filled =
        run("founder", {"case", "import", "RV-2026-014", file("record.json", record_json())});
    ASSERT_EQ(filled.code, kExitDone) << filled.notes;
}

std::string record_json() {
    return R"({"format":"resvalv/case/1",
"case":{"id":"caseaaaaaaaaaaaaaaaaaaaaaa","reference":"RV-2026-014","phase":"before","status":"open",
 "opened_on":"2026-01-12","language":"en"},
"persons":[{"id":"p1","role":"traveller","name":{"family":"Model","given":"Sanda"},
 "birth_date":"2001-11-02","sex":"female","citizenships":["RO"],"languages":["ro"]}],
"origin":{"country":"SE"},
"destination":{"country":"RO","place":"Iasi","zone":"Europe/Bucharest"},
"legs":[{"id":"l1","mode":"air",
 "from":{"iata":"ARN","name":"Stockholm Arlanda","zone":"Europe/Stockholm","country":"SE"},
 "to":{"iata":"OTP","name":"Bucharest Otopeni","zone":"Europe/Bucharest","country":"RO"},
 "departs":"2026-04-08T11:00","arrives":"2026-04-08T14:40","carrier":"Example Air",
 "number":"XX 401","status":"booked"}],
"receptions":[{"id":"o1","office":"Receiving office","contact":"k1","duty_phone":"+442079460302"}],
"consents":[{"id":"ca","form":"consent-participation","version":"2026-01","language":"ro",
 "about":"p1","given_by":"p1","purpose":"return","given_at":"2026-02-02T09:00:00Z",
 "expires_on":"2026-08-31","explained_stop":true},
 {"id":"cb","form":"consent-sharing","version":"2026-01","language":"ro","about":"p1",
 "given_by":"p1","scope":[{"audience":"office","kinds":["itinerary","identity-card"],
 "recipients":["o1"]}],"purpose":"return","given_at":"2026-02-02T09:05:00Z",
 "expires_on":"2026-08-31"}],
"contacts":[{"id":"k1","role":"office","name":"Reception desk","phone":"+442079460302"}]})";
}

}  // namespace valv::cli::test

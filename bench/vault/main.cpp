// What a whole vault costs a client: cases of 50 papers each, opened cold and warm, a record
// committed, a big case that gets new keys: valv_bench_vault [CASES [PAPERS]], 100 and 1 000 else.
// The server runs in the same process over the memory store, so its share is in every figure and no
// disk or network is. Prints a table.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>
#include <sys/resource.h>
#include <vector>

#include "client/lib/documents.h"
#include "tests/client/lib/support/party.h"

namespace valv::bench {
namespace {

using client::Case;
using client::Cases;
using client::test::Member;
using client::test::World;

constexpr int kPapers = 50;
constexpr int kCommits = 100;
constexpr int kOpens = 20;

double cpu_milliseconds() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    constexpr double kMilliseconds = 1e3;
    return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * kMilliseconds +
           static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / kMilliseconds;
}

double cost_of(const std::function<void()>& step) {
    const double begin = cpu_milliseconds();
    step();
    return cpu_milliseconds() - begin;
}

void row(const char* what, double milliseconds, const char* goal) {
    std::printf("| %s | %.1f | %s |\n", what, milliseconds, goal);
    std::fflush(stdout);
}

std::string reference(int number) {
    const std::string digits = std::to_string(number);
    return "RV-2026-" + std::string(3 - std::min<std::size_t>(3, digits.size()), '0') + digits;
}

// A case with papers whose bodies are small: what is measured here grows with their number.
CaseId make_case(World& world, Member& owner, int number, int papers) {
    const CaseId id = Cases(owner.vault).create(client::test::plain_record(reference(number)));
    Case opened = owner.open(id);
    client::Documents documents(opened);
    const std::filesystem::path paper = world.folder / "paper";
    for (int count = 0; count < papers; ++count) {
        (void)documents.add(paper, client::test::passport_row());
    }
    return id;
}

// Every chain of every case, from where this device's pins stand.
void open_all(Member& member) {
    member.vault.sync();
    Cases cases(member.vault);
    for (const client::CaseSummary& summary : cases.list()) {
        Case opened = cases.open(summary.id);
        if (opened.read_record().record.documents.empty()) {
            throw Error(ErrorCode::kInternal, "bench: a case without papers");
        }
    }
}

void bench(int case_count, int papers_of_the_big_case) {
    World world;
    client::test::write_file(world.folder / "paper", client::test::some_octets(1000));
    const auto founder = client::test::found(world);
    const auto other = client::test::enrol(world, *founder, "other");
    founder->vault.sync();
    std::vector<CaseId> ids;
    for (int number = 1; number <= case_count; ++number) {
        ids.push_back(make_case(world, *founder, number, kPapers));
        founder->open(ids.back()).share({other->device()});
    }
    std::printf("| CPU of client and server | ms | goal |\n|---|---|---|\n");
    row("all cases, by a device that sees them for the first time",
        cost_of([&] { open_all(*other); }), "2 000");
    row("all cases, by a device that knows them", cost_of([&] { open_all(*other); }), "");
    row("one case of 50 papers, by a device that knows it",
        cost_of([&] {
            for (int count = 0; count < kOpens; ++count) {
                (void)other->open(ids.front()).read_record();
            }
        }) / kOpens,
        "100");
    Case opened = founder->open(ids.front());
    row("a record commit of that case",
        cost_of([&] {
            for (int count = 0; count < kCommits; ++count) {
                opened.update_record([](casework::Record record) { return record; });
            }
        }) / kCommits,
        "20");
    Case big = founder->open(make_case(world, *founder, case_count + 1, papers_of_the_big_case));
    big.share({other->device()});
    row("new keys for the big case", cost_of([&] { big.unshare({other->device()}); }), "10 000");
}

}  // namespace
}  // namespace valv::bench

int main(int count, char** words) {
    try {
        valv::bench::bench(count > 1 ? std::stoi(words[1]) : 100,
                           count > 2 ? std::stoi(words[2]) : 1000);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "valv_bench_vault: %s\n", error.what());
        return 1;
    }
    return 0;
}

#include <iostream>

#include <gtest/gtest.h>

#include "tests/crash/crash_states.h"
#include "tests/crash/runs.h"
#include "tests/crash/workload.h"
#include "tests/server/store/fixtures.h"

// What a power cut may leave at any moment of the workload, and that the enumerator sees each
// planted fault.
namespace valv::crash {
namespace {

using store::testing::TemporaryFolder;

bool is_long() {
    return std::getenv("VALV_LONG") !=
           nullptr;  // NOLINT(concurrency-mt-unsafe): nothing sets it here
}

// A fault and how it is planted. `drop_sync` is a path below the data folder (recorder.cpp).
struct Planted {
    std::string name;
    OrderFault order = OrderFault::kNone;
    std::string drop_sync{};
    bool is_legal_on_ext4 = false;

    friend void PrintTo(const Planted& planted, std::ostream* out) { *out << planted.name; }
};

const std::vector<Planted>& planted_faults() {
    static const std::vector<Planted> faults = {
        {.name = "NoFsyncOfTheBlob", .drop_sync = "/blobs/[a-z2-7]*/*"},
        // Legal on ext4, where the next fsync takes every earlier name along.
        {.name = "NoFsyncOfTheBlobsFolder",
         .drop_sync = "/blobs/[a-z2-7]*",
         .is_legal_on_ext4 = true},
        {.name = "RowBeforeBlob", .order = OrderFault::kRowBeforeBlob},
        {.name = "NoFsyncOfTheCommit", .drop_sync = "/store.db-wal"},
        {.name = "NoFsyncOfANewFoldersParent", .drop_sync = "/blobs", .is_legal_on_ext4 = true},
        {.name = "AckBeforeCommit", .order = OrderFault::kAckBeforeCommit},
        {.name = "ErasedBeforeItIs", .order = OrderFault::kErasedBeforeItIs},
        {.name = "NoFsyncOfTheErasureKey", .drop_sync = "/erasure/[a-z2-7]*/*"},
        {.name = "NoFsyncOfTheErasureKeysFolder", .drop_sync = "/erasure/[a-z2-7]*"},
        {.name = "NoFsyncOfTheCheckpoint", .drop_sync = "/store.db"},
    };
    return faults;
}

struct Result {
    std::size_t states = 0;
    std::vector<std::string> faults;  // of the first bad state
};

Timeline record(const TemporaryFolder& folder, const Planted& planted, int rounds) {
    const auto root = folder.path() / "data";
    std::filesystem::create_directory(root);
    const auto run =
        record_workload(folder.path(),
                        {"run", root.string(), std::to_string(static_cast<int>(planted.order)),
                         std::to_string(rounds)},
                        planted.drop_sync);
    return {run.record, run.root.string()};
}

// `acks_before`: what was promised before the record began.
std::vector<std::string> faults_of(const CrashState& state,
                                   const std::vector<std::string>& acks_before) {
    const TemporaryFolder left;
    state.image.materialise(left.path());
    std::vector<std::string> acks = acks_before;
    acks.insert(acks.end(), state.acks.begin(), state.acks.end());
    return faults_after_crash(left.path(), acks);
}

Result check_states(const Timeline& timeline, Model model, Depth depth,
                    const std::vector<std::string>& acks_before = {}) {
    Result result;
    result.states = for_each_crash_state(timeline, model, depth, [&](const CrashState& state) {
        result.faults = faults_of(state, acks_before);
        return result.faults.empty();
    });
    return result;
}

// Recovers what a crash left, under the recorder.
Timeline record_recovery(const TemporaryFolder& folder, const CrashState& start) {
    constexpr Node kPastAllNodes = 1'000'000;
    const auto root = folder.path() / "data";
    std::filesystem::create_directory(root);
    start.image.materialise(root);
    const auto run = record_workload(folder.path(), {"recover", root.string()});
    return {run.record, run.root.string(), start.image, kPastAllNodes};
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) {
        text += "\n  " + line;
    }
    return text;
}

const std::string& name_of(Model model) {
    static const std::string posix = "Posix";
    static const std::string ext4 = "Ext4";
    return model == Model::kPosix ? posix : ext4;
}

std::vector<std::pair<Model, Planted>> planted_faults_by_model() {
    std::vector<std::pair<Model, Planted>> all;
    for (const Planted& planted : planted_faults()) {
        all.emplace_back(Model::kPosix, planted);
        if (!planted.is_legal_on_ext4) {
            all.emplace_back(Model::kExt4, planted);
        }
    }
    return all;
}

}  // namespace

class CrashTest : public ::testing::TestWithParam<Model> {};
INSTANTIATE_TEST_SUITE_P(Every, CrashTest, ::testing::Values(Model::kPosix, Model::kExt4),
                         [](const auto& tested) { return name_of(tested.param); });

TEST_P(CrashTest, EveryStateThatAPowerCutMayLeaveIsGood) {
    const TemporaryFolder folder;
    const Timeline timeline = record(folder, {.name = "None"}, is_long() ? 6 : 2);
    const Result result =
        check_states(timeline, GetParam(), is_long() ? Depth::kThorough : Depth::kSparse);
    EXPECT_TRUE(result.faults.empty()) << "state " << result.states << joined(result.faults);
    EXPECT_GT(result.states, 200U);
    std::cout << name_of(GetParam()) << ": " << timeline.events().size() << " events, "
              << timeline.units().size() << " units, " << result.states << " states\n";
}

class PlantedFaultTest : public ::testing::TestWithParam<std::pair<Model, Planted>> {};
INSTANTIATE_TEST_SUITE_P(Every, PlantedFaultTest, ::testing::ValuesIn(planted_faults_by_model()),
                         [](const auto& tested) {
                             return name_of(tested.param.first) + tested.param.second.name;
                         });

TEST_P(PlantedFaultTest, IsFound) {
    const auto& [model, planted] = GetParam();
    const TemporaryFolder folder;
    const Timeline timeline = record(folder, planted, 2);
    // None of the faults can break anything before the first promise; the schema is long made then.
    Result result;
    result.states =
        for_each_crash_state(timeline, model, Depth::kSparse, [&](const CrashState& state) {
            result.faults = state.acks.empty() ? std::vector<std::string>{} : faults_of(state, {});
            return result.faults.empty();
        });
    EXPECT_FALSE(result.faults.empty()) << "not in " << result.states << " states";
    std::cout << name_of(model) << " " << planted.name << ": state " << result.states
              << joined(result.faults) << "\n";
}

// A crash in the middle of what follows a crash: WAL recovery, a checkpoint, the sweep.
TEST(CompoundCrashTest, EveryStateOfARecoveryIsGood) {
    const TemporaryFolder folder;
    const Timeline timeline = record(folder, {.name = "None"}, 2);
    const std::size_t stride = is_long() ? 20 : 300;  // of the states, these are recovered
    std::size_t number = 0;
    std::size_t starts = 0;
    Result result;
    for_each_crash_state(timeline, Model::kPosix, Depth::kSparse, [&](const CrashState& state) {
        if (++number % stride != 0) {
            return true;
        }
        ++starts;
        const TemporaryFolder recovered;
        const Timeline recovery = record_recovery(recovered, state);
        const Result found = check_states(recovery, Model::kPosix, Depth::kSparse, state.acks);
        result.states += found.states;
        result.faults = found.faults;
        return result.faults.empty();
    });
    EXPECT_TRUE(result.faults.empty()) << "start " << starts << joined(result.faults);
    EXPECT_GT(result.states, starts);
    std::cout << "Compound: " << starts << " starts, " << result.states << " states\n";
}

}  // namespace valv::crash

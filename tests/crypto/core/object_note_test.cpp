#include "crypto/core/object_note.h"

#include <gtest/gtest.h>

#include "crypto/core/signed_note.h"
#include "tests/crypto/core/note_builders.h"
#include "tests/crypto/expect_error.h"

namespace valv::crypto {
namespace {

using test::hash;
using test::id;

ObjectNote a_record() {
    return {.kind = NoteKind::kRecord,
            .vault = id<VaultId>(1),
            .case_id = id<CaseId>(2),
            .link = std::nullopt,
            .epoch = 3,
            .number = 4,
            .object = hash(5),
            .previous = hash(6),
            .directory = {.number = 7, .hash = hash(8)},
            .checkpoint = {.size = 9, .root = hash(10)},
            .devices = {},
            .recovery = std::nullopt};
}

ObjectNote a_keyring() {
    ObjectNote note = a_record();
    note.kind = NoteKind::kKeyring;
    note.devices = {id<DeviceId>(20), id<DeviceId>(21)};
    note.recovery = hash(22);
    return note;
}

ObjectNote a_policy() {
    ObjectNote note = a_record();
    note.kind = NoteKind::kPolicy;
    note.link = id<LinkId>(30);
    return note;
}

ObjectNote a_retention() {
    ObjectNote note = a_record();
    note.kind = NoteKind::kRetention;
    return note;
}

ObjectNote a_first_record() {
    ObjectNote note = a_record();
    note.number = 1;
    note.previous = std::nullopt;
    note.checkpoint = {.size = 0, .root = empty_root()};
    return note;
}

// docs/formats.md section 3, line by line.
TEST(ObjectNoteTest, TheTextIsTheOneOfTheFormat) {
    EXPECT_EQ(encode_object_note(a_keyring()),
              "resvalv/v1/keyring\n"
              "vault aeaqcaibaeaqcaibaeaqcaibae\n"
              "case aibaeaqcaibaeaqcaibaeaqcai\n"
              "object aibaeaqcaibaeaqcaibaeaqcai\n"
              "epoch 3\n"
              "number 4\n"
              "sha256 53uamunjCw29tvUQomTvneeBUB17a5KuiesFnFq3Q9s=\n"
              "previous Z1humPrSfaC5lovAOaHvNMk5ubjlI6i++J1HhgjF7PY=\n"
              "directory 7 vurXeZTPVzNB7Be1i79+s00nEcmTwdl2sSizGI3Bgpo=\n"
              "checkpoint 9 AbpHGcgLb+kRsJGnwFEktk7uzpZOCcBY74+YBdrKVGs=\n"
              "recovery fLfEVHzyZTWQ16ms5gzGI9JRSK37yIqJrrDviNp4Obo=\n"
              "device cqkbifaucqkbifaucqkbifaucq\n"
              "device cukrkfivcukrkfivcukrkfivcu\n");
}

class EveryObjectNoteTest : public testing::TestWithParam<ObjectNote> {};

TEST_P(EveryObjectNoteTest, ComesBackAsItWas) {
    EXPECT_EQ(decode_object_note(encode_object_note(GetParam())), GetParam());
}

TEST_P(EveryObjectNoteTest, EachShorterTextIsMalformed) {
    const std::string text = encode_object_note(GetParam());
    for (std::size_t size = 0; size < text.size(); ++size) {
        const std::string cut = text.substr(0, size);
        // A keyring without its last device line is another well-formed keyring: the signature
        // covers that.
        if (size + std::string("device cukrkfivcukrkfivcukrkfivcu\n").size() == text.size() &&
            GetParam().kind == NoteKind::kKeyring) {
            continue;
        }
        EXPECT_EQ(test::error_of([&] { static_cast<void>(decode_object_note(cut)); }), "malformed")
            << size;
    }
}

TEST_P(EveryObjectNoteTest, ADecodedTextEncodesToItselfWhateverOctetChanged) {
    const std::string text = encode_object_note(GetParam());
    for (std::size_t at = 0; at < text.size(); ++at) {
        for (const char replacement : {'0', 'a', 'A', ' ', '\n', '-', '='}) {
            std::string changed = text;
            changed[at] = replacement;
            try {
                EXPECT_EQ(encode_object_note(decode_object_note(changed)), changed);
            } catch (const Error& error) {
                EXPECT_EQ(error.code(), ErrorCode::kMalformed);
            }
        }
    }
}

TEST_P(EveryObjectNoteTest, EachDroppedDoubledOrSwappedLineIsMalformed) {
    const std::string text = encode_object_note(GetParam());
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at) + 1;
        lines.push_back(text.substr(at, end - at));
        at = end;
    }
    const auto joined = [](const std::vector<std::string>& all) {
        std::string whole;
        for (const std::string& line : all) {
            whole += line;
        }
        return whole;
    };
    for (std::size_t at = 0; at < lines.size(); ++at) {
        std::vector<std::string> doubled = lines;
        doubled.insert(doubled.begin() + static_cast<std::ptrdiff_t>(at), lines[at]);
        EXPECT_EQ(test::error_of([&] { static_cast<void>(decode_object_note(joined(doubled))); }),
                  "malformed")
            << at;
        std::vector<std::string> swapped = lines;
        std::swap(swapped[at], swapped[(at + 1) % lines.size()]);
        EXPECT_EQ(test::error_of([&] { static_cast<void>(decode_object_note(joined(swapped))); }),
                  "malformed")
            << at;
        if (!lines[at].starts_with("device")) {
            std::vector<std::string> dropped = lines;
            dropped.erase(dropped.begin() + static_cast<std::ptrdiff_t>(at));
            EXPECT_EQ(
                test::error_of([&] { static_cast<void>(decode_object_note(joined(dropped))); }),
                "malformed");
        }
    }
}

std::string case_name(const testing::TestParamInfo<ObjectNote>& parameter) {
    const std::vector<std::string> names{"Record", "Keyring", "Policy", "Retention", "FirstRecord"};
    return names.at(parameter.index);
}

INSTANTIATE_TEST_SUITE_P(Kinds, EveryObjectNoteTest,
                         testing::Values(a_record(), a_keyring(), a_policy(), a_retention(),
                                         a_first_record()),
                         case_name);

struct Damage {
    const char* name;
    const char* from;
    const char* to;
};

class DamagedNoteTest : public testing::TestWithParam<Damage> {};

TEST_P(DamagedNoteTest, IsMalformed) {
    std::string text = encode_object_note(a_keyring());
    const std::size_t at = text.find(GetParam().from);
    ASSERT_NE(at, std::string::npos);
    text.replace(at, std::string(GetParam().from).size(), GetParam().to);
    EXPECT_EQ(test::error_of([&] { static_cast<void>(decode_object_note(text)); }), "malformed");
}

INSTANTIATE_TEST_SUITE_P(
    Fields, DamagedNoteTest,
    testing::Values(
        Damage{"UnknownKind", "v1/keyring", "v1/key"},
        Damage{"NewerVersion", "v1/keyring", "v2/keyring"},
        Damage{"DirectoryKind", "v1/keyring", "v1/directory"},
        Damage{"RecordWithDevices", "v1/keyring", "v1/record"},
        Damage{"NoCase", "case aibaeaqcaibaeaqcaibaeaqcai", "case -"},
        Damage{"ObjectIsNotTheCase", "object aib", "object aea"},
        Damage{"UpperCaseId", "vault aeaq", "vault AEAQ"},
        Damage{"EpochZero", "epoch 3", "epoch 0"}, Damage{"LeadingZero", "number 4", "number 04"},
        Damage{"NumberZero", "number 4", "number 0"},
        Damage{"FirstWithPrevious", "number 4", "number 1"},
        Damage{"LaterWithoutPrevious",
               "previous Z1humPrSfaC5lovAOaHvNMk5ubjlI6i++J1HhgjF7PY=", "previous -"},
        Damage{"NumberTooLarge", "number 4", "number 4294967296"},
        Damage{"DirectoryZeroWithHash", "directory 7", "directory 0"},
        Damage{"DirectoryWithoutHash",
               "directory 7 vurXeZTPVzNB7Be1i79+s00nEcmTwdl2sSizGI3Bgpo=", "directory 7 -"},
        Damage{"NoDirectory",
               "directory 7 vurXeZTPVzNB7Be1i79+s00nEcmTwdl2sSizGI3Bgpo=", "directory 0 -"},
        Damage{"EmptyTreeWithRoot", "checkpoint 9", "checkpoint 0"},
        Damage{"UnpaddedBase64", "q3Q9s=", "q3Q9s"},
        Damage{"NonCanonicalBase64", "q3Q9s=", "q3Q9t="},
        Damage{"TwoSpaces", "epoch 3", "epoch  3"},
        Damage{"CarriageReturn", "epoch 3\n", "epoch 3\r\n"},
        Damage{"DevicesDescend", "device cqkb", "device eqkb"},
        Damage{"TrailingLine", "vcu\n", "vcu\nx\n"}),
    [](const testing::TestParamInfo<Damage>& parameter) {
        return std::string(parameter.param.name);
    });

class SignedObjectNoteTest : public testing::Test {
protected:
    test::TestDevice device_{1};
    Bytes note_ = sign_object_note(a_record(), device_.line.device, device_.signing_key);
};

TEST_F(SignedObjectNoteTest, VerifiesAndNamesItsSigner) {
    EXPECT_EQ(claimed_signer(note_), device_.line.device);
    EXPECT_EQ(verify_object_note(note_, device_.line.device, device_.line.signing_key), a_record());
}

TEST_F(SignedObjectNoteTest, EachFlippedOctetIsNoticed) {
    for (std::size_t at = 0; at < note_.size(); ++at) {
        Bytes damaged = note_;
        damaged[at] ^= 1U;
        EXPECT_EQ(test::error_of([&] {
                      static_cast<void>(verify_object_note(damaged, device_.line.device,
                                                           device_.line.signing_key));
                  }),
                  "tampered note_signature_invalid");
    }
}

TEST_F(SignedObjectNoteTest, ASignerThatIsNoDeviceIdIsRefused) {
    const Bytes note = sign_note(encode_object_note(a_record()), "alice", device_.signing_key);
    EXPECT_EQ(test::error_of([&] { static_cast<void>(claimed_signer(note)); }),
              "tampered note_signature_invalid");
}

TEST_F(SignedObjectNoteTest, ASignedTextThatIsNoNoteIsMalformed) {
    const Bytes note = sign_note("hello\n", device_.line.device.text(), device_.signing_key);
    EXPECT_EQ(test::error_of([&] {
                  static_cast<void>(
                      verify_object_note(note, device_.line.device, device_.line.signing_key));
              }),
              "malformed");
}

}  // namespace
}  // namespace valv::crypto

// Writes the seeds of the corpora: valv_fuzz_seeds tests/fuzz/corpus. The same files in every run.
#include <filesystem>
#include <fstream>
#include <iostream>

#include "common/base/bech32.h"
#include "common/base/encoding.h"
#include "crypto/sealed/age/armor.h"
#include "crypto/sealed/age/detached.h"
#include "crypto/sealed/age/file.h"
#include "crypto/sealed/age/hybrid.h"
#include "crypto/sealed/age/passphrase.h"
#include "crypto/sealed/age/x25519.h"
#include "tests/crypto/seeded_random.h"
#include "tests/fuzz/seeds_sent.h"

namespace valv::fuzz {
namespace {

class Seeds {
public:
    explicit Seeds(std::filesystem::path corpus) : corpus_(std::move(corpus)) {}

    void sent() const {
        write_sent_seeds([this](const std::string& target, const std::string& name,
                                ByteView octets) { write(target, name, octets); });
    }
    void headers() {
        const sealed::PassphraseRecipient passphrase(crypto::SecretBytes::from(as_bytes("seed")),
                                                     {.log2_n = 1});
        write("header", "x25519", header({&classic_.recipient()}));
        write("header", "two", header({&classic_.recipient(), &classic_.recipient()}));
        write("header", "scrypt", header({&passphrase}));
        sealed::AgeHeader grease{
            .stanzas = {{.arguments = {"a-grease", "b", "~!"}, .body = Bytes(100, 0xa5)},
                        {.arguments = {"empty"}, .body = {}},
                        {.arguments = {"full"}, .body = Bytes(48, 1)}},
            .mac = crypto::hash_from(Bytes(crypto::kHashBytes, 7))};
        write("header", "grease", encode_age_header(grease));
        write("header", "file", file_);
    }
    void armors() {
        const Bytes text = armored(file_);
        std::string crlf;
        for (const char character : as_text(text)) {
            crlf.append(character == '\n' ? "\r\n" : std::string(1, character));
        }
        write("armor", "file", text);
        write("armor", "crlf", as_bytes(crlf));
        write("armor", "blanks", concat({as_bytes("\n \t\n"), text, as_bytes("\n  ")}));
        write("armor", "full_line", armored(Bytes(48, 0xff)));
        write("armor", "empty", armored({}));
        write("armor", "short_line",
              as_bytes("-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\nYWdl\n"
                       "-----END AGE ENCRYPTED FILE-----\n"));
    }
    void key_texts() {
        const std::string recipient = classic_.recipient().text();
        const std::string hybrid =
            sealed::HybridRecipient(Bytes(sealed::kHybridPublicBytes, 5)).text();
        for (const char* target : {"bech32", "identity"}) {
            write(target, "recipient", as_bytes(recipient));
            write(target, "identity", classic_.text().reveal());
            write(target, "hybrid_identity", hybrid_.text().reveal());
        }
        write("identity", "hybrid_recipient", as_bytes(hybrid));
        write("identity", "upper_recipient", as_bytes(to_upper_ascii(recipient)));
        write("identity", "lower_identity",
              as_bytes(to_lower_ascii(as_text(classic_.text().reveal()))));
        write("identity", "file",
              concat({as_bytes("# public key: " + recipient + "\n\n"), classic_.text().reveal(),
                      as_bytes("\r\n"), hybrid_.text().reveal(), as_bytes("\n")}));
        write("identity", "recipients_file", as_bytes("# two\n" + recipient + "\n" + hybrid));
        write("bech32", "upper", as_bytes(to_upper_ascii(recipient)));
        write("bech32", "short", as_bytes("a12uel5l"));  // BIP 173
        write("bech32", "two_separators", as_bytes(bech32_encode("1a1", Bytes(3))));
        write("bech32", "extra_group", as_bytes("age1qqqqqqqqqqq"));  // the target mends its end
    }
    void texts() {
        const Bytes octets = to_bytes(ByteView(file_).first(20));
        write("encoding", "base64", as_bytes(to_base64(octets)));
        write("encoding", "base64url", as_bytes(to_base64url(octets)));
        write("encoding", "base32", as_bytes(to_base32(octets)));
        write("encoding", "hex", as_bytes(to_hex(octets)));
    }
    void stanzas() {
        const std::string body(32, 'b');
        const std::string share = to_base64_unpadded(Bytes(crypto::kX25519Bytes, 9));
        const std::string small_order = to_base64_unpadded(Bytes(crypto::kX25519Bytes));
        const std::string encapsulated = to_base64_unpadded(Bytes(1120, 9));
        write("x25519", "raw", as_bytes("X25519 " + share + "\n" + body));
        write("x25519", "small_order", as_bytes("X25519 " + small_order + "\n" + body));
        write("hybrid", "raw", as_bytes("mlkem768x25519 " + encapsulated + "\n" + body));
        const std::string salt = to_base64_unpadded(Bytes(16, 9));
        for (const char* factor : {"1", "4", "20", "0", "04", "21", "+4", "4x"}) {
            write("passphrase", std::string("factor_").append(factor),
                  as_bytes("scrypt " + salt + " " + factor + "\n" + body));
        }
        for (const char* target : {"x25519", "hybrid", "passphrase"}) {
            write(target, "genuine", as_bytes("~"));
            write(target, "other", as_bytes("ssh-ed25519 abcd\n"));
        }
        for (const char* target : {"x25519", "hybrid"}) {
            write(target, "changed", Bytes{'~', 0, 31, 0x80});
        }
    }
    // Lists of edits (edited_body.h).
    void bodies() {
        for (std::uint8_t size = 0; size < 7; ++size) {
            write("stream", "true_" + std::to_string(size), Bytes{size});
        }
        write("stream", "long", Bytes{0xff});
        write("stream", "changed", Bytes{2, 0, 0, 5, 1});
        write("stream", "cut", Bytes{6, 1, 1, 0, 0});
        write("stream", "trailing", Bytes{4, 2, 15, 0, 3});
        write("stream", "swapped", Bytes{6, 4, 0, 0, 0, 5, 0, 0, 0});
        write("stream", "last_in_the_middle", Bytes{5, 1, 1, 0, 0, 6, 1, 0, 5, 6, 2, 9, 3});
        write("stream", "empty_last", Bytes{5, 1, 1, 0, 0, 6, 1, 0, 1});
        write("stream", "longer", Bytes{5, 1, 1, 0, 0, 6, 1, 0, 4, 6, 2, 40, 3});
    }

private:
    void write(const std::string& target, const std::string& name, ByteView octets) const {
        std::filesystem::create_directories(corpus_ / target);
        std::ofstream out(corpus_ / target / name, std::ios::binary);
        out << as_text(octets);
        if (!out.flush()) {
            throw std::runtime_error("cannot write " + name);
        }
    }
    [[nodiscard]] Bytes header(const sealed::AgeRecipients& recipients) {
        return sealed::DetachedHeader::wrap(sealed::FileKey::random(random_), recipients, random_)
            .octets();
    }
    [[nodiscard]] static Bytes armored(ByteView octets) {
        Bytes text;
        sealed::ArmorWriter writer([&](ByteView part) { append(text, part); });
        writer.push(octets);
        writer.finish();
        return text;
    }

    std::filesystem::path corpus_;
    test::SeededRandom random_{"seeds"};
    sealed::X25519Identity classic_ = sealed::X25519Identity::random(random_);
    sealed::HybridIdentity hybrid_ = sealed::HybridIdentity::random(random_);
    Bytes file_ = sealed::seal(as_bytes("papers"), {&classic_.recipient()}, random_);
};

}  // namespace
}  // namespace valv::fuzz

int main(int count, char** arguments) {
    if (count != 2) {
        std::cerr << "usage: valv_fuzz_seeds FOLDER\n";
        return 2;
    }
    valv::fuzz::Seeds seeds(arguments[1]);
    seeds.headers();
    seeds.armors();
    seeds.key_texts();
    seeds.texts();
    seeds.stanzas();
    seeds.bodies();
    seeds.sent();
    return 0;
}

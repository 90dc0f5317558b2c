#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/lib/environment.h"
#include "client/lib/package.h"
#include "client/lib/progress.h"
#include "common/protocol/messages.h"
#include "common/protocol/wire_error.h"
#include "crypto/local/files.h"
#include "crypto/sealed/digit_code.h"
#include "crypto/sealed/file_key.h"
#include "crypto/sealed/link_keys.h"

// Links, the recipient's side: no profile, no script of the server's.
namespace valv::client {

// `$XDG_STATE_HOME/resvalv/holders`, 0600: with its holder a device comes back to its lease without
// another open.
class HolderStore {
public:
    explicit HolderStore(std::filesystem::path file) : file_(std::move(file)) {}
    // The kept one, or a new one that is kept from now on.
    [[nodiscard]] crypto::SecretBytes holder_for(const LinkId& link, RandomSource& random);
    void forget(const LinkId& link);
    // Beside it: ciphertext of cut downloads.
    [[nodiscard]] std::filesystem::path downloads() const {
        return file_.parent_path() / "downloads";
    }

private:
    std::filesystem::path file_;
};

// A paper of a link, with the part it stands in.
struct LinkPaper {
    std::uint32_t part = 0;
    SharedPaper paper;
};
// A part that did not come: not yet open, or over.
struct ClosedPart {
    PackagePart part;
    bool has_ended = false;
    std::optional<Instant> opens_at;  // as the server says
};

// An opened link: everything in it passed its MAC, and the opening itself is in the sender's log.
class OpenedLink {
public:
    [[nodiscard]] const Package& package() const noexcept { return package_; }
    [[nodiscard]] const std::vector<Part>& parts() const noexcept { return parts_; }
    [[nodiscard]] const std::vector<ClosedPart>& closed_parts() const noexcept {
        return closed_parts_;
    }
    [[nodiscard]] std::vector<LinkPaper> papers() const;
    [[nodiscard]] const protocol::Lease& lease() const noexcept { return lease_; }
    // That this very opening stands in the sender's log (docs/formats.md section 9), verified; the
    // text of a C2SP tlog-proof, for whoever wants to keep it.
    [[nodiscard]] const std::string& receipt() const noexcept { return receipt_; }
    // Row k into `target`; checked like Documents::get. kNotFound for an unknown row.
    void save(std::uint32_t row, const std::filesystem::path& target, local::Overwrite overwrite,
              const Progress& progress = {});

private:
    friend class LinkOpener;
    struct Parts {
        std::unique_ptr<Transport> transport;
        sealed::LinkKeys keys;
        std::string bearer;
        crypto::Hash holder_sha256{};
        protocol::Lease lease;
        std::filesystem::path downloads;
    };
    explicit OpenedLink(Parts parts);
    void read_package();
    void read_receipt();
    void read_part(const PackagePart& listed);
    void close_part(const PackagePart& listed, const protocol::Refusal& refusal);
    void check_rows() const;
    [[nodiscard]] crypto::SecretBytes open_checked(std::string_view kind, std::uint32_t part,
                                                   const protocol::MacFile& came) const;
    [[nodiscard]] sealed::FileKey file_key(const SharedPaper& paper);
    std::unique_ptr<Transport> transport_;
    sealed::LinkKeys keys_;
    std::string bearer_;
    crypto::Hash holder_sha256_;
    protocol::Lease lease_;
    std::filesystem::path downloads_;  // ciphertext of cut downloads
    Package package_;
    std::string receipt_;
    std::vector<Part> parts_;
    std::vector<ClosedPart> closed_parts_;
};

class LinkOpener {
public:
    LinkOpener(Environment& environment, HolderStore holders, ByteView url);  // kMalformed
    [[nodiscard]] const std::string& origin() const noexcept { return url_.origin; }
    [[nodiscard]] bool needs_code() const noexcept { return url_.mode == sealed::LinkMode::kCode; }
    // What the server says before anything is used up: state live, used_up or locked. Throws
    // kNotFound; kEnded.
    [[nodiscard]] protocol::Welcome hello();
    // Uses up one open unless this device has a lease. Throws kWrongCode, kWaiting, kEnded
    // (protocol::Refusal), and kTampered for what came and does not hold.
    [[nodiscard]] OpenedLink open(const std::optional<sealed::DigitCode>& code);

private:
    Environment& environment_;
    HolderStore holders_;
    sealed::LinkUrl url_;
    sealed::LinkEntry entry_;
    std::unique_ptr<Transport> transport_;
};

}  // namespace valv::client

#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "client/cli/command.h"
#include "client/cli/sentences.h"
#include "client/lib/cases.h"
#include "client/lib/profile.h"
#include "client/lib/vault.h"

namespace valv::cli {

// The opened profile with its synced vault: what every command of staff begins with. Asks for the
// passphrase.
class Session {
public:
    explicit Session(Context& context);
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    [[nodiscard]] Context& context() const noexcept { return context_; }
    [[nodiscard]] client::Profile& profile() noexcept { return profile_; }
    [[nodiscard]] client::Vault& vault() noexcept { return vault_; }
    // Of whoever works here; goes into rows of the record.
    [[nodiscard]] std::string own_name();
    [[nodiscard]] std::string name_of(const PersonId& person);
    [[nodiscard]] std::string name_of(const DeviceId& device);

    // By id or reference (`RV-2026-014`).
    [[nodiscard]] client::Case open_case(const std::string& id_or_reference);

private:
    Context& context_;
    client::Profile profile_;
    client::Vault vault_;
};

// Reads, changes and writes a record; what casework would refuse leaves as RecordRefused, and a
// record of a newer format as Stopped.
client::RecordState change_record(client::Case& opened,
                                  const std::function<casework::Record(casework::Record)>& change);

// The devices that a person's name, a person's id or a device's id means; active ones only.
[[nodiscard]] std::vector<DeviceId> devices_of(Session& session, const std::string& who);

[[nodiscard]] std::vector<std::string> texts_of(const std::vector<DeviceId>& devices);

// ---- questions ----

// --passphrase-file or a prompt.
[[nodiscard]] crypto::SecretBytes ask_passphrase(Context& context);
// Twice at a prompt; 15 to 1,024 characters.
[[nodiscard]] crypto::SecretBytes ask_new_passphrase(Context& context);
// The first line of a file: anything that can be read, a pipe too.
[[nodiscard]] crypto::SecretBytes read_secret_line(const std::string& file);
// From the file that the option names, else from a prompt.
[[nodiscard]] crypto::SecretBytes secret_from(Context& context, const Arguments& arguments,
                                              std::string_view option, std::string_view question,
                                              local::Echo echo);
// The option's value, else what is answered at a prompt; never empty.
[[nodiscard]] std::string text_from(Context& context, const Arguments& arguments,
                                    std::string_view option, std::string_view question);
// `question [y/N]`: yes?
[[nodiscard]] bool is_confirmed(Context& context, std::string_view question);
// A device is about to be taken in: the words of its keys agree, by the person's answer or by
// --yes-words where that is given.
[[nodiscard]] bool do_words_agree(Context& context, const Arguments& arguments,
                                  const std::string& words, std::string_view question);
// What to throw when they do not.
[[nodiscard]] Stopped words_refused(const Arguments& arguments);

}  // namespace valv::cli

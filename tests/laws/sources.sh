#!/bin/sh
# Laws (b) to (e) of ARCHITECTURE.md, read from the sources.
#   sources.sh LAW ROOT      LAW: b c d e; ROOT: the repository, or a fixture that is laid out like it
# Prints one line `broken (LAW): FILE:LINE: TEXT` for each finding; exit code 1 when there is one.
set -eu
law=$1
root=$2
[ -d "$root" ] || { echo "no such folder: $root"; exit 2; }
# The vocabulary of law d always comes from the real protocol.
protocol=$(dirname "$0")/../../common/protocol
findings=$(mktemp)
trap 'rm -f "$findings"' EXIT

# Product sources below the folders named, as paths from the root; comments that fill a line are no code.
search() { # search PATTERN FOLDER…  -> FILE:LINE:TEXT
    pattern=$1
    shift
    (
        cd "$root"
        for folder in "$@"; do
            [ -e "$folder" ] || continue
            find "$folder" -type f \( -name '*.h' -o -name '*.cpp' -o -name '*.ts' \) ! -path '*/node_modules/*' -exec grep -nHE -e "$pattern" {} + || true
        done
    ) | grep -vE '^[^:]+:[0-9]+:[[:space:]]*(//|\*|/\*)' || true
}

# Keeps the findings outside the homes (an extended regular expression over the path).
outside() { grep -vE "^($1)" >>"$findings" || true; }

everything="common crypto server client"

law_b() {
    search '#include <openssl/' $everything | outside 'crypto/|server/http/staff_tls\.cpp:|client/lib/tls_pin\.cpp:'
    search '#include <sqlite3' $everything | outside 'server/store/sqlite/'
    search '#include <curl/' $everything | outside 'client/lib/curl_transport\.cpp:'
    search '#include [<"]Poco/' $everything | outside 'server/http/poco_[a-z_]+\.(h|cpp):|server/http/staff_tls\.cpp:|client/desk/poco_[a-z_]+\.(h|cpp):'
    search '#include <toml' $everything | outside 'server/app/config\.cpp:'
    search '#include <CLI/' $everything | outside 'server/app/cli\.cpp:|client/cli/|crypto/tool/command_line\.cpp:'
    search '#include <qrencode' $everything | outside 'client/cli/qr_text\.cpp:'
    search '#include <kainjow/' $everything | outside 'client/casework/paperwork\.cpp:'
    search '#include <nlohmann/' server crypto common | outside 'common/protocol/|crypto/tool/inspect\.cpp:'
    search '#include <(gtest|gmock)/' $everything | outside 'nowhere'
    # Nobody but sealed itself and the client may see what decrypts.
    search '#include "crypto/sealed/' $everything | outside 'crypto/|client/'
    search '#include "(client|tests)/' server common crypto | outside 'nowhere'
    search '#include "(server|tests)/' client common crypto | outside 'nowhere'
    search '#include "server/http/' server/service server/store | outside 'nowhere'
    search '#include "server/service/' server/store | outside 'nowhere'
}

law_c() {
    search '(SystemClock|SystemRandom)[ ({;]' $everything |
        outside 'common/base/clock\.(h|cpp):|crypto/core/system_random\.(h|cpp):|server/app/main\.cpp:|client/cli/main\.cpp:|crypto/tool/main\.cpp:'
    search '(system_clock|steady_clock|high_resolution_clock)::now|clock_gettime|gettimeofday|[^_a-z]time\((nullptr|0|NULL)\)|this_thread::sleep|[^_a-z]u?sleep\(' \
        $everything | outside 'common/base/clock\.cpp:'
    search 'random_device|mt19937|getrandom|getentropy|RAND_(priv_)?bytes|[^_a-z]s?rand\(' $everything | outside 'crypto/core/system_random\.cpp:'
    search '[^_a-z]::(socket|connect|bind|listen|accept4?)\(|getaddrinfo' $everything | outside 'server/http/poco_|client/desk/poco_'
    search 'SqliteStore[ ({]|FileBlobStore[ ({]' server | outside 'server/store/|server/app/server_parts\.'
}

# Every name of the wire, one a line.
keys() { sed -n 's/.*k[A-Z][A-Za-z0-9]* = "\([a-z0-9_]*\)";/\1/p' "$protocol/keys.h"; }
errors() { sed -n 's/.*WireErrorKind{ErrorCode::k[A-Za-z]*, [0-9]*, "\([a-z_]*\)".*/\1/p' "$protocol/wire_error.cpp"; }
alternatives() { paste -sd'|'; }

law_d() {
    wire="server/http server/service server/app client/lib client/cli client/desk server/viewer/src"
    key=$(keys | alternatives)
    error=$(errors | alternatives)
    [ -n "$key" ] && [ -n "$error" ] || { echo "law d cannot read its vocabulary"; exit 2; }
    generated='server/viewer/src/protocol\.ts:'
    # Routes: the versioned paths, the page, the operator's three.
    search "[\"'\`]/(v1(/|[\"'\`])|healthz|readyz|metrics[\"'\`]|o([\"'\`]|/))" $wire | outside "$generated"
    # Keys: written into JSON by hand, or handed to the codec as a literal.
    search "\\\\\"($key)\\\\\" *:" $wire | outside "$generated|server/app/serve\.cpp:"  # --ready-fd is no wire
    search "(\[|\.(text|integer|boolean|instant|octets|id|object|objects|texts|raw|has)(_if)?\()\"($key)\"" server/http server/service server/app client/lib/transport.cpp client/lib/curl_transport.cpp |
        grep -v "event\\." | outside "$generated"  # the log has its own words (protocol.md section 6)
    # Errors: the name as a literal.
    # (In the page a failure has kinds of its own; there only what is compared counts.)
    search "[\"'\`](${error})[\"'\`]" server/http server/service client/lib/transport.cpp client/lib/curl_transport.cpp | outside "$generated"
    search "[!=]==? *[\"'\`](${error})[\"'\`]" server/viewer/src | outside "$generated"
    # Limits that cannot be anything else.
    search '524288000|107374182400|9007199254740991|8388608|[^0-9](8|500) \* (kMiB|1024 \* 1024)' $wire | outside "$generated"
}

law_e() {
    search '#include <(fstream|iostream|filesystem|thread|mutex|future|condition_variable|csignal|unistd\.h|fcntl\.h|spawn\.h|poll\.h|sys/|netinet/|arpa/|netdb\.h|curl/|openssl/|Poco/|sqlite3)' \
        client/casework | outside 'nowhere'
    search 'std::(getenv|system|cout|cerr|ofstream|ifstream|fopen|printf|puts|FILE)|[^_a-z.]::(open|read|write|stat)\(' client/casework | outside 'nowhere'
    search '#include "(client/(lib|cli|desk)|crypto|server)/' client/casework | outside 'nowhere'
}

case $law in
b) law_b ;;
c) law_c ;;
d) law_d ;;
e) law_e ;;
*) echo "no such law: $law"; exit 2 ;;
esac

sed "s/^/broken ($law): /" "$findings"
[ ! -s "$findings" ]

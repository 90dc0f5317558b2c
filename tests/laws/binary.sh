#!/bin/sh
# Law (a): the server holds no code that could decrypt.
#   binary.sh BINARY LINK_LINE_FILE
# Prints `broken (a): …` for each finding; exit code 1 when there is one.
set -eu
findings=$(mktemp)
trap 'rm -f "$findings"' EXIT
nm -D --undefined-only "$1" >"$findings.symbols"
[ -s "$findings.symbols" ] || { echo "no symbols read"; exit 2; }
# Ciphers, key agreement, password hashing; Cipher is the older name of the same calls.
grep -E ' U (EVP_([A-Za-z0-9]*[Cc]rypt|Cipher|Open|Seal|AEAD)|EVP_CIPHER_|EVP_PKEY_(derive|encapsulate|decapsulate)|EVP_PBE|PKCS5_PBE|CRYPTO_(gcm|ccm)|AES_|ChaCha)' \
    "$findings.symbols" | sed 's/.* U /broken (a): calls /' >>"$findings" || true
nm -C "$1" 2>/dev/null | grep -F 'valv::sealed' | sed 's/^/broken (a): holds /' | head -5 >>"$findings" || true
[ -s "$2" ] || { echo "no link line"; exit 2; }
grep -oE '[^ ]*(crypto_sealed|crypto/sealed)[^ ]*' "$2" | sed 's/^/broken (a): links /' >>"$findings" || true
rm -f "$findings.symbols"
cat "$findings"
[ ! -s "$findings" ]

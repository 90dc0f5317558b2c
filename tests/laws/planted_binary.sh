#!/bin/sh
# Proves that law (a) bites: a program that calls a cipher, derives a key, hashes a password, holds valv::sealed and links it is found out.
#   planted_binary.sh BINARY LINK_LINE_FILE
set -eu
found=$(sh "$(dirname "$0")/binary.sh" "$1" "$2" || true)
for want in 'calls EVP_DecryptInit_ex' 'calls EVP_PKEY_derive' 'calls EVP_PBE_scrypt' 'holds .*valv::sealed' 'links .*valv_crypto_sealed'; do
    echo "$found" | grep -qE "broken \(a\): $want" || { echo "not found: $want"; exit 1; }
done
echo "all planted faults found"

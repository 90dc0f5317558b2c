#!/bin/sh
# Proves that the hardening check bites: a program linked without any of it is found out.
#   planted_hardening.sh BINARY
set -eu
found=$(sh "$(dirname "$0")/hardening.sh" "$1" || true)
for want in 'no BIND_NOW' 'no PIE' 'executable stack'; do
    echo "$found" | grep -q "$want" || { echo "not found: $want"; exit 1; }
done
echo "all planted faults found"

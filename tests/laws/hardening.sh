#!/bin/sh
# A program is position-independent, binds its symbols at start, has no executable stack and no writable relocations.
#   hardening.sh BINARY…
set -eu
status=0
for binary in "$@"; do
    demand() { # demand WHAT PATTERN TEXT
        echo "$3" | grep -qE "$2" || { echo "broken (hardening): $binary: $1"; status=1; }
    }
    dynamic=$(readelf -Wd "$binary")
    program=$(readelf -Wl "$binary")
    demand "no BIND_NOW" 'FLAGS.*(BIND_NOW|NOW)' "$dynamic"
    demand "no PIE" 'FLAGS_1.*PIE' "$dynamic"
    demand "no RELRO" 'GNU_RELRO' "$program"
    demand "no stack header" 'GNU_STACK' "$program"
    if echo "$program" | grep -E 'GNU_STACK' | grep -q 'RWE'; then
        echo "broken (hardening): $binary: executable stack"
        status=1
    fi
    if echo "$program" | grep -E 'LOAD' | grep -q 'RWE'; then
        echo "broken (hardening): $binary: writable code"
        status=1
    fi
    demand "no stack protector" '__stack_chk_fail' "$(nm -D "$binary")"
done
exit $status

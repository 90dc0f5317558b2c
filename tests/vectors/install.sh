#!/bin/sh
# Installs the locked packages of tests/vectors, when they are not there already.
set -eu
cd "$(dirname "$0")"
# No host of a registry may stand in the lock file (docs/decisions.md "No registry in a lock file"): it names packages, versions and hashes only.
if grep -q '"resolved"' package-lock.json; then
    echo "tests/vectors/package-lock.json names a registry: keep omit-lockfile-registry-resolved in .npmrc" >&2
    exit 1
fi
[ -e node_modules/.package-lock.json ] && [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-audit --no-fund --silent

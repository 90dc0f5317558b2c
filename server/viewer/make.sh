#!/bin/sh
# make.sh WORK OUT [--modules]: checks the types and builds the page into OUT. WORK holds node_modules and a copy of the
# sources, so that nothing is written beside them. npm runs only when the lock file changed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$1
out=$2
mkdir -p "$work"
work=$(cd "$work" && pwd)
if ! cmp -s "$here/package-lock.json" "$work/installed.lock"; then
    cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$work/"
    (cd "$work" && npm ci --prefer-offline --loglevel=error)
    cp "$here/package-lock.json" "$work/installed.lock"
fi
rm -rf "$work/src"
cp -r "$here/src" "$work/src"
cp "$here/build.mjs" "$here/embed.mjs" "$here/tsconfig.json" "$here/package.json" "$work/"
# The generated protocol.ts takes the place of the one in src when the caller has it.
if [ -n "${VALV_PROTOCOL_TS:-}" ]; then
    cp "$VALV_PROTOCOL_TS" "$work/src/protocol.ts"
fi
(cd "$work" && node node_modules/typescript/bin/tsc --noEmit)
node "$work/build.mjs" "$out" "${3:-}"

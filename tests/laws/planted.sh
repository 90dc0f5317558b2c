#!/bin/sh
# Proves that a law bites: every line of its fixture that ends in `// fault` is found, and no other line.
#   planted.sh LAW FIXTURE
set -eu
here=$(dirname "$0")
found=$(mktemp)
wanted=$(mktemp)
trap 'rm -f "$found" "$wanted"' EXIT
(sh "$here/sources.sh" "$1" "$2" || true) | sed -n "s/^broken ($1): \([^:]*:[0-9]*\):.*/\1/p" | sort -u >"$found"
(cd "$2" && grep -rnE '// fault$' . || true) | sed 's/^\.\/\([^:]*:[0-9]*\):.*/\1/' | sort -u >"$wanted"
[ -s "$wanted" ] || { echo "the fixture plants nothing"; exit 1; }
diff -u "$wanted" "$found"
echo "all planted faults found"

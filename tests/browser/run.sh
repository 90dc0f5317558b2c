#!/bin/sh
# run.sh [unit|page] …: the tests of the recipients' page. Node 20.19 or newer; Chromium for `page`.
#   VALV_VIEWER_PAGE      folder with a built page and modules.mjs; without it the page is built into build/browser
#   VALV_BROWSER_LINKS    JSON file with links of a running server, for page/main_path and real/papers (real/serve.mjs makes both)
#   VALV_BROWSER_PICTURES folder that takes screenshots
#   VALV_CHROMIUM         the browser, /usr/bin/chromium by default
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
cd "$here"
if ! cmp -s package-lock.json node_modules/installed.lock; then
    npm ci --prefer-offline --loglevel=error
    cp package-lock.json node_modules/installed.lock
fi
if [ -z "${VALV_VIEWER_PAGE:-}" ]; then
    VALV_BROWSER_WORK=${VALV_BROWSER_WORK:-$root/build/browser}
    VALV_VIEWER_PAGE="$VALV_BROWSER_WORK/page"
    sh "$root/server/viewer/make.sh" "$VALV_BROWSER_WORK/work" "$VALV_VIEWER_PAGE" --modules
fi
export VALV_VIEWER_PAGE
[ $# -gt 0 ] || set -- unit page
files=$(for folder in "$@"; do
    case $folder in
        *.mjs) echo "$folder" ;;
        *) ls "$folder"/*.test.mjs ;;
    esac
done)
# shellcheck disable=SC2086: file names here hold no blanks.
exec node --test --test-concurrency=1 --test-timeout=550000 $files

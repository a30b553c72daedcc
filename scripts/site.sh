#!/usr/bin/env bash
# Builds the site into dist/: the reporter's page at /, the desk at /desk/.
#
#   scripts/site.sh [--force]
#
# A page whose sources have not changed is not built again. The first build on a machine takes 2 to
# 5 minutes; later ones take seconds.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT"
[ "${1:-}" = --force ] && rm -rf target-web/site

SLUIS_WEB_ROUTE="$(web_route)"
[ -n "$SLUIS_WEB_ROUTE" ] && has trunk || give_up "the tools for the browser build are missing." "Call: scripts/tools.sh build"
export SLUIS_WEB_ROUTE

mkdir -p target-web/site
# Two calls at once would build in each other's folders.
exec 9>target-web/site.lock
flock --nonblock 9 || { say "Another build of the site is going on; waiting for it." && flock 9; }

# What a page is made of, by name, size and time of change.
stamp_of() {
    {
        echo "${SLUIS_RECORD:-} $SLUIS_WEB_ROUTE $TRUNK_VERSION $WASM_BINDGEN_VERSION $BINARYEN_VERSION $ESBUILD_VERSION"
        find "$@" Cargo.toml Cargo.lock crates public frontend/boot.js frontend/unpack.js frontend/kit scripts/site.sh scripts/lib.sh scripts/web scripts/finish-site.mjs \
            \( -name node_modules -o -name tests -o -name oracle -o -name target \) -prune -o -type f -printf '%p %s %T@\n' | sort
    } | sha256sum
}

# The style sheets and fonts of both pages, from the packages that the kit names.
styles() {
    [ -f frontend/kit/css/build.mjs ] || return 0
    local stamp
    stamp="$(find frontend/kit/css frontend/{kit,reporter,desk}/src frontend/reporter/more.js frontend/kit/package.json frontend/kit/package-lock.json index.html frontend/desk/index.html -type f -printf '%p %s %T@\n' | sort | sha256sum)"
    [ -d target-web/css ] && [ "$stamp" = "$(cat target-web/css.stamp 2>/dev/null)" ] && return
    say "Making the style sheets."
    rm -f target-web/css.stamp
    if [ ! -d frontend/kit/node_modules ] || [ frontend/kit/package-lock.json -nt frontend/kit/node_modules ]; then
        npm ci --prefix frontend/kit --no-audit --no-fund --loglevel=error >&2
        touch frontend/kit/node_modules
    fi
    rm -rf target-web/css
    node frontend/kit/css/build.mjs target-web/css >&2
    printf '%s\n' "$stamp" >target-web/css.stamp
}

changed=no
# page NAME FOLDER-OF-TRUNK.TOML SOURCE…
page() {
    local name="$1" folder="$2" stamp
    shift 2
    stamp="$(stamp_of "$@")"
    [ "$stamp" = "$(cat "target-web/site/$name.stamp" 2>/dev/null)" ] && return
    say "Building the page of the $name."
    rm -f "target-web/site/$name.stamp"
    (cd "$folder" && PATH="$ROOT/scripts/web:$PATH" NO_COLOR=true RUST_BACKTRACE=0 trunk --log warn build >&2)
    printf '%s\n' "$stamp" >"target-web/site/$name.stamp"
    changed=yes
}

styles
page reporter . index.html Trunk.toml frontend/reporter
page desk frontend/desk frontend/rest.js $(find frontend -mindepth 1 -maxdepth 1 -type d ! -name kit ! -name reporter)
if [ "$changed" = yes ] || [ ! -f dist/index.html ] || [ ! -f dist/desk/index.html ]; then
    node scripts/finish-site.mjs join
    say "The site is in dist/."
fi

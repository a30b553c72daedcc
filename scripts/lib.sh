# Shared by the commands of this folder; to be sourced. Sets ROOT and CACHE.
# shellcheck shell=bash
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/sluis"

# The versions of the tools; each lives in a folder of the cache that bears its version.
TRUNK_VERSION=0.21.14
# Glue and bindings must agree to the last digit, so the lock file decides.
WASM_BINDGEN_VERSION="$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/[^0-9.]/, ""); print }' "$ROOT/Cargo.lock" 2>/dev/null)"
WASM_BINDGEN_VERSION="${WASM_BINDGEN_VERSION:-0.2.130}"
BINARYEN_VERSION=132
ESBUILD_VERSION=0.28.2
GECKODRIVER_VERSION=0.37.0
CARGO_DENY_VERSION=0.20.2
VERIFPAL_VERSION=1.6.7

export PATH="$CACHE/trunk-$TRUNK_VERSION/bin:$CACHE/wasm-bindgen-$WASM_BINDGEN_VERSION/bin:$CACHE/binaryen-$BINARYEN_VERSION/node_modules/.bin:$CACHE/geckodriver-$GECKODRIVER_VERSION/bin:$CACHE/cargo-deny-$CARGO_DENY_VERSION/bin:$CACHE/verifpal-$VERIFPAL_VERSION/bin:$PATH"
export SLUIS_ESBUILD="$CACHE/esbuild-$ESBUILD_VERSION"

say() { printf '%s\n' "$*" >&2; }

# The last words of a command that cannot go on: what is wrong, then how to mend it.
give_up() {
    say ""
    say "Stopped: $1"
    shift
    for line in "$@"; do say "  $line"; done
    exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# How pages can be built here, or nothing. The first two build Rust's standard library along with the
# page, without panic messages, which makes a page a fifth smaller:
#   rustup-src  the compiler on PATH, with the sources of its standard library
#   debian      Debian's compiler and sources
#   rustup      the compiler on PATH, with a ready-made standard library for the browser
web_route() {
    if [ -n "${SLUIS_WEB_ROUTE:-}" ]; then
        echo "$SLUIS_WEB_ROUTE"
    elif has rustc && [ -d "$(rustc --print target-libdir --target wasm32-unknown-unknown 2>/dev/null)" ] \
        && builds_std rustc && RUSTC_BOOTSTRAP=1 rustc "${SMALL_FLAGS[@]}" --print cfg --target wasm32-unknown-unknown >/dev/null 2>&1; then
        echo rustup-src
    elif [ -x /usr/bin/cargo ] && [ -x /usr/bin/rustc ] && builds_std /usr/bin/rustc && { has wasm-ld-19 || has wasm-ld; }; then
        echo debian
    elif has rustc && [ -d "$(rustc --print target-libdir --target wasm32-unknown-unknown 2>/dev/null)" ]; then
        echo rustup
    fi
}

# Whether this compiler has the sources of its standard library.
builds_std() {
    [ -f "$("$1" --print sysroot)/lib/rustlib/src/rust/library/Cargo.lock" ]
}

# Flags that leave out the texts and places of panics; they want the compiler's unstable features.
SMALL_FLAGS=(-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none)

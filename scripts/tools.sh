#!/usr/bin/env bash
# Makes sure of the tools that this project needs, and installs what is missing.
#
#   scripts/tools.sh build    what ./run needs: Rust, Node, the browser target, Trunk
#   scripts/tools.sh test     also what ./test needs: linters and browsers
#
# Programs of this project's own choice go into a folder per version under ~/.cache/sluis (or
# $XDG_CACHE_HOME/sluis) and touch nothing else; the rest comes from Debian's or Ubuntu's packages.
# What is there already is left alone, so a second call takes a fraction of a second.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

what="${1:-build}"

main() {
    ensure_basics
    ensure_rust
    ensure_web_target
    ensure_npm_tool binaryen "$BINARYEN_VERSION" "$BINARYEN_VERSION.0.0" "makes the WebAssembly smaller"
    ensure_npm_tool esbuild "$ESBUILD_VERSION" "$ESBUILD_VERSION" "bundles the start scripts and style sheets"
    ensure_cargo_tool wasm-bindgen-cli wasm-bindgen "$WASM_BINDGEN_VERSION" "3 minutes"
    ensure_cargo_tool trunk trunk "$TRUNK_VERSION" "10 minutes" --locked --no-default-features --features rustls
    if [ "$what" = test ]; then
        wish_linters
        wish_deny
        wish_verifpal
        wish_browsers
    fi
}

# --- packages of the system ---------------------------------------------------------------

fresh_lists=no

# Installs packages of Debian or Ubuntu; fails when there are none to be had.
apt_install() {
    has apt-get || return 1
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        has sudo || return 1
        as_root=(sudo)
    fi
    say "Installing ${missing[*]} with apt-get (about a minute)${as_root:+; it may ask for your password}."
    if [ "$fresh_lists" = no ]; then
        ${as_root[@]+"${as_root[@]}"} apt-get update -qq >&2 || true
        fresh_lists=yes
    fi
    ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

elsewhere="On another system, install: Rust 1.95 or newer with the target wasm32-unknown-unknown (rustup.rs), a C compiler, Node 20 or newer with npm; for the tests also Chromium with chromedriver and Firefox."

ensure_basics() {
    if ! has cc; then
        apt_install gcc libc6-dev || give_up "there is no C compiler (cc); the relay's database needs one." \
            "Debian or Ubuntu: sudo apt-get install gcc libc6-dev" "$elsewhere"
    fi
    if ! has node || ! has npm; then
        apt_install nodejs npm || give_up "Node and npm are missing." "Debian or Ubuntu: sudo apt-get install nodejs npm" "$elsewhere"
    fi
    local node_version
    node_version="$(node --version)"
    node_version="${node_version#v}"
    [ "${node_version%%.*}" -ge 18 ] || give_up "Node $node_version is too old; 18 is the least." "Install a newer Node, for instance with your version manager."
}

# --- Rust ---------------------------------------------------------------------------------

ensure_rust() {
    if ! has cargo; then
        say "There is no Rust on this machine yet."
        if apt-cache show rustup >/dev/null 2>&1 && apt_install rustup; then
            timeout 600 rustup default stable >&2 || true
        fi
        if ! cargo --version >/dev/null 2>&1; then
            apt_install rustc-web cargo-web || give_up "Rust is missing and could not be installed." \
                "Install it with rustup (see rustup.rs) and call this again." "$elsewhere"
        fi
    fi
    local version
    version="$(rustc --version | awk '{ print $2 }')"
    if [ "$(printf '%s\n1.95\n' "$version" | sort -V | head -n1)" != 1.95 ]; then
        give_up "Rust $version is too old; 1.95 is the least." "With rustup: rustup update stable"
    fi
}

ensure_web_target() {
    [ -n "$(web_route)" ] && return
    if has rustup; then
        say "Fetching the browser target of Rust (half a minute)."
        if timeout 120 rustup target add wasm32-unknown-unknown >&2; then
            # With the sources of the standard library the pages become a fifth smaller.
            timeout 120 rustup component add rust-src >&2 || true
        fi
        [ -n "$(web_route)" ] && return
        say "That did not work here; taking Debian's compiler for the browser instead."
    fi
    apt_install rustc-web cargo-web rust-web-src lld-19 || true
    [ -n "$(web_route)" ] || give_up "Rust cannot build for the browser on this machine." \
        "With rustup: rustup target add wasm32-unknown-unknown" \
        "On Debian: sudo apt-get install rustc-web cargo-web rust-web-src lld-19" "$elsewhere"
}

# --- tools in the cache -------------------------------------------------------------------

# ensure_cargo_tool PACKAGE PROGRAM VERSION DURATION [FLAG…]
ensure_cargo_tool() {
    local package="$1" program="$2" version="$3" duration="$4" home
    home="$CACHE/$program-$version"
    shift 4
    [ -x "$home/bin/$program" ] && return
    say "Compiling $package $version, once for this machine (up to $duration on two cores)."
    local build="$CACHE/build-$program"
    if ! CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=false CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
        CARGO_PROFILE_RELEASE_DEBUG=0 CARGO_TARGET_DIR="$build" \
        cargo install "$package" --version "$version" --root "$home" "$@" >&2; then
        [ "$what" = test ] && case "$program" in geckodriver | cargo-deny | verifpal) return 1 ;; esac
        give_up "$package $version could not be installed." "Is the package registry within reach? Then call this again; it goes on where it was."
    fi
    rm -rf "$build"
}

# ensure_npm_tool PACKAGE VERSION-OF-FOLDER VERSION PURPOSE
ensure_npm_tool() {
    local package="$1" home="$CACHE/$1-$2" version="$3" purpose="$4"
    [ -f "$home/node_modules/$package/package.json" ] && return
    say "Fetching $package $version, which $purpose (a few seconds)."
    mkdir -p "$home"
    (cd "$home" && npm install --prefix . --no-audit --no-fund --loglevel=error "$package@$version" >&2) \
        || give_up "$package $version could not be fetched." "Is the package registry within reach? Then call this again."
}

# --- for the tests: wishes, not conditions; ./test says what it skips ---------------------------

wish_linters() {
    has rustfmt || { has rustup && timeout 120 rustup component add rustfmt >&2; } || apt_install rustfmt-web \
        || say "No rustfmt here: ./test skips the check of the layout."
    cargo clippy --version >/dev/null 2>&1 || { has rustup && timeout 120 rustup component add clippy >&2; } || apt_install rust-web-clippy \
        || say "No clippy here: ./test skips the linter."
    if [ "$(web_route)" = debian ]; then
        apt_install rust-web-clippy || say "No rust-web-clippy here: ./test skips the linter for the browser crates."
    fi
}

wish_deny() {
    has cargo-deny || ensure_cargo_tool cargo-deny cargo-deny "$CARGO_DENY_VERSION" "4 minutes" --locked \
        || say "No cargo-deny here: ./test skips the check of licences and sources."
}

# It says that it wants a newer Rust than it needs.
wish_verifpal() {
    has verifpal || ensure_cargo_tool verifpal verifpal "$VERIFPAL_VERSION" "3 minutes" --ignore-rust-version --config profile.release.opt-level=3 \
        || say "No verifpal here: ./test skips the models of the protocol."
}

wish_browsers() {
    if ! has chromium || ! has chromedriver; then
        apt_install chromium chromium-driver fonts-noto-core \
            || say "No Chromium with chromedriver here: ./test skips the journeys in it."
    fi
    if ! has firefox && ! has firefox-esr; then
        apt_install firefox-esr || say "No Firefox here: ./test skips the journey in it."
    fi
    if { has firefox || has firefox-esr; } && ! has geckodriver; then
        ensure_cargo_tool geckodriver geckodriver "$GECKODRIVER_VERSION" "4 minutes" \
            || say "No geckodriver here: ./test skips the journey in Firefox."
    fi
}

main

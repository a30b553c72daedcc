#!/usr/bin/env bash
# Feeds each fuzz target random and half-right bytes for a while.
#   scripts/fuzz.sh [SECONDS [TARGET…]]      10 seconds each (60 with SLUIS_ALL) and all of them, unless said otherwise
# Needs no nightly compiler and no tool besides cargo: coverage comes from ordinary flags of the compiler, and
# libFuzzer is built along. A crash leaves its input in target/fuzz/found/ and its name on the screen.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/lib.sh

seconds="${1:-$([ -n "${SLUIS_ALL:-}" ] && echo 60 || echo 10)}"
shift || true
[[ "$seconds" =~ ^[0-9]+$ ]] || give_up "\"$seconds\" is no number of seconds." "scripts/fuzz.sh 60 frame"
targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
    for file in fuzz/fuzz_targets/*.rs; do targets+=("$(basename "$file" .rs)"); done
fi
# libFuzzer is C++.
has c++ || has clang++ || { echo "no C++ compiler for libFuzzer"; exit 77; }

host="$(rustc -vV | sed -n 's/^host: //p')"
folder="${CARGO_TARGET_DIR:-target}/fuzz"
export RUSTFLAGS="--cfg fuzzing -Ccodegen-units=1 -Cpasses=sancov-module
 -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters
 -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares"
cargo build --quiet --release --locked --manifest-path fuzz/Cargo.toml --target "$host" --target-dir "$folder"

good=0 bad=0
mkdir -p "$folder/found"
for target in "${targets[@]}"; do
    mkdir -p "$folder/corpus/$target"
    seeds=()
    [ -d "fuzz/seeds/$target" ] && seeds=("fuzz/seeds/$target")
    log="$folder/$target.log"
    # An input may take a second (protocol 4.3) and the whole process half a gigabyte.
    if "$folder/$host/release/$target" "$folder/corpus/$target" "${seeds[@]}" -max_total_time="$seconds" \
        -timeout=1 -rss_limit_mb=512 -max_len=20000 -print_final_stats=1 -artifact_prefix="$folder/found/$target-" 2>"$log"; then
        good=$((good + 1))
        runs="$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")"
        printf '%-12s %9s inputs in %s s\n' "$target" "$runs" "$seconds"
    else
        bad=$((bad + 1))
        printf '%-12s FAILED, see %s\n' "$target" "$log"
        tail -n 20 "$log" | sed 's/^/    /'
    fi
done
echo "$good passed, $bad failed"
[ "$bad" -eq 0 ]

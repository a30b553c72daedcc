#!/usr/bin/env bash
# Notes which functions of the desk run before its rest is there: frontend/{desk,worker}/first.txt.
#
#   scripts/first.sh
#
# The site cuts the desk's modules in two by these lists (see scripts/web/split.mjs). A list that is out of date breaks nothing: what it lacks
# waits for the rest. Call this when `node scripts/budget.mjs` finds the first part too heavy, or a first screen waits. Takes about 5 minutes.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT"
SLUIS_RECORD=yes scripts/site.sh
SLUIS_RECORD="$ROOT/target-web/site" cargo test -p sluis-e2e --test journeys what_runs_first -- --nocapture
scripts/site.sh
node scripts/budget.mjs

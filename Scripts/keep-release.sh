#!/usr/bin/env bash
# Keeps a pack and a store of the version being released as fixtures, which every later version has to read. See docs/versions.md.
set -euo pipefail
cd "$(dirname "$0")/.."
tenure=${1:-.build/debug/tenure}
kept=Tests/Fixtures/released/$("$tenure" --version)
if [ -e "$kept" ]; then
  echo "$kept is there already: a released version does not change. Raise the version first." >&2
  exit 1
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$tenure" run --config examples/quickstart/tenure.yaml --out "$scratch" --store "$scratch/store.sqlite" >"$scratch/log"
mkdir -p "$kept"
"$tenure" zip "$scratch/2026q3" --out "$kept/quickstart.zip"
sqlite3 "$scratch/store.sqlite" "VACUUM INTO '$kept/store.sqlite'"

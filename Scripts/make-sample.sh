#!/bin/sh
# Makes reports/sample anew from examples/story. The quarter before is run first, over the same store, and given as the earlier pack.
set -eu
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
quarter() {
  config=$1
  shift
  .build/debug/tenure run --config "examples/story/$config" --out "$scratch" --store "$scratch/tenure.sqlite" "$@" | tail -n 1
}
before=$(quarter q2.yaml)
pack=$(quarter tenure.yaml --previous-pack "$before")
rm -rf reports/sample
mkdir -p reports
cp -r "$pack" reports/sample
echo "reports/sample: $(find reports/sample -type f | wc -l) files"

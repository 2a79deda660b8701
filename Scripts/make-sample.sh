#!/bin/sh
# Makes reports/sample anew from examples/story. The quarter before is run first, over the same store, so that the sample names it.
set -eu
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
quarter() { .build/debug/tenure run --config "examples/story/$1" --out "$scratch" --store "$scratch/tenure.sqlite" | tail -n 1; }
quarter q2.yaml
pack=$(quarter tenure.yaml)
rm -rf reports/sample
mkdir -p reports
cp -r "$pack" reports/sample
echo "reports/sample: $(find reports/sample -type f | wc -l) files"

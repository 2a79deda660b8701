#!/bin/sh
# Makes reports/sample anew from examples/quickstart/sample.yaml.
set -eu
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
pack=$(.build/debug/tenure run --config examples/quickstart/sample.yaml --out "$scratch" --store "$scratch/tenure.sqlite" | tail -n 1)
rm -rf reports/sample
mkdir -p reports
cp -r "$pack" reports/sample
echo "reports/sample: $(find reports/sample -type f | wc -l) files"

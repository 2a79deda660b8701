#!/bin/sh
# Runs the benchmark on a small workload with the debug build: for the digests of its results, not for its times.
set -eu
cd "$(dirname "$0")/../.."
if [ ! -f ../shared/bench/gen_workload.py ]; then
  echo "The workload generator is not at ../shared/bench: the benchmark was not run."
  exit 0
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
swift build --quiet --package-path Benchmarks
Benchmarks/.build/debug/bench --runs 1 --records 20000 --only wc,parse-on-demand,parse-dom,scan,scan-2,remembered \
  --binary .build/debug/tenure --workloads "$scratch"

#!/bin/sh
# Times a whole run on a generated workload and compares the exact data with the planted answer.
# Usage: Benchmarks/run.sh BINARY GENERATOR RECORDS
set -eu
binary=$1
generator=$2
records=$3
if [ ! -f "$generator" ]; then
  echo "There is no workload generator at $generator. Name one with make bench WORKLOAD=FILE." >&2
  exit 1
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# The python3 on the path may be another than Debian's, and lack numpy.
python=python3
python3 -c "import numpy" 2>/dev/null || python=/usr/bin/python3
"$python" "$generator" --records "$records" --seed 1 --out "$scratch/input" >/dev/null
size=$(cat "$scratch"/input/routing*.jsonl | wc -c)
for attempt in 1 2 3; do
  rm -rf "$scratch/out"
  start=$(date +%s.%N)
  "$binary" run --config "$scratch/input/tenure.yaml" --out "$scratch/out" >"$scratch/printed" || [ $? -eq 3 ]
  end=$(date +%s.%N)
  echo "run $attempt: $(awk "BEGIN { t = $end - $start; printf \"%.2f s, %.0f MB/s\", t, $size / t / 1e6 }") for $records records, scan and pack"
done
python3 - "$scratch/input/expected.json" "$scratch/out/all/data" <<'PYTHON'
import hashlib, json, sys
expected = json.load(open(sys.argv[1]))
wrong = []
for key, name in (("aggregate", "tally"), ("exceptions", "exceptions"), ("sample", "sample")):
    digest = hashlib.sha256(open(f"{sys.argv[2]}/{name}.csv", "rb").read()).hexdigest()
    agrees = digest == expected[key + "_sha256"]
    print(f"{name}.csv {'agrees' if agrees else 'DIFFERS'} {digest}")
    wrong += [] if agrees else [name]
sys.exit(1 if wrong else 0)
PYTHON

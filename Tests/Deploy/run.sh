#!/bin/sh
# Runs the job of deploy/spark and holds the pack that comes of it against one of a single machine. Tasks run in a stand-in for Spark, which
# also does what a cluster must not do; with --spark they run in Spark itself, which is some 400 MB to fetch.
set -eu
cd "$(dirname "$0")/../.."
tenure=$PWD/.build/debug/tenure
python=python3
if [ "${1:-}" = --spark ]; then
  python=$(Tests/environment.sh Deploy/spark)
  export PYSPARK_PYTHON="$python" SPARK_LOCAL_IP=127.0.0.1
else
  export PYTHONPATH=Tests/Deploy/stand-in
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
example=examples/governance

fail() { echo "$1" >&2; cat "$scratch/log" >&2; exit 1; }
expect() { # status, command...
  expected=$1
  shift
  status=0
  "$@" >"$scratch/log" 2>&1 || status=$?
  [ "$status" -eq "$expected" ] || fail "$* ended with $status, not $expected"
}
says() { grep -qF "$1" "$scratch/log" || fail "nothing says: $1"; }
job() { # status, folder for the partials, further options of the job
  expected=$1
  out=$2
  shift 2
  expect "$expected" "$python" deploy/spark/tenure_spark.py --master 'local[2]' --splits "$scratch/splits.jsonl" \
    --inputs "$scratch/tenure.inputs" --tenure "$tenure" --out "$out" "$@"
}
pack() { # status, folder, further options of tenure run
  expected=$1
  out=$2
  shift 2
  expect "$expected" "$tenure" run --config "$example/tenure.yaml" --out "$out" --store "$out.sqlite" "$@"
}

expect 0 "$tenure" splits --config "$example/tenure.yaml" --out "$scratch/splits.jsonl" --out-inputs "$scratch/tenure.inputs" --size 30000
pack 0 "$scratch/single"

# Streamed, as from object storage.
job 0 "$scratch/streamed" --batch 4 --fetch "sh -c 'exec tail -c +\$((\$2 + 1)) \"$PWD/$example/\$1\"' - {log} {first}"
[ -z "$(find "$scratch/streamed" -type f -perm /077)" ] || fail "others may read what the job wrote"
pack 0 "$scratch/cluster" --partials "$scratch/streamed"
diff -r "$scratch/single/2026q3" "$scratch/cluster/2026q3" || fail "the packs differ"

# One log is not there: its splits are named, the others are kept, and a second start does what is left.
cp -r "$example/logs" "$scratch/logs"
log=$(ls "$scratch/logs" | head -n 1)
mv "$scratch/logs/$log" "$scratch/away"
job 3 "$scratch/partials" --logs "$scratch" --rounds 2
says "logs/$log:0-"
pack 3 "$scratch/incomplete" --partials "$scratch/partials"
says "has no partial that can be used"
mv "$scratch/away" "$scratch/logs/$log"
kept=$(ls "$scratch/partials" | tail -n 2 | head -n 1)
touch -d 2001-01-01 "$scratch/partials/$kept"
job 0 "$scratch/partials" --logs "$scratch"
[ "$(date -r "$scratch/partials/$kept" +%Y)" -eq 2001 ] || fail "$kept was scanned again"
pack 0 "$scratch/whole" --partials "$scratch/partials"
diff -r "$scratch/single/2026q3" "$scratch/whole/2026q3" || fail "the packs differ"

if [ "$python" = python3 ]; then
  for fault in twice lost; do
    export STAND_IN_FAULT=$fault
    job 1 "$scratch/$fault" --logs "$example"
    says "did not return each split once"
  done
  export STAND_IN_FAULT=damaged
  job 3 "$scratch/damaged" --logs "$example"
  says "its partial arrived damaged"
fi
unset STAND_IN_FAULT

# Partials of one plan and those of another never lie in one folder.
expect 0 "$tenure" splits --config "$example/tenure.yaml" --out "$scratch/splits.jsonl" --out-inputs "$scratch/tenure.inputs" --size 50000
job 1 "$scratch/partials" --logs "$example"
says "another plan"
echo "The job's partials make the pack of a single machine."

# Rows of a warehouse, in DuckDB.
"$(Tests/environment.sh Deploy/warehouse)" Tests/Deploy/warehouse.py "$tenure"

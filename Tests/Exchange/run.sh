#!/bin/sh
# Makes packs and has others take their OSCAL files: NIST's XML schemas where they are at hand, and compliance-trestle. The packs: a
# small one, one with every register and every framework, and one in which every name is hostile. check_formats.sh does the same for all
# other files of exchange/.
set -eu
cd "$(dirname "$0")/../.."
python=$(Tests/environment.sh Exchange)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

pack() { # name, configuration, further options of tenure run
  name=$1
  configuration=$2
  shift 2
  .build/debug/tenure run --config "$configuration" --out "$scratch/$name" --store "$scratch/$name.sqlite" "$@" >"$scratch/log" 2>&1 ||
    [ $? -eq 3 ] || { cat "$scratch/log"; exit 1; }
}

cp -r examples/governance "$scratch/governance-inputs"
frameworks=$(cd mappings/frameworks && ls *.yaml | sed 's/\.yaml$//' | paste -sd, -)
printf '\nframeworks: [%s]\n' "$frameworks" >>"$scratch/governance-inputs/tenure.yaml"
"$python" Tests/Exchange/hostile.py "$scratch/hostile-inputs"
pack quickstart examples/quickstart/tenure.yaml
pack governance "$scratch/governance-inputs/tenure.yaml"
pack hostile "$scratch/hostile-inputs/tenure.yaml" --mappings "$scratch/hostile-inputs/catalogs"
"$python" Tests/Exchange/oscal.py --schemas ../shared/reference/oscal "$scratch/quickstart/2026q3" "$scratch/governance/2026q3" \
  "$scratch/hostile/2026q3"
Tests/Exchange/check_formats.sh "$scratch/quickstart/2026q3" "$scratch/governance/2026q3" "$scratch/hostile/2026q3"

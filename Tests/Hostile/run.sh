#!/bin/sh
# Tries the debug build as an attacker would: secrets in every field of the inputs, hostile XML in a pack, and names that would run, load
# or lead away on a page. By hand, for longer: secrets.py --apart .build/debug/tenure FOLDER governance quickstart litellm openrouter otlp openclaw envoy
set -eu
cd "$(dirname "$0")/../.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 Tests/Hostile/secrets.py .build/debug/tenure "$scratch" governance
python3 Tests/Hostile/documents.py .build/debug/tenure reports/sample "$scratch"
python3 Tests/Exchange/hostile.py "$scratch/inputs"
.build/debug/tenure run --config "$scratch/inputs/tenure.yaml" --mappings "$scratch/inputs/catalogs" --out "$scratch/packs" \
  --store "$scratch/packs/s.sqlite" >"$scratch/log" 2>&1 || [ $? -eq 3 ] || { cat "$scratch/log"; exit 1; }
"$(Tests/environment.sh Pages)" Tests/Hostile/inert.py "$scratch/packs/2026q3"
python3 Tests/Hostile/shapes.py reports/sample "$scratch/packs/2026q3"

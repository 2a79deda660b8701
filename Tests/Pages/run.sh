#!/bin/sh
# Audits the pages of reports/sample, of the same at the level for auditors, and of a larger pack made here; the audit itself is
# tried first, on faults that it must find.
set -eu
cd "$(dirname "$0")/../.."
python=$(Tests/environment.sh Pages)
"$python" Tests/Pages/test_audit.py
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$python" Benchmarks/rendering_workload.py --out "$scratch/large" --rules 120 --versions 6 --exceptions 3000 >"$scratch/log"
.build/debug/tenure run --config "$scratch/large/tenure.yaml" --out "$scratch/packs" --store "$scratch/tenure.sqlite" >"$scratch/log"
"$python" Tests/Pages/audit.py reports/sample
"$python" Tests/Pages/audit.py --only links,counts,markup "$scratch/packs/all"
.build/debug/tenure disclose --new-key "$scratch/key" >"$scratch/log"
.build/debug/tenure disclose reports/sample --level auditor --key "$scratch/key" --out "$scratch/packs" >"$scratch/log"
"$python" Tests/Pages/audit.py --only links,counts,markup "$scratch/packs/2026q3-auditor"

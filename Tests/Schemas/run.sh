#!/bin/sh
# Holds what every command prints with --format json against docs/schemas; the audit itself is tried first, on faults that it must find.
set -eu
cd "$(dirname "$0")/../.."
python=$(Tests/environment.sh Schemas)
"$python" Tests/Schemas/test_audit.py
"$python" Tests/Schemas/audit.py

#!/bin/sh
# Holds what every command prints with --format json against docs/schemas; the audit itself is tried first, on faults that it must find.
set -eu
cd "$(dirname "$0")/../.."
environment=.build/schemas-venv
if [ ! -x "$environment/bin/python" ] || ! cmp -s Tests/Schemas/requirements.txt "$environment/requirements.txt"; then
  rm -rf "$environment"
  python3 -m venv "$environment"
  "$environment/bin/pip" install --quiet --disable-pip-version-check -r Tests/Schemas/requirements.txt
  cp Tests/Schemas/requirements.txt "$environment/requirements.txt"
fi
python="$environment/bin/python"
"$python" Tests/Schemas/test_audit.py
"$python" Tests/Schemas/audit.py

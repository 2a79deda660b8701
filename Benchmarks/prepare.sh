#!/bin/sh
# Makes Benchmarks/.venv with the Python packages of requirements.txt, from PyPI. Does nothing when they are there.
set -eu
cd "$(dirname "$0")"
stamp=.venv/installed.txt
if [ -x .venv/bin/python ] && cmp -s requirements.txt "$stamp"; then exit 0; fi
# Debian's own python3 lacks venv unless python3-venv is installed; another python3 on the path may have it.
if ! python3 -m venv --clear .venv; then
  echo "No Python environment could be made. Install python3-venv, or go on without DuckDB." >&2
  exit 1
fi
if ! .venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.txt; then
  echo "The packages of Benchmarks/requirements.txt could not be installed. Check the network, or go on without DuckDB." >&2
  exit 1
fi
cp requirements.txt "$stamp"

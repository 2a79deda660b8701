#!/bin/sh
# Lints the files of examples/pipelines, and runs their steps, as they stand there, with the debug build.
set -eu
cd "$(dirname "$0")/../.."
environment=.build/pipelines-venv
if [ ! -x "$environment/bin/python" ] || ! cmp -s Tests/Pipelines/requirements.txt "$environment/requirements.txt"; then
  rm -rf "$environment"
  python3 -m venv "$environment"
  "$environment/bin/pip" install --quiet --disable-pip-version-check -r Tests/Pipelines/requirements.txt
  cp Tests/Pipelines/requirements.txt "$environment/requirements.txt"
fi
python="$environment/bin/python"
"$python" Tests/Pipelines/pipelines.py

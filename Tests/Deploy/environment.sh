#!/bin/sh
# Prints the Python of an environment that has what Tests/Deploy/NAME-requirements.txt names. Usage: environment.sh NAME
set -eu
cd "$(dirname "$0")/../.."
environment=.build/deploy-$1-venv
requirements=Tests/Deploy/$1-requirements.txt
if [ ! -x "$environment/bin/python" ] || ! cmp -s "$requirements" "$environment/requirements.txt"; then
  rm -rf "$environment"
  python3 -m venv "$environment"
  "$environment/bin/pip" install --quiet --disable-pip-version-check -r "$requirements" >&2
  cp "$requirements" "$environment/requirements.txt"
fi
echo "$PWD/$environment/bin/python"

#!/bin/sh
# Prints the path of a Python that has the packages of Tests/SUITE/requirements.txt, or of Tests/SUITE/NAME-requirements.txt; its
# environment is made where it is missing. Usage: Tests/environment.sh SUITE[/NAME]
set -eu
cd "$(dirname "$0")/.."
requirements=Tests/$1/requirements.txt
[ -f "$requirements" ] || requirements=Tests/$1-requirements.txt
environment=.build/environments/$(echo "$1" | tr / -)
mkdir -p .build/environments
(
  flock 9
  if [ ! -x "$environment/bin/python" ] || ! cmp -s "$requirements" "$environment/requirements.txt"; then
    rm -rf "$environment"
    python3 -m venv "$environment"
    "$environment/bin/pip" install --quiet --disable-pip-version-check -r "$requirements"
    cp "$requirements" "$environment/requirements.txt"
  fi
) 9>"$environment.lock" >&2
echo "$PWD/$environment/bin/python"

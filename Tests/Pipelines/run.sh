#!/bin/sh
# Lints the files of examples/pipelines, and runs their steps, as they stand there, with the debug build.
set -eu
cd "$(dirname "$0")/../.."
python=$(Tests/environment.sh Pipelines)
"$python" Tests/Pipelines/pipelines.py

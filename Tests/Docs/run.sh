#!/bin/sh
# Follows the tutorial and the how-tos word for word with the debug build, and checks links, repeats and the glossary of the documentation.
# --accept writes into the pages what the commands print now, and the glossary anew: read the difference, and shorten it again.
set -eu
cd "$(dirname "$0")/../.."
python3 Tests/Docs/test_docs.py
python3 Tests/Docs/glossary.py "$@"
python3 Tests/Docs/follow.py .build/debug/tenure "$@"
python3 Tests/Docs/links.py

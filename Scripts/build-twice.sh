#!/usr/bin/env bash
# Builds the release of HEAD twice, as two people would: in other folders, with another locale, time zone, umask and number of jobs.
# Ends with 1 where a byte differs, and leaves the two there to be compared.
set -euo pipefail
cd "$(dirname "$0")/.."
source="$PWD"
work="$(mktemp -d)"

# The versions of the packages are part of what is built, so both take those of this folder.
build() { # where, jobs
  git clone --quiet "$source" "$1"
  if [ -f Package.resolved ]; then cp Package.resolved "$1/"; fi
  make --directory "$1" --silent build BUILD_FLAGS="--jobs $2"
}
(export LC_ALL=C TZ=UTC; umask 022; build "$work/a" 2)
(export LC_ALL=C.UTF-8 TZ=Asia/Tokyo; umask 077; build "$work/another-folder/of-somebody-else" 1)

cd "$work"
sha256sum a/.build-release/release/tenure another-folder/of-somebody-else/.build-release/release/tenure
if ! cmp a/.build-release/release/tenure another-folder/of-somebody-else/.build-release/release/tenure; then
  echo "The two builds differ; both lie in $work." >&2
  exit 1
fi
rm -rf "$work"
echo "The two builds are the same, byte for byte."

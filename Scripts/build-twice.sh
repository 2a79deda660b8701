#!/usr/bin/env bash
# Builds the release of HEAD twice, as two people would: with another locale, time zone, umask and number of jobs.
# Ends with 1 where a byte differs, and leaves the two there to be compared.
set -euo pipefail
cd "$(dirname "$0")/.."
source="$PWD"
work="$(mktemp -d)"

# Both in a folder of one name: no path is left in the program, but the compiler's digests of modules are taken with it.
# The versions of the packages are part of what is built, so both take those of this folder.
build() { # name, jobs
  git clone --quiet "$source" "$work/tenure"
  if [ -f Package.resolved ]; then cp Package.resolved "$work/tenure/"; fi
  make --directory "$work/tenure" --silent build BUILD_FLAGS="--jobs $2"
  mv "$work/tenure/.build-release/release/tenure" "$work/$1"
  rm -rf "$work/tenure"
}
(export LC_ALL=C TZ=UTC; umask 022; build first 2)
(export LC_ALL=C.UTF-8 TZ=Asia/Tokyo; umask 077; build second 3)

cd "$work"
sha256sum first second
if ! cmp first second; then
  echo "The two builds differ; both lie in $work." >&2
  exit 1
fi
rm -rf "$work"
echo "The two builds are the same, byte for byte."

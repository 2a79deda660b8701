#!/bin/sh
# Makes a Debian package again from the same program, in another time zone, locale and umask, and compares; then lints it.
# Usage: Tests/Packaging/package.sh BINARY PACKAGE
set -eu
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
again=$(umask 077; LC_ALL=C.UTF-8 TZ=Asia/Tokyo Scripts/make-deb.sh "$1" "$work" 2>/dev/null)
cmp "$2" "$again"
lintian --fail-on error --allow-root "$2"
echo "The package is the same, byte for byte, when it is made again; lintian finds no error."

#!/bin/sh
# Installs the Debian packages that are missing. Usage: Scripts/install-packages.sh build|test|bench|package
set -eu
cd "$(dirname "$0")/.."
wanted=$(awk -v purpose="$1" '!/^#/ && NF == 2 && ($1 == "build" || $1 == purpose) { print $2 }' Scripts/debian-packages.txt)
missing=
for package in $wanted; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
echo "Installing:$missing" >&2
as_root=
[ "$(id -u)" = 0 ] || as_root=sudo
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get -o DPkg::Lock::Timeout=300 update -q >&2
$as_root apt-get -o DPkg::Lock::Timeout=300 install -y -q --no-install-recommends $missing >&2

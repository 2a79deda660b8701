#!/bin/sh
# Makes a Debian package of a built program: the same bytes from the same commit and program. Usage: Scripts/make-deb.sh BINARY FOLDER
#   SOURCE_DATE_EPOCH  the time of all files, seconds since 1970; that of the commit unless stated
set -eu
umask 022
export LC_ALL=C TZ=UTC
cd "$(dirname "$0")/.."
binary=$1
folder=$2
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -c safe.directory="$PWD" log -1 --format=%ct)}
export SOURCE_DATE_EPOCH
# The version comes from the program itself; what follows the dash counts packages of one version.
version=$("$binary" --version)-1
architecture=$(dpkg --print-architecture)
maintainer="Tenure maintainers <maintainers@tenure.invalid>"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
documents=$root/usr/share/doc/tenure
DESTDIR=$root PREFIX=/usr ZSH=zsh/vendor-completions Scripts/install.sh "$binary"
strip --strip-unneeded --remove-section=.comment "$root/usr/bin/tenure"

# As Debian wants them: pages and changelogs packed, a copyright file, no file of the sources' own instructions.
for page in "$root"/usr/share/man/man1/*; do
  if [ -e "$page" ]; then gzip -9n "$page"; fi
done
install -m 644 deploy/debian/copyright "$documents/copyright"
install -D -m 644 deploy/debian/lintian-overrides "$root/usr/share/lintian/overrides/tenure"
{
  echo "tenure ($version) unstable; urgency=medium"
  echo
  echo "  * What changed is told in CHANGELOG.md."
  echo
  echo " -- $maintainer  $(date -u -R -d "@$SOURCE_DATE_EPOCH")"
} | gzip -9n >"$documents/changelog.Debian.gz"

# The libraries of Debian that the program is linked with, at the versions that its symbols need.
mkdir -p "$work/shlibs/debian"
printf 'Source: tenure\n\nPackage: tenure\nArchitecture: any\n' >"$work/shlibs/debian/control"
libraries=$(cd "$work/shlibs" && dpkg-shlibdeps -O -e"$root/usr/bin/tenure" | sed -n 's/^shlibs:Depends=//p')
case $libraries in
  *libsqlite3-0*libxml2* | *libxml2*libsqlite3-0*) ;;
  *) echo "error: $binary does not need Debian's SQLite and libxml2, but: $libraries" >&2; exit 1 ;;
esac
if ldd "$binary" | grep -q '/libswift\|libFoundation'; then
  echo "error: $binary loads the Swift runtime, which Debian does not have. Build it with make deb." >&2
  exit 1
fi

mkdir "$root/DEBIAN"
cat >"$root/DEBIAN/control" <<CONTROL
Package: tenure
Version: $version
Architecture: $architecture
Maintainer: $maintainer
Installed-Size: $(find "$root" -type f -not -path "$root/DEBIAN/*" -printf '%s\n' | awk '{ kilobytes += int(($1 + 1023) / 1024) } END { print kilobytes }')
Depends: $libraries, tzdata
Recommends: git
Suggests: chromium | weasyprint, default-mta | mail-transport-agent, xsltproc
Section: admin
Priority: optional
Description: evidence packs from routing logs of AI gateways
 Reads routing logs of AI gateways, the versions of their routing policy and
 records of who owned which rule, and writes an evidence pack for auditors:
 XML documents, pages made from them, the exact data, and digests of all of it.
CONTROL
(cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
chmod 644 "$root"/DEBIAN/*
find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
mkdir -p "$folder"
# One thread packs: the number of threads changes the bytes.
dpkg-deb --root-owner-group --threads-max=1 -Zxz --build "$root" "$folder/tenure_${version}_$architecture.deb" >&2
echo "$folder/tenure_${version}_$architecture.deb"

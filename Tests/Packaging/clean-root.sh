#!/bin/sh
# Installs a Debian package of Tenure in a new Debian without Swift, uses it there as nobody and without a network, removes it, and
# runs the steps of the Containerfile. Needs root, for chroot, and a Debian mirror.
# Usage: Tests/Packaging/clean-root.sh PACKAGE BINARY, of which the second makes the pack that the first has to make too.
set -eu
cd "$(dirname "$0")/../.."
package=$1
outside=$2
here=$PWD
work=$(mktemp -d)
root=$work/root
slim=$work/slim
trap 'rm -rf --one-file-system "$work"' EXIT

fail() { echo "$1" >&2; exit 1; }
# In a root, with its own /proc and mounts, which end with the command.
inside() {
  place=$1
  shift
  # shellcheck disable=SC2016
  unshare --mount --pid --fork sh -c 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"' "$place" "$@"
}
apt() { inside "$root" env DEBIAN_FRONTEND=noninteractive LC_ALL=C apt-get -q -y -o Dpkg::Use-Pty=0 --no-install-recommends "$@" >>"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }; }
# As a user without rights, and without a network.
user() { inside "$root" unshare --net setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs env HOME=/tmp LC_ALL=C "$@"; }
# Everything but what apt and dpkg keep of themselves.
listing() { (cd "$root" && find . -xdev \( -path ./var/lib/dpkg -o -path ./var/log -o -path ./var/cache -o -path ./tmp -o -path ./proc \) -prune -o -print | sort) >"$work/$1"; }

echo "== a new Debian"
mmdebstrap --quiet --variant=minbase bookworm "$root"
cp -a "$root" "$slim"
cp "$package" "$root/tenure.deb"
apt update
# Only what the package itself asks for.
apt satisfy "$(dpkg-deb -f "$package" Depends)"
listing before

echo "== install, run, verify"
inside "$root" dpkg -i /tenure.deb >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
if find "$root" -xdev -name 'libswift*' | grep -q .; then fail "the root has a Swift runtime, and so proves nothing"; fi
version=$(user tenure --version)
[ "$version-1" = "$(dpkg-deb -f "$package" Version)" ] || fail "the package has another version than the program: $version"
user tenure run --config /usr/share/doc/tenure/examples/quickstart/tenure.yaml --out /tmp/out --store /tmp/store.sqlite >"$work/run" ||
  fail "the quickstart ends with $?"
"$outside" run --config examples/quickstart/tenure.yaml --out "$work/out" --store "$work/store.sqlite" >"$work/outside" ||
  fail "the quickstart, outside, ends with $?"
grep -q '^pack .*manifest' "$work/run" || fail "no digest is printed"
[ "$(grep ^pack "$work/run")" = "$(grep ^pack "$work/outside")" ] || fail "the digests differ"
diff -r "$root/tmp/out/2026q3" "$work/out/2026q3" || fail "the packs differ"
user tenure verify /tmp/out/2026q3 >"$work/verify" 2>&1 || fail "the pack does not verify: $(cat "$work/verify")"
user tenure verify /usr/share/doc/tenure/reports/sample >"$work/verify" 2>&1 || fail "the sample does not verify: $(cat "$work/verify")"
echo "   $(grep ^pack "$work/run")"

echo "== the units"
# shellcheck disable=SC2013
for place in $(sed -n -e 's|^ExecStart=||p' -e 's|.*file://||p' "$root"/usr/lib/systemd/system/tenure*); do
  [ -e "$root$place" ] || fail "the unit names $place, which is not there"
done
# The job itself, with the configuration at its place.
mkdir -p "$root/etc/tenure" "$root/var/lib/tenure" "$root/var/cache/tenure"
cp -r "$root/usr/share/doc/tenure/examples/quickstart/." "$root/etc/tenure/"
chown 65534:65534 "$root/var/lib/tenure" "$root/var/cache/tenure"
# shellcheck disable=SC2046
user env TENURE_TODAY=2026-10-05 $(sed -n 's/^Environment=//p' "$root/usr/lib/systemd/system/tenure.service") \
  /usr/libexec/tenure/quarterly.sh >"$work/quarterly" 2>&1 || fail "quarterly.sh ends with $?: $(cat "$work/quarterly")"
[ -e "$root/var/lib/tenure/archive/2026q3.tar.gz" ] || fail "quarterly.sh archives nothing"
rm -rf "$root/etc/tenure" "$root/var/lib/tenure" "$root/var/cache/tenure"

echo "== remove"
inside "$root" dpkg -r tenure >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
listing after
diff "$work/before" "$work/after" || fail "something is left behind"
if inside "$root" dpkg-query -s tenure >"$work/log" 2>&1; then fail "dpkg still knows tenure: $(cat "$work/log")"; fi

echo "== units, manual and completions in a Debian that has what reads them"
apt install systemd man-db bash-completion zsh fish
inside "$root" dpkg -i /tenure.deb >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
inside "$root" sh -c 'systemd-analyze verify --man=no /usr/lib/systemd/system/tenure*' >"$work/units" 2>&1 || fail "$(cat "$work/units")"
[ ! -s "$work/units" ] || fail "$(cat "$work/units")"
if ls docs/man/*.1 >/dev/null 2>&1; then
  user man tenure >"$work/man" 2>"$work/log" || fail "man tenure ends with $?: $(cat "$work/log")"
  grep -q 'EXIT STATUS\|Exit status\|NAME' "$work/man" || fail "the manual has no name: $(head "$work/man")"
fi
# A command's name is completed in each shell, from where the package put the file.
# shellcheck disable=SC2016
completed=$(user bash -c '. /usr/share/bash-completion/bash_completion; _completion_loader tenure || [ $? -eq 124 ]
  function=$(complete -p tenure | sed "s/.*-F \([^ ]*\) .*/\1/"); COMP_WORDS=(tenure ver); COMP_CWORD=1; COMP_LINE="tenure ver"; COMP_POINT=10
  "$function" tenure ver tenure; echo "${COMPREPLY[@]}"')
[ "$completed" = verify ] || fail "bash completes: $completed"
completed=$(user fish -c 'complete -C "tenure ver"')
case $completed in verify*) ;; *) fail "fish completes: $completed" ;; esac
# shellcheck disable=SC2016
completed=$(user zsh -f -c 'autoload -Uz compinit && compinit -D -u && echo "${_comps[tenure]}" && autoload +X _tenure && echo loaded')
[ "$completed" = "_tenure
loaded" ] || fail "zsh completes: $completed"

echo "== the steps of the Containerfile"
# As that image is made: without documentation.
printf 'path-exclude /usr/share/%s/*\n' doc man info locale >"$slim/etc/dpkg/dpkg.cfg.d/docker"
mkdir "$slim/packages"
cp "$package" "$slim/packages/"
# The one RUN, without the mount that stands for the folder above.
sed -e ':join; /\\$/{N; s/\\\n//; b join}' -n -e 's/^RUN --mount=[^ ]* //p' deploy/container/Containerfile >"$work/steps"
[ "$(wc -l <"$work/steps")" -eq 1 ] || fail "the Containerfile has other steps than are tried here"
inside "$slim" env DEBIAN_FRONTEND=noninteractive sh -c "$(cat "$work/steps")" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
who=$(sed -n 's/^USER //p' deploy/container/Containerfile)
cp -r "$here/examples/quickstart/." "$slim/work/"
contained() { inside "$slim" unshare --net chroot --userspec="$who" / sh -c 'cd /work && exec "$@"' - "$(sed -n 's/^ENTRYPOINT \["\(.*\)"\]/\1/p' deploy/container/Containerfile)" "$@"; }
contained --version >/dev/null
contained run --config /work/tenure.yaml --out /work/packs --store /work/store.sqlite >"$work/contained" || fail "in the container's layout the quickstart ends with $?"
[ "$(grep ^pack "$work/contained")" = "$(grep ^pack "$work/outside")" ] || fail "in the container's layout the digest differs"
[ "$(stat -c %u:%g "$slim/work/packs/2026q3")" = "$who" ] || fail "the pack belongs to somebody else"
echo "The package installs, runs, and goes without a trace."

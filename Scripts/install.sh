#!/usr/bin/env bash
# Puts a built program and what belongs to it into place; docs/install.md says what goes where. Usage: Scripts/install.sh BINARY
#   PREFIX   where the program will lie; /usr/local unless stated
#   DESTDIR  a folder that stands for /, for packages; none unless stated
#   ZSH      the folder of zsh's completions below share; zsh/site-functions unless stated
set -euo pipefail
umask 022
export LC_ALL=C
cd "$(dirname "$0")/.."
binary=$1
prefix=${PREFIX-/usr/local}
case $prefix in
  "" | /*) ;;
  *) echo "error: PREFIX is $prefix. Write a path that begins with /." >&2; exit 64 ;;
esac
top=${DESTDIR-}$prefix
documents=share/doc/tenure
if ! [ -x "$binary" ]; then
  echo "error: $binary is not there. Run make build first." >&2
  exit 1
fi

# file, place below the prefix
put() {
  mode=644
  if [ -x "$1" ]; then mode=755; fi
  install -D -m "$mode" "$1" "$top/$2"
}
# Sources, under their own paths below a folder, which is the first argument. Only what belongs to the sources, not what a run left
# beside it; root may install what somebody else built.
put_sources() {
  mkdir -p "$top/$1"
  into=$top/$1
  shift
  if [ -e .git ]; then git -c safe.directory="$PWD" ls-files -z -- "$@"; else find "$@" -type f -print0; fi |
    tar --exclude='docs/man/*' --exclude='examples/pipelines/systemd/*' --exclude='examples/pipelines/*.sh' \
      --exclude='deploy/debian/*' --mode=u=rwX,go=rX --no-recursion --null --files-from=- -cf - |
    tar -C "$into" --no-same-owner -xf -
}
# The same file under a second name, for those who come by the documentation.
also() {
  mkdir -p "$top/$(dirname "$2")"
  ln -sfnr "$top/$1" "$top/$2"
}

put "$binary" bin/tenure
for page in docs/man/*.1; do
  if [ -e "$page" ]; then put "$page" "share/man/man1/$(basename "$page")"; fi
done
# shell, place
completions() {
  mkdir -p "$top/$(dirname "$2")"
  "$binary" --generate-completion-script "$1" >"$top/$2"
}
completions bash share/bash-completion/completions/tenure
completions zsh "share/${ZSH-zsh/site-functions}/_tenure"
completions fish share/fish/vendor_completions.d/tenure.fish

# The units name the places of this prefix.
for script in quarterly.sh mail.sh; do
  put "examples/pipelines/$script" "libexec/tenure/$script"
  also "libexec/tenure/$script" "$documents/examples/pipelines/$script"
done
mkdir -p "$top/lib/systemd/system"
for unit in examples/pipelines/systemd/*; do
  name=$(basename "$unit")
  sed -e "s|/usr/local/|$prefix/|g" "$unit" >"$top/lib/systemd/system/$name"
  also "lib/systemd/system/$name" "$documents/$unit"
done

# The program has these inside and never reads them here: they are for those who read them, or lay files over them.
put_sources share/tenure mappings templates
also share/tenure/mappings "$documents/mappings"
also share/tenure/templates "$documents/templates"
also share/man/man1 "$documents/docs/man"

# The folders lie to each other as in the sources, so that links lead somewhere.
put_sources "$documents" README.md CHANGELOG.md CONTRIBUTING.md SECURITY.md docs examples deploy reports/sample Benchmarks/README.md

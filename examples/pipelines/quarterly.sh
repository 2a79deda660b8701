#!/bin/sh
# Makes the evidence pack of the previous quarter, checks it, and puts it into an archive. What a pipeline publishes lies in
# $TENURE_WORK/publish afterwards: the packed pack, its digest, the reports for other tools, and mail.txt, a summary with the head of
# a mail.
#
# It ends as docs/exit-statuses.md says: 0 the pack is archived; 3 the pack is archived and incomplete; anything else: no pack
# was archived.
#
#   TENURE_CONFIG   the configuration; tenure.yaml unless stated
#   TENURE_ARCHIVE  a folder that outlives the job: packs, and the store that remembers scans
#   TENURE_WORK     a folder of the job's own
#   TENURE_PERIOD   a quarter; previous-quarter unless stated
#   TENURE_FAIL_ON  never, fail, exception or cannot-tell; at never, findings do not fail the job
set -eu
umask 027
export LC_ALL=C
config=${TENURE_CONFIG:-tenure.yaml}
archive=${TENURE_ARCHIVE:?Name a folder that outlives the job.}
work=${TENURE_WORK:?Name a folder of the job\'s own.}
period=${TENURE_PERIOD:-previous-quarter}
mkdir -p "$archive" "$work"
rm -rf "$work/before" "$work/publish"
mkdir "$work/before" "$work/publish"

# The period by its name, which is also the name of the pack's folder: 2026-Q3 and 2026q3.
settings=$(tenure show config --config "$config" --period "$period")
name=$(printf '%s\n' "$settings" | sed -n 's/^period  *\([^ ]*\)  (.*/\1/p')
pack=$(printf '%s' "$name" | tr -d - | tr Q q)
case $pack in
  [0-9][0-9][0-9][0-9]q[1-4]) ;;
  *) echo "error: $period is no quarter. This script makes packs of quarters." >&2; exit 64 ;;
esac

# The last pack before it that the archive has: it must be as it was archived, and sound.
before=
for file in "$archive"/[0-9][0-9][0-9][0-9]q[1-4].tar.gz; do
  found=$(basename "$file" .tar.gz)
  if [ -e "$file" ] && expr "$found" \< "$pack" >/dev/null; then before=$found; fi
done
set --
if [ -n "$before" ]; then
  (cd "$archive" && sha256sum --check --quiet "$before.tar.gz.sha256") || exit 4
  tar -xzf "$archive/$before.tar.gz" -C "$work/before"
  tenure verify "$work/before/$before"
  set -- --previous-pack "$work/before/$before"
fi

status=0
tenure run --config "$config" --period "$name" --out "$work" --store "$archive/tenure.sqlite" \
  --fail-on "${TENURE_FAIL_ON:-never}" "$@" || status=$?
# 2 is a pack with findings, 3 an incomplete pack: both are evidence, and are archived. Everything else left none.
case $status in 0 | 2 | 3) ;; *) exit "$status" ;; esac
tenure verify "$work/$pack" ${before:+--previous "$work/before/$before"}

for report in junit.xml summary.md findings.sarif; do
  if [ -f "$work/$pack/exchange/$report" ]; then cp "$work/$pack/exchange/$report" "$work/publish/"; fi
done

tenure summary "$work/$pack" --mail >"$work/publish/mail.txt"

# The same pack gives the same bytes, so a job that runs again finds its own archive. Another pack of the same quarter never
# takes its place.
tar -C "$work" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX -cf - "$pack" |
  gzip -n >"$work/publish/$pack.tar.gz"
(cd "$work/publish" && sha256sum "$pack.tar.gz" >"$pack.tar.gz.sha256")
if [ ! -e "$archive/$pack.tar.gz" ]; then
  cp "$work/publish/$pack.tar.gz.sha256" "$archive/"
  cp "$work/publish/$pack.tar.gz" "$archive/.$pack.tar.gz.new"
  mv "$archive/.$pack.tar.gz.new" "$archive/$pack.tar.gz"
elif ! cmp -s "$work/publish/$pack.tar.gz" "$archive/$pack.tar.gz"; then
  echo "error: $archive/$pack.tar.gz holds another pack. Compare them with tenure diff; move the old one away to archive this one." >&2
  exit 1
fi
echo "archived $archive/$pack.tar.gz"
exit "$status"

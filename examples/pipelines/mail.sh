#!/bin/sh
# Mails how the job of a quarter ended. With a pack the mail is its summary, which quarterly.sh left; without one it is what the job
# said last. systemd says in MONITOR_* which job it was and how it ended; see systemd.exec(5).
#
#   TENURE_MAIL_TO  who gets it
#   TENURE_WORK     the folder of the job
set -eu
to=${TENURE_MAIL_TO:?Name who gets the mail.}
summary=${TENURE_WORK:?Name the folder of the job.}/publish/mail.txt
unit=${MONITOR_UNIT:-tenure.service}
if [ "${MONITOR_SERVICE_RESULT:-success}" = success ] && [ -f "$summary" ]; then
  cat "$summary"
else
  printf 'Subject: No evidence pack: %s ended with %s\n' "$unit" "${MONITOR_EXIT_STATUS:-${MONITOR_SERVICE_RESULT:-no pack}}"
  printf 'MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\nAuto-Submitted: auto-generated\n\n'
  printf 'The job %s ended without a pack that can be relied on. What it said last:\n\n' "$unit"
  journalctl --unit="$unit" --lines=40 --output=cat --no-pager
  printf '\nNext: mend what it names, then systemctl start %s\n' "$unit"
fi | "${TENURE_SENDMAIL:-/usr/sbin/sendmail}" -i -- "$to"

#!/bin/sh
# Makes docs/images/*.png, the pictures of pages that the README shows, from reports/sample or from the pack that is named. Wants chromium.
# A picture is 1280 by 800 pixels: the top of a page, or its heading with the one section that is named, since headless Chromium does not
# scroll to a section before it takes a picture.
set -eu
cd "$(dirname "$0")/.."
pack=$(cd "${1:-reports/sample}" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# picture NAME PAGE [SECTION]
picture() {
  mkdir -p "$scratch/$1/assets" "$scratch/$1/$(dirname "$2")"
  cp "$pack/$2" "$scratch/$1/$2"
  cp "$pack/assets/pack.css" "$scratch/$1/assets/pack.css"
  if [ -n "${3:-}" ]; then
    grep -q "<section id=\"$3\"" "$pack/$2" || { echo "$2 has no section $3" >&2; exit 1; }
    echo "main > section:not(#$3), main > nav, main > p:not(.notice) { display: none }" >>"$scratch/$1/assets/pack.css"
  fi
  chromium --headless --no-sandbox --hide-scrollbars --force-device-scale-factor=1 --user-data-dir="$scratch/profile" \
    --window-size=1280,800 --screenshot="$PWD/docs/images/$1.png" "file://$scratch/$1/$2" >/dev/null 2>&1
  echo "docs/images/$1.png $(wc -c <"docs/images/$1.png") bytes"
}

picture front index.html
picture rule r/pii-to-trusted.html timeline
picture change v/v4.html changes
picture drift r/claims-front-line.html drift
picture coverage m/nist-ai-rmf-1.0.html matrix
picture holes reconciliation.html days

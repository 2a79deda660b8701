#!/bin/sh
# Searches for inputs that break a reader's promises, with libFuzzer and AddressSanitizer, both of which come with Swift.
#   fuzz.sh list                     the targets
#   fuzz.sh run TARGET SECONDS       searches; new inputs and crashes go to .build-fuzz/found/TARGET
#   fuzz.sh try TARGET FILE          one input
#   fuzz.sh keep TARGET              minimises the corpus with what was found into corpus/TARGET
set -eu
cd "$(dirname "$0")/../.."
here=Tests/FuzzTests
scratch=.build-fuzz
# Swift's own printer of crashes outlives a timeout.
export TENURE_FUZZ=1 SWIFT_BACKTRACE=enable=no

swift build --scratch-path "$scratch" --product fuzz -Xswiftc -O -Xswiftc -sanitize=fuzzer,address \
  -Xswiftc -use-ld=lld -Xcc -fsanitize=fuzzer-no-link,address >&2
fuzz=$scratch/debug/fuzz
command=${1:-list}
[ "$command" = list ] && { "$fuzz" || true; exit 0; }
FUZZ_TARGET=$2
export FUZZ_TARGET
found=$scratch/found/$FUZZ_TARGET
corpus=$here/corpus/$FUZZ_TARGET
mkdir -p "$found" "$corpus"
# Words that mean something to the reader: those of its own source.
case $FUZZ_TARGET in
  log-* | field-map) sources=Sources/Intake/RoutingLogs ;;
  policy-* | openclaw-audit | pull-requests | git-log | secrets) sources=Sources/Intake/PolicyHistory ;;
  codeowners | owner-files | backstage | servicenow) sources=Sources/Intake/Ownership ;;
  oscal-*) sources="Sources/Intake/Frameworks Sources/Exchange/OSCAL Sources/Intake/Registers" ;;
  partial*) sources=Sources/Replay/Partials ;;
  seal-*) sources=Sources/Seal ;;
  configuration) sources=Sources/TenureCLI/Plan ;;
  mapping) sources=Sources/Assessment/Mapping ;;
  exchange-facts) sources=Sources/Exchange ;;
  zip) sources=Sources/PackArchive ;;
  manifest | pack-* | disclosure-table | xml) sources="Sources/Verification Sources/Comparison Sources/Disclosure" ;;
  *) sources=Sources/Intake/Registers ;;
esac
# shellcheck disable=SC2086
grep -rhoE '"[A-Za-z_@/.:-]{2,40}"' $sources | sort -u >"$scratch/words"
# Leaks are not looked for: Swift's runtime keeps what it makes once.
export ASAN_OPTIONS=detect_leaks=0:malloc_context_size=2:quarantine_size_mb=16
case $command in
  run)
    shift 2
    seconds=$1
    shift
    exec "$fuzz" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=16384 -print_final_stats=1 -dict="$scratch/words" \
      -artifact_prefix="$found/" "$@" "$found" "$corpus" ;;
  try) exec "$fuzz" -timeout=10 -rss_limit_mb=2048 "$3" ;;
  keep)
    rm -rf "$scratch/kept"
    mkdir -p "$scratch/kept"
    "$fuzz" -merge=1 -max_len=4096 "$scratch/kept" "$corpus" "$found"
    rm -f "$corpus"/*
    cp "$scratch/kept"/* "$corpus" ;;
  *) sed -n '2,6s/^# //p' "$here/fuzz.sh" >&2; exit 64 ;;
esac

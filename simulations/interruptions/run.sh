#!/usr/bin/env bash
# Cuts a study off at random moments of a fixed seed, by kill -9 and by Ctrl-C in turn, two or three times a run, and goes on.
# Each time: no replicate that was written in full is computed again. At the end of each run: the bytes of a run that nobody disturbed.
# usage: run.sh [INTERRUPTIONS] [SEED] [COMMAND...]     the command defaults to the program of this checkout, built in Release
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
wanted=${1:-20}; seed=${2:-1}; shift $(( $# < 2 ? $# : 2 ))
if [ $# -gt 0 ]; then program=("$@"); else program=(dotnet "$here/../../src/Cli/bin/Release/net10.0/margcond.dll"); fi
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
study=$here/study.yaml
methods=2

sum() { (cd "$1" && sha256sum manifest.json replicates.csv study.yaml summary.csv summary.json); }
now() { date +%s%N; }
draw() { awk -v seed="$seed" -v at="$1" 'BEGIN { srand(seed * 100003 + at); rand(); printf "%.6f", rand() }'; }
# Replicates that stand in whole blocks of the journal, or in the finished file: those that must never be computed again.
written() {
  { [ -f "$1/replicates.csv" ] && tail -n +2 "$1/replicates.csv" || true
    [ -f "$1/replicates.partial.csv" ] && awk '/^#block,/ { printf "%s", rows; rows = ""; next } { rows = rows $0 "\n" }' "$1/replicates.partial.csv" || true
  } | cut -d, -f1,2,3 | sort -u | wc -l | awk -v methods=$methods '{ print int($1 / methods) }'
}
kept() { grep -o '[0-9,]* replicates\? of the run before' "$1" | cut -d' ' -f1 | tr -d , || true; }

began=$(now)
"${program[@]}" simulate "$study" --out "$work/whole" --threads 2 > /dev/null
duration=$(( $(now) - began ))
sum "$work/whole" > "$work/expected"

done_=0; runs=0; recomputed=0
while [ "$done_" -lt "$wanted" ]; do
  runs=$((runs + 1)); folder=$work/run$runs
  times=$(( 2 + runs % 2 ))
  for _ in $(seq "$times"); do
    [ "$done_" -lt "$wanted" ] || break
    before=$(written "$folder")
    # A job of its own, so that Ctrl-C reaches it although this script runs in the background.
    set -m
    "${program[@]}" simulate "$study" --out "$folder" --resume --threads $(( 1 + done_ % 2 )) > /dev/null 2> "$work/log" &
    set +m
    child=$!
    sleep "$(awk -v share="$(draw $done_)" -v whole="$duration" 'BEGIN { printf "%.3f", share * whole / 1e9 }')"
    signal=$([ $(( done_ % 3 )) -eq 2 ] && echo INT || echo KILL)
    kill -"$signal" "$child" 2> /dev/null || signal=none
    status=0; wait "$child" 2> /dev/null || status=$?
    done_=$((done_ + 1))
    after=$(written "$folder")
    printf 'run %d  interruption %2d  %-4s  exit %3d  replicates written %5d -> %5d\n' "$runs" "$done_" "$signal" "$status" "$before" "$after"
    [ "$after" -ge "$before" ] || { echo "replicates were lost"; exit 1; }
  done
  before=$(written "$folder")
  "${program[@]}" simulate "$study" --out "$folder" --resume > /dev/null 2> "$work/log"
  found=$(kept "$work/log")
  if [ "$before" -gt 0 ] && [ "${found:-0}" -ne "$before" ]; then
    recomputed=$((recomputed + before - ${found:-0}))
    echo "run $runs: $before replicates were written and ${found:-0} were kept"
  fi
  sum "$folder" | cmp -s - "$work/expected" || { echo "run $runs ended in other bytes"; exit 1; }
done
echo "$done_ interruptions of $runs runs: the same bytes at the end, $recomputed replicates computed again that were written"
[ "$recomputed" -eq 0 ]

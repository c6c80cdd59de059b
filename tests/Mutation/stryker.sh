#!/usr/bin/env bash
# Mutates the folders of folders.txt, or those named, one after the other with dotnet-stryker, and prints the score of each.
#
#   tests/Mutation/stryker.sh [--every N] [--out FOLDER] [src/Gee/Covariance ...]
#
# --every N takes one member in N, whatever folders.txt says. Reports stay in the folder of --out; a folder that has one is not run
# again. Stryker puts mutated libraries among the tests' binaries: run it in a clone of its own. For the night: about a
# second of processor time a mutant, and one to three minutes a folder beside.
set -uo pipefail
cd "$(dirname "$0")/../.."
out=${TMPDIR:-/tmp}/stryker every= chosen=()
while [ $# -gt 0 ]; do
  case $1 in
    --every) every=$2; shift 2 ;;
    --out) out=$2; shift 2 ;;
    *) chosen+=("${1%/}"); shift ;;
  esac
done

# Analyzers have nothing to say about mutants; a busy machine answers Stryker's question for the SDK late.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 RunAnalyzers=false DOTNET_INFO_WAIT_TIME=600000
mkdir -p "$out"
out=$(cd "$out" && pwd)
dotnet tool restore > /dev/null || exit 2
[ -d tests/Statistics.Tests/obj ] || dotnet restore MarginalConditional.sln -v quiet || exit 2

while read -r folder tests one areas; do
  case $folder in ''|'#'*) continue ;; esac
  [ ${#chosen[@]} -eq 0 ] || [[ " ${chosen[*]} " == *" $folder "* ]] || continue
  report=$out/${folder//\//+}
  [ -f "$report/reports/mutation-report.json" ] && continue
  mkdir -p "$report"
  python3 tests/Mutation/sample.py "$folder" "${every:-$one}" "$areas" > "$report/settings.json" || exit 2
  echo "$folder" >&2
  (cd "tests/$tests" && nice -n 19 dotnet stryker -f "$report/settings.json" -O "$report" --skip-version-check < /dev/null) \
    > "$report/log.txt" 2>&1 || tail -n 3 "$report/log.txt" >&2
done < tests/Mutation/folders.txt
python3 tests/Mutation/scores.py "$out"

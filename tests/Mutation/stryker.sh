#!/usr/bin/env bash
# Mutates the folders of folders.txt, or those named, one after the other with dotnet-stryker, and prints the score of each.
#
#   tests/Mutation/stryker.sh [--every N] [--out FOLDER] [src/Gee/Covariance ...]
#   tests/Mutation/stryker.sh --project Gee --files 4 --every 8 [--out FOLDER]
#   tests/Mutation/stryker.sh --project Gee --survivors REPORTS [--tests TrialPlanTests,RefitsTests] --out FOLDER
#
# --every N takes one member in N, whatever folders.txt says. With --project all folders of a project are mutated in one run, of
# one file in --files, and all of its tests but those of slow.txt are asked: for a small machine, as a run costs minutes beside its
# mutants. --survivors mutates again the members in which earlier reports left mutants unnoticed; --tests asks only tests whose names
# contain one of these. Reports stay in the folder of --out; a folder or project that has one is not run again.
#
# Run it in a clone of its own: Stryker puts mutated libraries among the tests' binaries, and with --files or --survivors the sources
# that are spared are changed until the end.
set -uo pipefail
cd "$(dirname "$0")/../.."
out=${TMPDIR:-/tmp}/stryker every= files=1 areas=all reports= chosen=() projects=()
while [ $# -gt 0 ]; do
  case $1 in
    --every) every=$2; shift 2 ;;
    --out) out=$2; shift 2 ;;
    --files) files=$2; shift 2 ;;
    --survivors) reports=$(realpath "$2"); shift 2 ;;
    --tests) areas=$2; shift 2 ;;
    --project) projects+=("$2"); shift 2 ;;
    *) chosen+=("${1%/}"); shift ;;
  esac
done

# Analyzers have nothing to say about mutants; a busy machine answers Stryker's question for the SDK late.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 RunAnalyzers=false DOTNET_INFO_WAIT_TIME=600000
mkdir -p "$out"
out=$(cd "$out" && pwd)
dotnet tool restore > /dev/null || exit 2
[ -d tests/Statistics.Tests/obj ] || dotnet restore MarginalConditional.sln -v quiet || exit 2

mutate() { # folder or project, test project, one member in so many, areas of its tests
  local report=$out/${1//\//+}
  [ -f "$report/reports/mutation-report.json" ] && return
  mkdir -p "$report"
  if [ "$files" -gt 1 ] || [ -n "$reports" ]; then
    git diff --quiet -- "$1" || { echo "$1 has changes that are not committed." >&2; exit 2; }
    trap 'git checkout -q -- src' EXIT
  fi
  python3 tests/Mutation/sample.py "$1" "$3" "$4" "$files" $reports > "$report/settings.json" || exit 2
  echo "$1" >&2
  (cd "tests/$2" && nice -n "${NICE:-19}" dotnet stryker -f "$report/settings.json" -O "$report" --skip-version-check < /dev/null) \
    > "$report/log.txt" 2>&1 || tail -n 3 "$report/log.txt" >&2
  [ "$files" -le 1 ] && [ -z "$reports" ] || git checkout -q -- "$1"
}

for project in "${projects[@]}"; do
  mutate "src/$project" "$project.Tests" "${every:-1}" "$areas"
done

[ ${#projects[@]} -gt 0 ] && [ ${#chosen[@]} -eq 0 ] || while read -r folder tests one named; do
  case $folder in ''|'#'*) continue ;; esac
  [ ${#chosen[@]} -eq 0 ] || [[ " ${chosen[*]} " == *" $folder "* ]] || continue
  mutate "$folder" "$tests" "${every:-$one}" "$named"
done < tests/Mutation/folders.txt
python3 tests/Mutation/scores.py "$out"

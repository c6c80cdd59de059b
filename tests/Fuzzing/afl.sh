#!/usr/bin/env bash
# Targets of this project under AFL++, with libraries instrumented by SharpFuzz. By hand, on Debian or Ubuntu.
# Usage: bash tests/Fuzzing/afl.sh [MINUTES] [TARGET …]     findings: artifacts/afl/TARGET
set -euo pipefail
cd "$(dirname "$0")/../.."
minutes=${1:-5}
shift || true
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(csv file formula contrasts yaml pair frame child serve kept folder)
command -v afl-fuzz > /dev/null || apt-get install -y --no-install-recommends afl++
tools=artifacts/afl/tools
[ -x "$tools/sharpfuzz" ] || dotnet tool install SharpFuzz.CommandLine --version 2.3.0 --tool-path "$tools" > /dev/null
program=artifacts/afl/program
rm -rf "$program"
dotnet publish tests/Fuzzing -c Release -o "$program" -v quiet --nologo -p:RunAnalyzers=false > /dev/null
for library in Data Statistics Compare Gee; do
    "$tools/sharpfuzz" "$program/MarginalConditional.$library.dll"
done
"$tools/sharpfuzz" "$program/margcond.dll"

# Folders of studies are flushed to the disk at every file; in memory an input takes a tenth of the time.
[ ! -d /dev/shm ] || export TMPDIR=/dev/shm
export AFL_SKIP_BIN_CHECK=1 AFL_SKIP_CPUFREQ=1 AFL_NO_UI=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1
for target in "${targets[@]}"; do
    seeds="tests/Fuzzing/Corpora/$target"
    [ -d "$seeds" ] || seeds=tests/Fuzzing/Corpora/choices
    [ "$target" != file ] || seeds=tests/Data.Tests/Formats/Samples
    words=()
    case "$target" in serve | child | kept | folder) words=(-x tests/Fuzzing/Corpora/json.dict) ;; esac
    findings="artifacts/afl/$target"
    rm -rf "$findings"
    nice -n ${NICE:-10} afl-fuzz -i "$seeds" -o "$findings" "${words[@]}" -V $((minutes * 60)) -t 20000 -m none -- \
        "$program/MarginalConditional.Fuzzing" afl "$target" > "artifacts/afl/$target.log" 2>&1 || true
    awk -v target="$target" -F ' *: *' '/^(execs_done|edges_found|corpus_count|saved_crashes|saved_hangs|run_time) /{v[$1]=$2}
        END {printf "| `%s` | %s | %s | %s | %s | %s |\n", target, v["run_time"], v["execs_done"], v["corpus_count"],
             v["saved_crashes"], v["saved_hangs"]}' "$findings/default/fuzzer_stats"
done

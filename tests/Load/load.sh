#!/usr/bin/env bash
# Large files through the program: processor time, memory at its peak, and what came out. By hand: it takes minutes, 1 GB of disk and
# 4 GB of memory. Usage: bash tests/Load/load.sh [ROWS] [THREADS]
set -euo pipefail
cd "$(dirname "$0")/../.."
rows=${1:-10000000}
threads=${2:-0}
dotnet build tests/Load -c Release -v quiet --nologo -p:RunAnalyzers=false > /dev/null
load=tests/Load/bin/Release/net10.0/MarginalConditional.Load
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
"$load" data "$data/large.csv" "$rows" 10
"$load" wide "$data/wide.csv" 5000 2000

measure() {
    python3 - "$@" <<'P'
import resource, subprocess, sys
name, line = sys.argv[1], sys.argv[2:]
run = subprocess.run(["dotnet", "tests/Load/bin/Release/net10.0/margcond.dll", *line], capture_output=True, text=True)
use = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"| {name} | {use.ru_utime + use.ru_stime:.0f} | {use.ru_maxrss / 2**20:.2f} | {run.returncode} |", flush=True)
if run.returncode:
    print(run.stderr, flush=True)
P
}

echo "| command | processor time, s | memory at its peak, GiB | exit code |"
echo "|---|---|---|---|"
measure "gee, exchangeable, $rows rows" gee "$data/large.csv" "yb ~ trt * time + x" --cluster id --threads "$threads"
measure "lmm, one intercept, $rows rows" lmm "$data/large.csv" "y ~ trt * time + x + (1 | id)" --threads "$threads"
measure "lmm, intercept and slope, $rows rows" lmm "$data/large.csv" "y ~ trt * time + x + (time | id)" --threads "$threads"
measure "glmm, Laplace, $rows rows" glmm "$data/large.csv" "yb ~ trt * time + x + (1 | id)" --nodes 1 --threads "$threads"
measure "glmm, quadrature, $rows rows" glmm "$data/large.csv" "yb ~ trt * time + x + (1 | id)" --threads "$threads"
measure "describe, $rows rows" describe "$data/large.csv" --cluster id --wave time
measure "gee, 2,000 columns, 5,000 rows" gee "$data/wide.csv" "y ~ $("$load" terms 2000)" --family gaussian --cluster id --threads "$threads"
measure "lmm, 600 columns, 5,000 rows" lmm "$data/wide.csv" "y ~ $("$load" terms 600) + (1 | id)" --threads "$threads"
measure "lmm, 2,000 columns, 5,000 rows" lmm "$data/wide.csv" "y ~ $("$load" terms 2000) + (1 | id)" --threads "$threads"

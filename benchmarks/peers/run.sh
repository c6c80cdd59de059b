#!/bin/sh
# Runs project and peers side by side on this machine and prints a table of ratios.
# Usage: benchmarks/peers/run.sh [WORD]     only the comparisons of comparisons.txt whose name contains WORD
set -e
here=$(cd "$(dirname "$0")" && pwd)
data=${TMPDIR:-/tmp}/margcond-peers
"$here/install.sh"
dotnet build -c Release -v q -nologo "$here/../Benchmarks/Benchmarks.csproj" >/dev/null
mkdir -p "$data"
Rscript "$here/make_data.R" "$data"
Rscript "$here/crossed.R" data "$data"
exec python3 "$here/compare.py" "$here" "$data" "${1:-}"

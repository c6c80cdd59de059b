#!/usr/bin/env bash
# Runs the self-contained single file for Windows under Wine beside the program built here, and compares what they print.
#
#   tests/Cli.Tests/Packaging/windows-under-wine.sh [FOLDER WITH margcond.exe]
#
# Without a folder the file is published first, which compiles the whole framework ahead of time and takes some minutes. Needs Wine of
# 64 bits (Debian: apt-get install --no-install-recommends wine wine64) and a build of src/Cli in Release.
set -euo pipefail
cd "$(dirname "$0")/../../.."
export WINEDEBUG=-all WINEPREFIX=${WINEPREFIX:-$(mktemp -d)} DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
wine=$(command -v wine64 || echo /usr/lib/wine/wine64)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

folder=${1:-}
if [ -z "$folder" ]; then
  folder=$scratch/windows
  dotnet publish src/Cli -c Release -r win-x64 --self-contained true -p:PublishSingleFile=true \
    -p:EnableCompressionInSingleFile=true -o "$folder" -v quiet
fi

differ=0
same() { # the words of a command line
  local here=0 there=0
  dotnet src/Cli/bin/Release/net10.0/margcond.dll "$@" > "$scratch/here" 2> "$scratch/here.err" || here=$?
  "$wine" "$folder/margcond.exe" "$@" > "$scratch/there" 2> "$scratch/there.err" || there=$?
  # Lines end otherwise there, and a folder for what lies about has another name.
  sed -i 's/\r$//' "$scratch/there" "$scratch/there.err"
  if [ $here -eq $there ] && diff <(grep -v 'report.html' "$scratch/here") <(grep -v 'report.html' "$scratch/there") \
    && diff <(grep -v 'Looked in' "$scratch/here.err") <(grep -v 'Looked in' "$scratch/there.err"); then
    echo "same: $*"
  else
    echo "DIFFER ($here, $there): $*"
    differ=1
  fi
}

samples=tests/Data.Tests/Formats/Samples
toenail=examples/toenail/toenail.csv
same --version
same demo
same gee $toenail 'y ~ treatment * time' --cluster patientID
same glmm $toenail 'y ~ treatment * time + (1 | patientID)'
same compare $toenail 'y ~ treatment * time' --cluster patientID --no-checks
for file in trial.csv.gz trial-v5.xpt trial-v8.xpt trial.dsjc trial-118.dta trial.xlsx trial-zstd.parquet; do
  same describe $samples/$file
done
same describe nothere.csv
same gee $toenail 'y ~ tretment' --cluster patientID
exit $differ

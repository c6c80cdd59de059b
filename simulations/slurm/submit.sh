#!/usr/bin/env bash
# Runs a study as a Slurm array and merges it: submit.sh STUDY.yaml RESULTS TASKS [sbatch options...]
# Prints the number of the array job and of the merge job. MARGCOND is the command, margcond unless said otherwise.
set -euo pipefail
[ $# -ge 3 ] || { echo "usage: submit.sh STUDY.yaml RESULTS TASKS [sbatch options...]" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
STUDY=$(realpath "$1"); mkdir -p "$2"; RESULTS=$(realpath "$2"); tasks=$3; shift 3
MARGCOND=${MARGCOND:-margcond}
export STUDY RESULTS MARGCOND
cd "$RESULTS"
array=$(sbatch --parsable --export=ALL --array="1-$tasks" "$@" "$here/array.sbatch")
merge=$(sbatch --parsable --export=ALL --dependency="afterok:$array" "$here/merge.sbatch")
echo "$array $merge"

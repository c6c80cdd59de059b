#!/usr/bin/env bash
# A Slurm of one node on this machine's loopback: runs a study as an array of four tasks, merges it, and compares the merged bytes with
# those of one undivided run. Needs root (or sudo) on Debian, where it installs slurm-wlm and munge if they are missing.
# usage: run-local.sh [STUDY.yaml] [TASKS]      the command is MARGCOND, by default the program of this checkout, built in Release
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
study=$(realpath "${1:-$here/study.yaml}"); tasks=${2:-4}
export MARGCOND=${MARGCOND:-dotnet $(realpath "$here/../../src/Cli/bin/Release/net10.0/margcond.dll")}
as_root=$([ "$(id -u)" -eq 0 ] || echo sudo)

command -v slurmctld > /dev/null && command -v munged > /dev/null || {
  $as_root apt-get update -qq
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq slurm-wlm munge > /dev/null
}

cluster=$(mktemp -d /tmp/slurm.XXXXXX)
pids=()
stop() {
  for name in slurmd slurmctld munged; do
    [ -f "$cluster/$name.pid" ] && $as_root kill "$(cat "$cluster/$name.pid")" 2> /dev/null || true
  done
  sleep 1
  $as_root rm -rf "$cluster"
}
trap stop EXIT

# munge: a key, a socket and logs of this cluster's own.
mkdir -p "$cluster"/{state,spool,log,munge,results}
chmod 755 "$cluster"
head -c 1024 /dev/urandom > "$cluster/munge/key"
$as_root chown -R munge: "$cluster/munge"
$as_root chmod 700 "$cluster/munge"
$as_root chmod 400 "$cluster/munge/key"
mkdir "$cluster/run"
$as_root chown munge: "$cluster/run"
$as_root chmod 755 "$cluster/run"
$as_root runuser -u munge -- munged --key-file "$cluster/munge/key" --socket "$cluster/run/munge.socket" \
  --pid-file "$cluster/run/munged.pid" --log-file "$cluster/munge/munged.log" --seed-file "$cluster/munge/seed" --force
ln -s "$cluster/run/munged.pid" "$cluster/munged.pid"

port=$(( 20000 + $$ % 20000 ))
cat > "$cluster/slurm.conf" <<CONF
ClusterName=local
SlurmctldHost=$(hostname)(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$cluster/run/munge.socket
CredType=cred/munge
SlurmctldPort=$port
SlurmdPort=$((port + 1))
StateSaveLocation=$cluster/state
SlurmdSpoolDir=$cluster/spool
SlurmctldPidFile=$cluster/slurmctld.pid
SlurmdPidFile=$cluster/slurmd.pid
SlurmctldLogFile=$cluster/log/slurmctld.log
SlurmdLogFile=$cluster/log/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
MpiDefault=none
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
ReturnToService=2
NodeName=$(hostname) NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF=$cluster/slurm.conf
$as_root env SLURM_CONF="$SLURM_CONF" slurmctld
$as_root env SLURM_CONF="$SLURM_CONF" slurmd
for _ in $(seq 100); do
  [ "$(sinfo --noheader --format=%t 2> /dev/null)" = idle ] && break
  sleep 0.2
done
echo "cluster  $(sinfo --noheader --format='%D node, %c cores, %t')"

read -r array merge < <("$here/submit.sh" "$study" "$cluster/results" "$tasks")
echo "submitted an array of $tasks tasks, and a merge that waits for it"
for _ in $(seq 600); do
  [ -z "$(squeue --noheader --jobs="$array,$merge" 2> /dev/null)" ] && break
  sleep 0.2
done
for log in "$cluster"/results/margcond-"$array"_*.log; do
  task=${log##*_}
  printf 'task %s   %s\n' "${task%.log}" "$(grep -v '^ *$' "$log" | head -n 1)"
done
[ -f "$cluster/results/whole/manifest.json" ] || { echo "the merge did not come to its end:"; cat "$cluster"/results/*.log; exit 1; }

$MARGCOND simulate "$study" --out "$cluster/undivided" > /dev/null
for file in replicates.csv summary.csv summary.json manifest.json; do
  cmp "$cluster/results/whole/$file" "$cluster/undivided/$file"
  printf 'same bytes   %-14s  %s\n' "$file" "$(sha256sum < "$cluster/undivided/$file" | cut -c1-16)"
done

"""Kills margcond simulate --out at every single call by which it touches its folder, and goes on each time.

Usage: python3 kill_at_every_call.py [STUDY.yaml]     after dotnet build -c Release src/Cli; needs Linux and strace

Starts from a folder that is not there, from one with the rows of a killed run, from one that Ctrl-C left, and from one that is
complete. A call is killed before the system carries it out. After each kill a copy of the folder is resumed: it has to end in the
bytes of a run that nobody disturbed.
"""
import filecmp
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = os.path.join(HERE, *[".."] * 4, "src", "Cli", "bin", "Release", "net10.0", "margcond.dll")
CALLS = ["mkdir", "openat", "write", "pwrite64", "ftruncate", "fchmod", "sendfile", "copy_file_range", "flock", "rename", "unlink"]
STUDY = """study: killed
seed: 5
replicates: 12
data-generating-mechanisms:
  clusters: 12
  cluster-size: 5
  sigma: [0.5, 1.5]
  effect: 1
estimands: [conditional, marginal]
methods:
  - glmm: {nodes: 5}
  - gee
"""


def command(study, folder, *more):
    return ["dotnet", PROGRAM, "simulate", study, "--out", folder, "--threads", "1", *more]


def run(words, **more):
    return subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, **more)


def copy(source, target):
    shutil.rmtree(target, ignore_errors=True)
    if os.path.isdir(source):
        shutil.copytree(source, target)


def calls_of(work, study, state, more):
    """Every call of a run that touches the folder: its name, and its number among the calls of that name by that thread."""
    folder, trace = os.path.join(work, "traced"), os.path.join(work, "trace")
    copy(state, folder)
    run(["strace", "-f", "-y", "-o", trace, "-e", "trace=" + ",".join(CALLS), *command(study, folder, *more)])
    counts, found = {}, []
    for line in open(trace, encoding="utf-8", errors="replace"):
        match = re.match(r"(\d+) +(\w+)\(", line)
        if match and match[2] in CALLS:
            counts[match.groups()] = counts.get(match.groups(), 0) + 1
            if folder in line:
                found.append((match[2], counts[match.groups()], line.split(" ", 1)[1].strip().replace(work, "")[:90]))
    return found


def same(left, right):
    names = sorted(os.listdir(left))
    return names == sorted(os.listdir(right)) and not filecmp.cmpfiles(left, right, names, shallow=False)[1]


def main(study):
    work = tempfile.mkdtemp(prefix="kills-")
    if study is None:
        study = os.path.join(work, "study.yaml")
        with open(study, "w", encoding="utf-8") as file:
            file.write(STUDY)
    whole = os.path.join(work, "whole")
    run(command(study, whole), check=True)
    states = {"nothing": os.path.join(work, "nothing"), "complete": whole}
    for name, end in (("killed", signal.SIGKILL), ("interrupted", signal.SIGINT)):
        states[name] = os.path.join(work, name)
        partial = os.path.join(states[name], "replicates.partial.csv")
        process = subprocess.Popen(command(study, states[name]), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while process.poll() is None and not (os.path.exists(partial) and os.path.getsize(partial) > 300):
            time.sleep(.0005)
        process.send_signal(end)
        process.wait()
    kills = misses = faults = 0
    for name, state in states.items():
        more = [] if name == "nothing" else ["--resume"]
        for call, number, line in calls_of(work, study, state, more):
            folder = os.path.join(work, "cut")
            copy(state, folder)
            done = run(["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=" + call,
                        "-e", f"inject={call}:signal=KILL:when={number}", *command(study, folder, *more)])
            if done.returncode == 0:
                misses += 1
                continue
            kills += 1
            resumed = run(command(study, folder, "--resume"))
            if resumed.returncode != 0 or not same(whole, folder):
                faults += 1
                print(f"{name}: {call} {number}: {line}\n    {resumed.returncode} {resumed.stderr.strip()}", flush=True)
    print(f"{kills} kills, {misses} runs ended before their call, {faults} faults")
    shutil.rmtree(work)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else None))

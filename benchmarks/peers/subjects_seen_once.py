"""Fits growth curves of subjects of whom many were seen once by margcond and by lme4, and compares the log-likelihoods.

Usage: python3 subjects_seen_once.py [FOLDER [DATA SETS]]     after dotnet build -c Release src/Cli and install.sh
"""
import csv
import json
import math
import os
import random
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = os.path.join(HERE, "..", "..", "src", "Cli", "bin", "Release", "net10.0", "margcond.dll")
FORMULAS = {"correlated": "y ~ time + (time | id)", "uncorrelated": "y ~ time + (time || id)"}
SHORT = 1e-6


def make(path, seed):
    """How many subjects, how many of them seen once, how their curves vary, bend and err: all differ from set to set."""
    numbers = random.Random(seed)
    subjects, once, scale = numbers.randint(8, 50), numbers.uniform(.1, .7), numbers.choice([1, 10, 100])
    intercept, slope, correlation = numbers.uniform(0, 2), numbers.uniform(0, 1), numbers.uniform(-.99, .99)
    error, bend = numbers.uniform(.3, 3), numbers.choice([0, .1])
    visits = [*range(0, 22, 2), 21]
    with open(path, "w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["y", "time", "id"])
        for subject in range(subjects):
            first, second = numbers.gauss(0, 1), numbers.gauss(0, 1)
            own = slope * (correlation * first + math.sqrt(1 - correlation ** 2) * second)
            seen = 1 if numbers.random() < once else numbers.randint(2, len(visits))
            for t in visits[:seen]:
                y = scale * (4 + intercept * first + (1 + own) * t + bend * (own + .3) * t * t + numbers.gauss(0, error))
                rows.writerow([f"{y:.6g}", t, f"s{subject}"])


def fit(task):
    path, kind, likelihood = task
    options = ["--ml"] if likelihood == "ML" else []
    done = subprocess.run(["dotnet", PROGRAM, "lmm", path, FORMULAS[kind], "--format", "json", *options], capture_output=True, text=True)
    result = json.loads(done.stdout)
    return result["logLik"], result["convergence"]["status"]


def main(folder, count):
    os.makedirs(folder, exist_ok=True)
    files = [os.path.join(folder, f"{k:03}.csv") for k in range(count)]
    for k, path in enumerate(files):
        make(path, 1000 + k)
    tasks = [(path, kind, likelihood) for path in files for kind in FORMULAS for likelihood in ("REML", "ML")]
    done = subprocess.run(["Rscript", os.path.join(HERE, "subjects_seen_once.R"), folder], capture_output=True, text=True, check=True)
    peer = {tuple(line.split()[:3]): float(line.split()[3]) for line in done.stdout.splitlines()}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        own = list(pool.map(fit, tasks))
    limits = below = above = 0
    for (path, kind, likelihood), (value, status) in zip(tasks, own):
        gain = value - peer[os.path.basename(path), kind, likelihood]
        limits += status not in ("converged", "boundary")
        below += gain < -SHORT
        above += gain > SHORT
        if gain < -SHORT or status not in ("converged", "boundary"):
            print(f"{os.path.basename(path)} {kind} {likelihood}: {status}, {gain:+.2e} against lme4")
    print(f"{len(tasks)} fits: {limits} did not converge, {below} below lme4's log-likelihood by more than {SHORT}, {above} above it")
    return 1 if limits + below else 0


if __name__ == "__main__":
    target = sys.argv[1] if len(sys.argv) > 1 else os.path.join(tempfile.gettempdir(), "margcond-seen-once")
    sys.exit(main(target, int(sys.argv[2]) if len(sys.argv) > 2 else 200))

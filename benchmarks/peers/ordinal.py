"""Ordered outcomes against R's clmm: user seconds with one thread, in turn.

    python3 ordinal.py PROGRAM [REPEATS]

PROGRAM is margcond.dll. The peer's seconds are those of its fit; ours are those of the whole program less those of a fit to a few rows,
which is its start. Medians are printed, with the difference of the log-likelihoods.
"""

import csv
import json
import math
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile

THRESHOLDS = [-2, -0.5, 0.8, 2.2]
CASES = [
    ("300 x 7 rows, 7 nodes", (300, 7, 0, 1), "y ~ x * t + (1 | id)", 7),
    ("300 x 7 rows, Laplace", (300, 7, 0, 1), "y ~ x * t + (1 | id)", 1),
    ("200 x 20 rows crossed, Laplace", (200, 20, 20, 3), "y ~ x + (1 | id) + (1 | item)", 1),
]


def write(path, clusters, size, items, seed):
    """Five categories, a logistic latent variable, normal intercepts of clusters and of items."""
    stream = random.Random(seed)
    shifts = [stream.gauss(0, 0.7) for _ in range(max(1, items))]
    with open(path, "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "item", "x", "t", "y"])
        for cluster in range(clusters):
            effect, x = stream.gauss(0, 1.2), cluster % 2
            for place in range(size):
                t = 0 if items else round(place / (size - 1), 4)
                chance = stream.random()
                latent = 0.8 * x + 0.6 * t + effect + (shifts[place % items] if items else 0)
                latent += math.log(chance / (1 - chance))
                rows.writerow([cluster, place, x, t, 1 + sum(latent > cut for cut in THRESHOLDS)])


def own(program, path, formula, nodes):
    """User seconds of the program, and the log-likelihood."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    out = subprocess.run(
        ["dotnet", program, "glmm", path, formula, "--family", "ordinal", "--nodes", str(nodes), "--threads", "1", "--format", "json"],
        capture_output=True, text=True).stdout
    seconds = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    return seconds, json.loads(out)["logLik"]


def peer(path, formula, nodes):
    """User seconds of clmm, and the log-likelihood."""
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "ordinal.R")
    out = subprocess.run(["Rscript", script, path, formula, str(nodes)], capture_output=True, text=True).stdout
    seconds, height = out.split()
    return float(seconds), float(height)


def main():
    program = sys.argv[1]
    repeats = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as folder:
        start = os.path.join(folder, "start.csv")
        write(start, 12, 4, 0, 5)
        for name, shape, formula, nodes in CASES:
            path = os.path.join(folder, "data.csv")
            write(path, *shape)
            times, starts, peers, heights = [], [], [], []
            for _ in range(repeats):
                starts.append(own(program, start, "y ~ x + (1 | id)", 7)[0])
                seconds, height = own(program, path, formula, nodes)
                other, level = peer(path, formula, nodes)
                times.append(seconds)
                peers.append(other)
                heights.append(abs(height - level))
            took = statistics.median(times) - statistics.median(starts)
            theirs = statistics.median(peers)
            print(f"| {name} | {took:.2f} | {theirs:.2f} | {theirs / took:.0f} | {max(heights):.0e} |", flush=True)


main()

"""Fits a logistic mixed model to the files of few_large.R by two published programs in turn, and prints user seconds and memory.

Usage: python3 few_large.py OLD NEW FOLDER [PAIRS]
"""
import os
import resource
import statistics
import subprocess
import sys


def run(program, data):
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run([program, "glmm", data, "y ~ x + (1 | id)", "--threads", "1"], check=True, capture_output=True)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def main(old, new, folder, pairs=3):
    start = None
    for name in ("3x500", "3x100000", "12x25000", "60x5000", "2x500000"):
        data = os.path.join(folder, f"few-{name}.csv")
        times = [(run(old, data), run(new, data)) for _ in range(int(pairs))]
        one, other = (statistics.median(column) for column in zip(*times))
        start = start or (one, other)
        beyond = f"{(other - start[1]) / (one - start[0]):8.2f}" if (one, other) != start else ""
        print(f"{name:<10}{one:8.2f}{other:8.2f}{other / one:8.2f}{beyond}", flush=True)


main(*sys.argv[1:])

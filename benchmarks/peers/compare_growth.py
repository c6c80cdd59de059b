"""User seconds of `margcond compare` beside `glmm` as covariates and rows grow: compare_growth.py PROGRAM.dll LARGE.csv [columns|rows]."""
import os
import random
import resource
import subprocess
import sys
import tempfile

PROGRAM, LARGE = sys.argv[1:3]
PARTS = sys.argv[3:] or ["columns", "rows"]


def user_seconds(*arguments):
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run(["dotnet", PROGRAM, *arguments, "--threads", "1"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def show(name, data, terms, *options):
    model = f"y ~ {terms} + (1 | id)"
    mixed = user_seconds("glmm", data, model, "--nodes", "25")
    both = user_seconds("compare", data, model, "--treatment", "trt", *options)
    print(f"{name:>12}  glmm {mixed:6.2f}  compare {both:6.2f}  ratio {both / mixed:.1f}", flush=True)


def write_wide(path, clusters=2000, size=5, covariates=60):
    """A binary trial whose covariates are standard normal, 2,000 clusters of five rows."""
    source = random.Random(1)
    slopes = [0.1 * source.gauss(0, 1) for _ in range(covariates)]
    with open(path, "w", encoding="utf-8") as file:
        file.write(",".join(["id", "trt", "y"] + [f"x{j + 1}" for j in range(covariates)]) + "\n")
        for cluster in range(clusters):
            arm, effect = cluster % 2, source.gauss(0, 1.2)
            for _ in range(size):
                row = [source.gauss(0, 1) for _ in range(covariates)]
                logit = -0.5 + 0.4 * arm + effect + sum(b * x for b, x in zip(slopes, row))
                event = int(source.gauss(0, 1.7) < logit)
                file.write(",".join([str(cluster), str(arm), str(event)] + [f"{x:.6f}" for x in row]) + "\n")


with tempfile.TemporaryDirectory() as folder:
    part = os.path.join(folder, "part.csv")
    if "columns" in PARTS:
        write_wide(part)
        for count in (5, 20, 60):
            show(f"{count} columns", part, " + ".join(["trt"] + [f"x{j + 1}" for j in range(count)]))
    if "rows" in PARTS:
        with open(LARGE, encoding="utf-8") as file:
            lines = file.read().splitlines()
        for rows in (100_000, 500_000, 1_000_000):
            with open(part, "w", encoding="utf-8") as file:
                file.write("\n".join(lines[: rows + 1]) + "\n")
            show(f"{rows:,} rows", part, "trt * time + x1 + x2", "--no-checks")

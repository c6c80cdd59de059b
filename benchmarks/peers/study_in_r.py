"""What a study adds to R when generator and method are in R: processor time of all processes a replicate.

Usage: python3 study_in_r.py MARGCOND.dll [geepack|both] [TURNS]

A plain loop in R calls the functions of simulations/polyglot: one draws 30 clusters of 20 rows, the others fit them. A second loop passes
the data on as a study has to, as text that read.csv reads. A study asks children in R, one thread, for the same. All run in turn, with many
and with few replicates, so that starting up and compiling cancel. Processor time, not the clock: other work moves it little, though on a
crowded machine caches are cold after every change of process.
"""
import os
import resource
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
POLYGLOT = os.path.join(HERE, "..", "..", "simulations", "polyglot")

LOOP = """
args <- commandArgs(TRUE)
eval(parse("margcond.R"))
answer <- function(name, respond) respond
text <- args[3] == "text"
if (!text) csv_of <- function(data) data
source <- function(file) NULL
of <- function(file) eval(parse(file))
generate <- of("generate.R")
methods <- lapply(c("gee.R", if (args[2] == "both") "glmer.R"), of)
request <- list(settings = list(clusters = 30, size = 20, sigma = 1, effect = 0.5), model = list(effect = "arm"))
for (i in seq_len(as.integer(args[1]))) {
  set.seed(i)
  request$data <- generate(request)$csv
  if (text) request$data <- read.csv(text = request$data)
  for (method in methods) method(request)
}
"""

STUDY = """study: r
seed: 1
replicates: {count}
data-generating-mechanisms:
  generator: {{command: Rscript generate.R, formula: y ~ arm, cluster: id, effect: arm, outcome: binary, truth: {{conditional: effect}}}}
  clusters: 30
  size: 20
  sigma: 1
  effect: 0.5
estimands: [conditional, marginal]
methods:
  - command: {{name: geepack, run: Rscript gee.R, estimand: marginal}}
{more}"""

MIXED = "  - command: {name: lme4, run: Rscript glmer.R, estimand: conditional}\n"


def seconds(command, folder):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def show(loop, text, study):
    return (f"loop {loop:.2f} ms, loop with text {text:.2f} ms, study {study:.2f} ms, "
            f"ratios {study / loop:.3f} and {study / text:.3f}")


def main(dll, kind="geepack", turns="5"):
    many, few = (600, 300) if kind == "geepack" else (400, 300)
    with tempfile.TemporaryDirectory() as folder:
        for name in os.listdir(POLYGLOT):
            if name.endswith(".R"):
                os.symlink(os.path.realpath(os.path.join(POLYGLOT, name)), os.path.join(folder, name))
        with open(os.path.join(folder, "loop.R"), "w") as file:
            file.write(LOOP)
        for count in (many, few):
            with open(os.path.join(folder, f"{count}.yaml"), "w") as file:
                file.write(STUDY.format(count=count, more=MIXED if kind == "both" else ""))

        def replicate(command):
            return 1000 * (seconds(command(many), folder) - seconds(command(few), folder)) / (many - few)

        rows = []
        for _ in range(int(turns)):
            loop, text = (replicate(lambda n: ["Rscript", "loop.R", str(n), kind, data]) for data in ("frame", "text"))
            study = replicate(lambda n: ["dotnet", os.path.abspath(dll), "simulate", f"{n}.yaml", "--threads", "1"])
            rows.append((loop, text, study))
            print(show(*rows[-1]), flush=True)
        print("median: " + show(*(statistics.median(row[k] for row in rows) for k in range(3))))


main(*sys.argv[1:])

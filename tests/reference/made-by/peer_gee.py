"""R's gee: the output that its package keeps of its example, and fits of this project's data to tightened tolerances."""
import json
import os
import re
import subprocess
from suite import REFERENCE, case, check, commit, numbers, read, repository, table, write

repo = repository()
output = read(repo, "tests/Examples/gee-Ex.Rout.save")
cases = []
path = os.path.join(REFERENCE, "data", "warpbreaks.csv")
subprocess.run(["Rscript", "-e", 'write.csv(warpbreaks, "%s", row.names = FALSE, quote = FALSE)' % path], check=True)
part = output[output.index("corstr=\"exchangeable\""):]
rows = [numbers(re.sub(r"^\(Intercept\)|^\w+", "", line)) for line in part.splitlines() if re.match(r"^(\(Intercept\)|tension[MH])\s+\S+\s+\S+\s+\S+\s+\S+\s+\S+$", line)][:3]
cases.append(case("example_warpbreaks", [
    "gee", "breaks ~ tension", "--cluster", "wool", "--family", "gaussian", "--corr", "exchangeable", "--reference", "tension=L",
    "--se", "robust", "--se", "model"],
    table(["(Intercept)", "tensionM", "tensionH"], [row[0] for row in rows], [row[3] for row in rows])
    + [check(["se", "model", i], row[1]) for i, row in enumerate(rows)]
    + [check(["scale"], numbers(part.split("Estimated Scale Parameter:")[1])[0]),
       check(["correlation", "alpha", 0], "0.02518404")], data="warpbreaks"))

computed = json.loads(subprocess.run(["Rscript", os.path.join(os.path.dirname(os.path.abspath(__file__)), "peer_gee.R"), REFERENCE],
                                     check=True, capture_output=True, text=True).stdout)
for fit in computed["fits"]:
    call = ["gee", fit["formula"], "--cluster", fit["cluster"], "--family", fit["family"], "--corr", fit["corr"], "--se", "robust", "--se", "model"]
    call += ["--wave", fit["wave"]] if "wave" in fit else []
    checks = table(fit["terms"], fit["estimate"], fit["robust"])
    checks += [check(["se", "model", i], value) for i, value in enumerate(fit["model"])]
    checks += [check(["scale"], fit["scale"])]
    checks += [check(["correlation", "alpha", 0], fit["alpha"])] if "alpha" in fit else []
    cases.append(case("fit_%s_%s" % (fit["data"], fit["corr"]), call, checks, data=fit["data"]))

write(
    "gee",
    "gee " + computed["version"],
    "output kept by the package (`tests/Examples`), and fits of this project's data with a tolerance of 1e-11",
    "made-by/peer_gee.py, made-by/peer_gee.R",
    cases,
    version=computed["r"] + ", commit " + commit(repo))

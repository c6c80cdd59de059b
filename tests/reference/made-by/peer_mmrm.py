"""What SAS prints for mmrm's models of fev_data: the logs in design/SAS, and the numbers of SAS in its tests."""
import os
import re
import subprocess
import tempfile
from suite import REFERENCE, after, case, check, coefficients, commit, numbers, read, repository, table, write

repo = repository()
with tempfile.NamedTemporaryFile(suffix=".rda") as file:
    file.write(read(repo, "data/fev_data.rda", binary=True))
    file.flush()
    columns = ", ".join('"%s"' % name for name in ["USUBJID", "AVISIT", "ARMCD", "RACE", "SEX", "FEV1", "WEIGHT"])
    subprocess.run(["Rscript", "-e", 'load("%s"); d <- fev_data[, c(%s)]; d$FEV1 <- signif(d$FEV1, 15); d$WEIGHT <- signif(d$WEIGHT, 15); '
                    'write.csv(d, "%s", row.names = FALSE, quote = FALSE, na = "")'
                    % (file.name, columns, os.path.join(REFERENCE, "data", "fev.csv"))], check=True)

CALL = ["--cluster", "USUBJID", "--wave", "AVISIT"]
INTERCEPT = ["(Intercept)"]
cases = []


def likelihood(log):
    """Minus twice the log-likelihood, from the last line of the history of iterations, which prints eight decimals."""
    history = log[log.index("Iteration History"):log.index("Convergence criteria met")]
    last = [line.split() for line in history.splitlines() if re.match(r"^\s+\d+\s+\d+\s", line)][-1]
    return check(["logLik"], last[2], times=-2)


def matrix(log):
    """The covariance of a subject with all four visits, where the log prints one."""
    found = re.search(r"for\s+USUBJID PT102\s+Row\s+Col1\s+Col2\s+Col3\s+Col4\s+((?:\d[^\n]*\n\s*){4})", log)
    if not found:
        return []
    rows = [numbers(line)[1:] for line in found.group(1).strip().splitlines()]
    largest = max(abs(float(value)) for row in rows for value in row)
    return [check(["residualCovariance", i, j], value, beside=largest) for i, row in enumerate(rows) for j, value in enumerate(row) if j >= i]


def variances(log):
    """Variances by visit, where the log prints them as parameters."""
    found = re.findall(r"Var\((\d)\)\s+USUBJID\s+(\S+)", log)
    return [check(["residualCovariance", int(i) - 1, int(i) - 1], value) for i, value in found]


for structure, name in [("ar1", "ar1"), ("ar1h", "ar1h"), ("cs", "cs"), ("csh", "csh"), ("toeph", "toeph"), ("ante", "adh")]:
    for method in ["ml", "reml"]:
        log = read(repo, "design/SAS/sas_%s_%s.txt" % (name, method))
        row = next(line.split() for line in log[log.index("Solution for Fixed"):].splitlines() if line.split()[:1] == ["Intercept"])
        call = ["lmm", "FEV1 ~ 1", "--residual", structure, *CALL, "--df", "satterthwaite"] + (["--ml"] if method == "ml" else [])
        checks = table(INTERCEPT, [row[1]], [row[2]]) + coefficients(INTERCEPT, "df", [row[3]])
        cases.append(case("sas_%s_%s" % (name, method), call, checks + [likelihood(log)] + (matrix(log) or variances(log)), data="fev"))

# The main model of the manual: all coefficients, least-squares means and their differences.
TERMS = {
    "ARMCD TRT": "ARMCDTRT", "AVISIT VIS2": "AVISITVIS2", "AVISIT VIS3": "AVISITVIS3", "AVISIT VIS4": "AVISITVIS4",
    "AVISIT*ARMCD VIS2 TRT": "ARMCDTRT:AVISITVIS2", "AVISIT*ARMCD VIS3 TRT": "ARMCDTRT:AVISITVIS3",
    "AVISIT*ARMCD VIS4 TRT": "ARMCDTRT:AVISITVIS4", "RACE Black or African American": "RACEBlack or African American",
    "RACE White": "RACEWhite", "SEX Female": "SEXFemale", "Intercept": "(Intercept)",
}
TESTS = {"ARMCD": "ARMCD", "AVISIT": "AVISIT", "AVISIT*ARMCD": "ARMCD:AVISIT", "RACE": "RACE", "SEX": "SEX"}
for method in ["ml", "reml"]:
    log = read(repo, "design/SAS/sas_log%s.txt" % ("" if method == "ml" else "_reml"))
    checks = [likelihood(log)]
    solution = log[log.index("Solution for Fixed"):log.index("Type 3 Tests")]
    for line in solution.splitlines():
        found = re.match(r"\s+(.*?)\s+(%s)\s+(\d\S*)\s+(\d+)\s+-?[\d.]+\s+[<.\d]+$" % r"-?\d\S*", line)
        if found:
            term = TERMS[re.sub(r"\s+", " ", found.group(1))]
            checks += table([term], [found.group(2)], [found.group(3)]) + coefficients([term], "df", [found.group(4)])
    types = log[log.index("Type 3 Tests"):].split("Least Squares Means")[0]
    for line in types.splitlines():
        cells = line.split()
        if cells and cells[0] in TESTS:
            at = ["tests", {"term": TESTS[cells[0]]}]
            checks += [check(at + ["denominatorDf"], cells[2]), check(at + ["statistic"], cells[4])]
    means = log.split("Least Squares Means")[1] if "Least Squares Means" in log else ""
    for level in re.findall(r"AVISIT\*ARMCD\s+(VIS\d)\s+(TRT|PBO)\s+(-?\d\S*)\s+(\d\S*)\s+(\d+)\s", means):
        at = ["means", {"at": {"ARMCD": level[1], "AVISIT": level[0]}}]
        checks += [check(at + [what], value) for what, value in zip(["estimate", "se", "df"], level[2:])]
    call = ["lmm", "FEV1 ~ ARMCD * AVISIT + RACE + SEX", "--residual", "un", *CALL, "--reference", "SEX=Male", "--df", "satterthwaite",
            "--lsmeans", "ARMCD:AVISIT"] + (["--ml"] if method == "ml" else [])
    cases.append(case("sas_log_" + method, call, checks, data="fev"))

# Intervals of the log that lists them with more digits.
STRUCTURES = {"ar1": "ar1", "ar1h": "ar1h", "cs": "cs", "csh": "csh", "adh": "ante", "toep": "toep", "toeph": "toeph", "us": "un",
              "unstructured": "un"}
tests = read(repo, "tests/testthat/test-kenwardroger.R")
for kind, text in re.findall(r'test_that\("kr (linear )?give similar results as SAS for (?:[^"]*)", \{\n(.*?)\n\}\)', tests, re.S):
    found = re.search(r"\+ (\w+)\(AVISIT \| USUBJID\)", text)
    values = re.search(r"expected <- c\(([^)]*)\)", text)
    if not found or found.group(1) not in STRUCTURES or not values or kind:
        continue
    error, degrees = numbers(values.group(1))[:2]
    cases.append(case(
        "kenward_roger_" + found.group(1),
        ["lmm", "FEV1 ~ ARMCD", "--residual", STRUCTURES[found.group(1)], *CALL, "--df", "kenward-roger"],
        [check(["coefficients", {"term": "ARMCDTRT"}, "se"], error), check(["coefficients", {"term": "ARMCDTRT"}, "df"], degrees)],
        data="fev"))

tests = read(repo, "tests/testthat/test-empirical.R")
for text in re.findall(r'test_that\("empirical covariance are the same with SAS result for \w+", \{\n(.*?)\n\}\)', tests, re.S):
    found = re.search(r"\+ (\w+)\(AVISIT \| USUBJID\)", text)
    values = re.search(r"expected <- matrix\(\s*c\(([^)]*)\)", text)
    if not found or found.group(1) not in STRUCTURES or not values:
        continue
    weighted = "weights =" in text
    a, b, _, d = numbers(values.group(1))
    cases.append(case(
        "empirical_%s%s" % ("weighted_" if weighted else "", found.group(1)),
        ["lmm", "FEV1 ~ ARMCD", "--residual", STRUCTURES[found.group(1)], *CALL, "--se", "robust"] + (["--weights", "WEIGHT"] if weighted else []),
        [check(["covariance", i, j], value) for i, j, value in [(0, 0, a), (0, 1, b), (1, 1, d)]],
        data="fev"))

write(
    "mmrm",
    "SAS PROC MIXED, as kept by mmrm",
    "SAS logs (`design/SAS`) and tests (`test-kenwardroger.R`, `test-empirical.R`) of mmrm",
    "made-by/peer_mmrm.py",
    cases,
    version="commit " + commit(repo))

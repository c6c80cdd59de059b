"""Numbers of glmmTMB's tests; data that its tests simulate are written as its own lines make them."""
import os
import re
import subprocess
from suite import REFERENCE, case, check, coefficients, commit, numbers, read, repository, write

repo = repository()
methods, families = read(repo, "glmmTMB/tests/testthat/test-methods.R"), read(repo, "glmmTMB/tests/testthat/test-families.R")
varcorr = read(repo, "glmmTMB/tests/testthat/test-VarCorr.R")
cases = []


def limits(rows, values, count):
    """Limits of intervals of the first rows of a table that R prints by column."""
    checks = []
    for i, term in enumerate(rows):
        for what, place in [("lower", i), ("upper", i + count)]:
            checks.append(check(["coefficients", {"term": term}, what], values[place]))
    return checks


terms = ["(Intercept)", "Days"]
values = numbers(re.search(r"expect_equal\(ci,\s+structure\(c\((.*?)\)", methods, re.S).group(1))
slopes = "Reaction ~ Days + (Days | Subject)"
cases.append(case("sleepstudy_wald", ["lmm", slopes, "--ml"], limits(terms, values, 2), data="sleepstudy"))
values = numbers(re.search(r"ci.2G.expect <-\s+structure\(c\((.*?)\)", methods, re.S).group(1))
cases.append(case("sleepstudy_gamma", ["glmm", slopes, "--family", "gamma", "--link", "log", "--nodes", "1"], limits(terms, values, 6),
                  data="sleepstudy"))

# Standard deviations and residual of the orthodontic growth data, printed with five digits after the point.
values = numbers(re.search(r"expect_equal\(c3,structure\(list\(V3 = c\((.*?)\)", varcorr).group(1))
cases.append(case("orthodont_slopes", ["lmm", "distance ~ age + (age | Subject)", "--ml"], [
    check(["randomEffects", 0, "covariance", 0, 0], values[0]), check(["randomEffects", 0, "covariance", 1, 1], values[1]),
    check(["residualSd"], values[2], power=2)], data="orthodont"))

# Data that the tests simulate, by their own function.
simulate = re.search(r"simfun0 <- function.*?\n\}\n", families, re.S).group(0)
for name, distribution, draw in [
    ("nbinom", "negative-binomial", re.search(r'test_that\("nbinom", \{(.*?)m1 <-', families, re.S).group(1))]:
    draw = draw.replace("skip_on_cran()", "")
    path = os.path.join(REFERENCE, "data", "glmmtmb_%s.csv" % name)
    script = simulate + draw + '\ndd$x <- signif(dd$x, 15); dd$y <- signif(dd$y, 15); write.csv(dd[, c("f", "x", "y")], "%s", row.names = FALSE, quote = FALSE)' % path
    subprocess.run(["Rscript", "-e", script], check=True)
    text = families[families.index('test_that("%s"' % name):]
    estimates = numbers(re.search(r"fixef\(m1\)\[\[1\]\],\s+structure\(c\((.*?)\)", text, re.S).group(1))
    variance = numbers(re.search(r"VarCorr\(m1\)\[\[1\]\]\[\[1\]\]\),\s+(\S+),", text).group(1))[0]
    cases.append(case("simulated_" + name, ["glmm", "y ~ x + (1 | f)", "--family", distribution, "--nodes", "1"],
                      coefficients(["(Intercept)", "x"], "estimate", estimates)
                      + [check(["randomEffects", 0, "covariance", 0, 0], variance)], data="glmmtmb_" + name))

write(
    "glmmtmb",
    "glmmTMB " + re.search(r"Version: (\S+)", read(repo, "glmmTMB/DESCRIPTION")).group(1),
    "tests (`glmmTMB/tests/testthat`)",
    "made-by/peer_glmmtmb.py",
    cases,
    version="commit " + commit(repo))

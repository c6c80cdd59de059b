"""Numbers of lme4's tests of linear and generalized mixed models, those that two versions of it agree on."""
import re
from suite import after, case, check, coefficients, commit, numbers, read, repository, write

repo = repository()
lmer, glmer, old = read(repo, "tests/testthat/test-lmer.R"), read(repo, "tests/testthat/test-glmer.R"), read(repo, "tests/glmer-1.R")
cases = []


def equals(text, left):
    """The number within equals(...) behind an expression."""
    return numbers(after(after(text, left), "equals("))[0]


cases.append(case("dyestuff_reml", ["lmm", "Yield ~ 1 + (1 | Batch)"], [
    check(["logLik"], equals(lmer, "REMLcrit(fm1),"), times=-2),
    check(["residualSd"], equals(lmer, "sigma(fm1), ")),
    check(["covariance", 0, 0], equals(lmer, "expect_that(vcov(fm1)    [1,1]")),
    check(["randomEffects", 0, "covariance", 0, 0], equals(lmer, '"bobyqa" : 1764.050060')),
], data="dyestuff"))
cases.append(case("dyestuff_ml", ["lmm", "Yield ~ 1 + (1 | Batch)", "--ml"], [
    check(["logLik"], equals(lmer, "deviance(fm1ML), "), times=-2),
    check(["residualSd"], equals(lmer, "sigma(fm1ML),")),
    check(["covariance", 0, 0], equals(lmer, "expect_that(vcov(fm1ML)  [1,1]")),
], data="dyestuff"))
first = read(repo, "tests/lmer-1.R")
estimates = numbers(re.search(r"c\((251\.\d+, 10\.\d+)\)", first).group(1))
criteria = read(repo, "tests/REMLdev.R")
reml, ml = numbers(re.search(r"oldvals <- c\((.*?)\)", criteria).group(1))
terms = ["(Intercept)", "Days"]
cases.append(case("sleepstudy_reml", ["lmm", "Reaction ~ Days + (Days | Subject)"],
                  coefficients(terms, "estimate", estimates) + [check(["logLik"], reml, times=-2)], data="sleepstudy"))
terms = ["(Intercept)", "period2", "period3", "period4"]
call = ["glmm", "incidence / size ~ period + (1 | herd)", "--factor", "period", "--nodes"]
cases.append(case("cbpp_laplace", call + ["1"],
                  coefficients(terms, "estimate", numbers(re.search(r"coef_m1_lme4.0 <- structure\(c\((.*?)\)", old, re.S).group(1)))
                  + [check(["aic"], numbers(re.search(r"extractAIC\(gm1\),\s+c\(5, (.*?)\)", glmer).group(1))[0])], data="cbpp"))
for program in ["glmmadmb", "glmmML"]:
    cases.append(case("cbpp_laplace_by_" + program, call + ["1"], coefficients(terms, "estimate", numbers(
        re.search(r"coef_m1_%s <- structure\(c\((.*?)\)" % program, old, re.S).group(1))), data="cbpp"))
cases.append(case("cbpp_25_nodes", call + ["25"], coefficients(terms, "estimate", numbers(
    re.search(r"all.equal\(fixef\(m2\),.*?c\((-1\.399.*?)\)", old, re.S).group(1))), data="cbpp"))

write(
    "lme4",
    "lme4 " + re.search(r"Version: (\S+)", read(repo, "DESCRIPTION")).group(1),
    "tests (`tests/testthat`, `tests/glmer-1.R`), with numbers of glmmADMB and glmmML",
    "made-by/peer_lme4.py",
    cases,
    version="commit " + commit(repo))

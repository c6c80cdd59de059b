"""The numbers of MixedModels.jl's tests of linear (test/pls.jl) and generalized (test/pirls.jl) mixed models."""
import os
import re
import subprocess
from suite import REFERENCE, case, check, coefficients, commit, numbers, read, repository, table, write, write_data

repo = repository()
linear, general = read(repo, "test/pls.jl"), read(repo, "test/pirls.jl")


def testset(text, name):
    return text.split('@testset "%s" begin' % name)[1].split("\n@testset")[0]


def value(text, left):
    """The numbers that a test sets after left and its sign of approximate equality, or as the second argument of isapprox."""
    found = re.search(re.escape(left) + r"\s*(?:≈|,)\s*(\[[^\]]*\]|%s)" % r"[-+\d.eE]+", text)
    return numbers(found.group(1))


def export(dataset, expression):
    path = os.path.join(REFERENCE, "data", dataset + ".csv")
    subprocess.run(["Rscript", "-e", 'write.csv(%s, "%s", row.names = FALSE, quote = FALSE)' % (expression, path)], check=True)


export("dyestuff", "lme4::Dyestuff")
export("dyestuff2", "lme4::Dyestuff2")

LMM = ["--ml"]
DEVIANCE = ["logLik"]


def deviance(number):
    return check(DEVIANCE, number, times=-2)


def deviation(group, number, place=0):
    return check(["randomEffects", {"group": group}, "sd", place], number)


cases = []
text = testset(linear, "Dyestuff")
cases.append(case("dyestuff_ml", ["lmm", "Yield ~ 1 + (1 | Batch)"] + LMM, [
    deviance(value(text, "objective(fm1)")[0]),
    check(["aic"], value(text, "aic(fm1)")[0]),
    check(["bic"], value(text, "bic(fm1)")[0]),
    deviation("Batch", value(text, "first(first(fm1.σs))")[0]),
    check(["residualSd"], value(text, "fm1.σ")[0]),
] + table(["(Intercept)"], value(text, "coef(fm1)"), value(text, "stderror(fm1)")), data="dyestuff"))
reml = text.split("REML=true")[1]
cases.append(case("dyestuff_reml", ["lmm", "Yield ~ 1 + (1 | Batch)"], [
    deviance(value(reml, "objective(fm1)")[0]),
    check(["covariance", 0, 0], value(reml, "only(vc)")[0])], data="dyestuff"))
text = testset(linear, "Dyestuff2")
cases.append(case("dyestuff2_ml", ["lmm", "Yield ~ 1 + (1 | Batch)"] + LMM, [
    deviance(value(text, "objective(fm)")[0]),
    check(["residualSd"], value(text, "std(fm)[2]")[0]),
] + table(["(Intercept)"], value(text, "coef(fm)"), value(text, "stderror(fm)")), data="dyestuff2"))
for name, formula, dataset, groups in [
    ("penicillin", "diameter ~ 1 + (1 | plate) + (1 | sample)", "penicillin", ["plate", "sample"]),
    ("pastes", "strength ~ 1 + (1 | batch/cask)", "pastes", ["cask:batch", "batch"]),
]:
    text = testset(linear, name)
    cases.append(case(name + "_ml", ["lmm", formula] + LMM, [
        deviance(value(text, "objective(fm)")[0]),
        deviation(groups[0], value(text, "only(first(stdd))")[0]),
        deviation(groups[1], value(text, "only(stdd[2])")[0]),
        check(["residualSd"], value(text, "only(last(stdd))")[0]),
        check(["residualSd"], value(text, "varest(fm)")[0], power=2),
    ] + table(["(Intercept)"], value(text, "coef(fm)"), value(text, "stderror(fm)")), data=dataset))
text = testset(linear, "sleep")
terms = ["(Intercept)", "Days"]
cases.append(case("sleep_ml", ["lmm", "Reaction ~ 1 + Days + (1 + Days | Subject)"] + LMM, [
    deviance(value(text, "objective(fm)")[0]),
    check(["logLik"], value(text, "loglikelihood(fm)")[0]),
    deviation("Subject", value(text, "first(values(σs.subj))")[0]),
    deviation("Subject", value(text, "last(values(first(σs)))")[0], 1),
] + table(terms, value(text, "coef(fm)"), value(text, "stderror(fm)")), data="sleepstudy"))
deviations = value(text, "first(std(fmnc))")
cases.append(case("sleep_uncorrelated_ml", ["lmm", "Reaction ~ 1 + Days + (1 + Days || Subject)"] + LMM, [
    deviance(value(text, "objective(fmnc)")[0]),
    check(["residualSd"], value(text, "last(std(fmnc))")[0]),
] + table(terms, value(text, "coef(fmnc)"), value(text, "stderror(fmnc)")), data="sleepstudy"))
cases.append(case("sleep_slopes_ml", ["lmm", "Reaction ~ 1 + Days + (0 + Days | Subject)"] + LMM, [
    deviance(value(text, "objective(fmrs)")[0])], data="sleepstudy"))
text = testset(linear, "wts")
columns = {name: re.search(r"\b%s=\[(.*?)\]" % name, text, re.S).group(1) for name in ["a", "b", "w1"]}
groups = re.findall(r'"([A-Z])"', text)
write_data("mixedmodels_weights", "a,b,c,w", [",".join(row) for row in zip(
    numbers(columns["a"]), numbers(columns["b"]), groups, numbers(columns["w1"]), strict=True)])
covariance = value(text.split("vcov(m2)")[1].replace("\n", " ").replace(";", " "), "")
cases.append(case("weights_ml", ["lmm", "a ~ 1 + b + (1 | c)", "--weights", "w"] + LMM, [
    check(["coefficients", {"term": term}, "se"], number) for term, number in zip(["(Intercept)", "b"], value(text, "stderror(m2)"))
] + [check(["covariance", i, j], covariance[(2 * i) + j]) for i, j in [(0, 0), (0, 1), (1, 1)]], data="mixedmodels_weights"))

text = testset(general, "contra")
formula = "use ~ 1 + age + I(age^2) + urban + livch + (1 | urban:district)"
cases.append(case("contra_laplace", ["glmm", formula, "--nodes", "1"], [
    check(["logLik"], value(text, "loglikelihood(gm1)")[0]), deviance(value(text, "deviance(gm1)")[0])], data="contraception"))
cases.append(case("contra_7_nodes", ["glmm", formula, "--nodes", "7"], [
    deviance(value(text.split("nAGQ=7")[1], "deviance(gm0)")[0])], data="contraception"))
text = testset(general, "cbpp")
cases.append(case("cbpp_laplace", ["glmm", "incidence / size ~ 1 + period + (1 | herd)", "--factor", "period", "--nodes", "1"], [
    check(["logLik"], value(text, "loglikelihood(gm2)")[0])], data="cbpp"))
subprocess.run(["Rscript", "-e", 'd <- mlmRev::Mmmec; d$logexpected <- signif(log(d$expected), 15); write.csv(d[, c("region", "uvb", '
                '"deaths", "logexpected")], "%s", row.names = FALSE, quote = FALSE)' % os.path.join(REFERENCE, "data", "mmmec.csv")], check=True)
text = testset(general, "mmec")
cases.append(case("mmec_11_nodes", [
    "glmm", "deaths ~ 1 + uvb + (1 | region)", "--family", "poisson", "--offset", "logexpected", "--nodes", "11"], [
    deviation("region", value(text, "first(gm5.θ)")[0])]
    + coefficients(["(Intercept)", "uvb"], "estimate", [value(text, "first(gm5.β)")[0], value(text, "last(gm5.β)")[0]]), data="mmmec"))

write(
    "mixedmodels",
    "MixedModels.jl " + re.search(r'version = "(.*?)"', read(repo, "Project.toml")).group(1),
    "tests (`test/pls.jl`, `test/pirls.jl`)",
    "made-by/peer_mixedmodels.py",
    cases,
    version="commit " + commit(repo))

"""Numbers of metafor's tests, many of which are Stata's metan or those of published articles."""
import os
import re
import subprocess
from suite import REFERENCE, case, check, coefficients, commit, numbers, read, repository, write

repo = repository()
TABLES = ["--treat", "tpos,tneg", "--control", "cpos,cneg"]
FIELDS = {"res$beta": "estimate", "c(res$beta)": "estimate", "coef(res)": "estimate", "se(res)": "se", "res$ci.lb": "lower",
          "res$ci.ub": "upper", "res$zval": "statistic", "res$tau2": "tau2", "res$I2": "i2", "res$QE": "q"}
METHODS = {"EE": "FE"}


def blocks(name):
    """The tests of a file, comments left out."""
    text = re.sub(r"#.*", "", read(repo, "tests/testthat/%s.r" % name))
    return re.findall(r'test_that\("(.*?)", \{\n(.*?)\n\}\)', text, re.S)


def expectations(text):
    """What a test expects of the fit called res, field by field."""
    found = re.findall(r"expect_equivalent\((.*?),\s+(%s), tolerance" % r"-?[\d.]+", text)
    return [check([FIELDS[field]], value) for field, value in found if field in FIELDS]


def exported(dataset, columns, before="NULL"):
    path = os.path.join(REFERENCE, "data", dataset.split(".")[-1] + ".csv")
    subprocess.run(["Rscript", "-e", "library(metadat); d <- as.data.frame(%s); %s; write.csv(d[, c(%s)], '%s', row.names = FALSE, "
                    "quote = FALSE, na = '')" % (dataset, before, ", ".join("'%s'" % name for name in columns.split()), path)], check=True)
    return dataset.split(".")[-1]


cases = []
for name, text in blocks("test_misc_metan_vs_rma.uni_with_dat.bcg"):
    measure, method = re.search(r'measure="(\w+)"', text).group(1), re.search(r'method="(\w+)"', text).group(1)
    # I^2 of differences of risks is 95.66, and their variance between studies prints as 0.0000.
    cases.append(case("bcg_%s_%s" % (measure, method), ["meta", "--measure", measure, *TABLES, "--method", METHODS.get(method, method)],
                      [item for item in expectations(text) if float(item["value"]) != 0], data="bcg"))
for method in ["MH", "Peto"]:
    for name, text in blocks("test_misc_metan_vs_rma.%s_with_dat.bcg" % method.lower()):
        measure = re.search(r"measure='(\w+)'", name).group(1)
        cases.append(case("bcg_%s_%s" % (measure, method), ["meta", "--measure", measure, *TABLES, "--method", method], expectations(text),
                          data="bcg"))

data = exported("dat.raudenbush1985", "study weeks yi vi", "d$weeks <- pmin(d$weeks, 3); d$study <- seq_len(nrow(d))")
tests = dict(blocks("test_analysis_example_raudenbush2009"))
for title, ci in [("conventional approach", []), ("Knapp & Hartung method", ["--ci", "hartung-knapp"])]:
    text = next(body for name, body in tests.items() if title in name)
    table = numbers(re.search(r"structure\(c\((.*?)\)", text, re.S).group(1))
    for row, method in enumerate(["FE", "ML", "REML", "DL", "HE"]):
        if method == "FE" and ci:
            continue
        values = dict(zip(["tau2", "estimate", "se", "statistic", "lower", "upper"], table[row::5]))
        cases.append(case(
            "expectancy_%s%s" % (method, "_knapp_hartung" if ci else ""),
            ["meta", "--yi", "yi", "--vi", "vi", "--method", method, *ci],
            [check([field], value) for field, value in values.items() if float(value) != 0],
            data=data))
text = next(body for name, body in tests.items() if "mixed-effects" in name)
terms = ["(Intercept)", "weeks"]
cases.append(case(
    "expectancy_weeks",
    ["meta", "--yi", "yi", "--vi", "vi", "--moderators", "weeks"],
    coefficients(terms, "estimate", numbers(re.search(r"coef\(res.ME\), c\((.*?)\)", text).group(1)))
    + coefficients(terms, "statistic", numbers(re.search(r"res.ME\$zval, c\((.*?)\)", text).group(1))),
    data=data))

text = dict(blocks("test_analysis_example_vanhouwelingen2002"))["results for the meta-regression analyses are correct."].split("rma.mv")[0]
terms = ["(Intercept)", "ablat"]
cases.append(case(
    "bcg_latitude_ML",
    ["meta", "--measure", "OR", *TABLES, "--method", "ML", "--moderators", "ablat"],
    coefficients(terms, "estimate", numbers(re.search(r"coef\(res\), c\((.*?)\)", text).group(1)))
    + coefficients(terms, "se", numbers(re.search(r"se\(res\), c\((.*?)\)", text).group(1)))
    + [check(["tau2"], numbers(re.search(r"res\$tau2, (\S+),", text).group(1))[0])],
    data="bcg"))

data = exported("dat.collins1985b", "id pre.nti pre.xti pre.nci pre.xci")
text = dict(blocks("test_analysis_example_viechtbauer2007a"))["the heterogeneity estimates are correct."]
for method, value in zip(["DL", "ML", "REML", "SJ"], numbers(re.search(r"sav, c\((.*?)\)", text).group(1))):
    cases.append(case(
        "preeclampsia_" + method,
        ["meta", "--measure", "OR", "--treat", "pre.xti/pre.nti", "--control", "pre.xci/pre.nci", "--method", method],
        [check(["tau2"], value)], data=data))

data = exported("dat.nielweise2007", "study ai n1i ci n2i")
tests = dict(blocks("test_analysis_example_stijnen2010"))
for title, kind in [("normal-normal model are correct (measure=='PLO')", "REML"), ("binomial-normal normal are correct", "exact")]:
    text = next(body for name, body in tests.items() if title in name)
    for part in text.split("res <- ")[1:]:
        arm = re.search(r"xi=(\w+), ni=(\w+)", part)
        cases.append(case(
            "catheters_%s_%s" % (kind, arm.group(1)),
            ["meta", "--measure", "PLO", "--arm", "%s/%s" % arm.groups(), "--method", kind],
            expectations(part), data=data))
data = exported("dat.nielweise2008", "study x1i t1i x2i t2i", "d$t1i <- d$t1i / 1000; d$t2i <- d$t2i / 1000")
text = next(body for name, body in tests.items() if "normal-normal model are correct (measure=='IRLN')" in name)
for part in text.split("res <- ")[1:]:
    arm = re.search(r"xi=(\w+), ti=(\w+)", part)
    cases.append(case(
        "catheter_days_%s" % arm.group(1),
        ["meta", "--measure", "IRLN", "--arm", "%s,%s" % arm.groups()],
        expectations(part), data=data))

write(
    "metafor",
    "metafor " + re.search(r"Version: (\S+)", read(repo, "DESCRIPTION")).group(1),
    "tests (`tests/testthat`), among them Stata's metan and published analyses",
    "made-by/peer_metafor.py",
    [item for item in cases if item["checks"]],
    version="commit " + commit(repo))

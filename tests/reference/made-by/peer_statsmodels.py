"""GEE numbers of statsmodels' tests, most of which are R's gee and Stata's xtgee on the same files."""
from suite import after, case, commit, numbers, read, repository, table, write, write_data

repo = repository()
tests = read(repo, "statsmodels/genmod/tests/test_gee.py")


def data(name, columns):
    lines = read(repo, "statsmodels/genmod/tests/results/%s.csv" % name).split()
    write_data("statsmodels_" + name.replace("gee_", "").replace("_1", ""), "Id,Y," + columns, lines)


data("gee_linear_1", "X1,X2,X3")
data("gee_logistic_1", "X1,X2,X3")
data("gee_poisson_1", "X1,X2,X3,X4,X5")


def lists(function, name, count, size):
    """The next list of lists called name within a test: count lists of size numbers."""
    body = after(after(tests, "def %s(" % function), "\n        %s = [" % name)
    found = numbers(body[:body.index("]\n        ]") if "]\n        ]" in body else len(body)])
    return [found[i * size:(i + 1) * size] for i in range(count)]


cases = []
for function, dataset, family, columns, structures in [
    ("test_logistic", "logistic", "binomial", 3, ["independence", "exchangeable"]),
    ("test_linear", "linear", "gaussian", 3, ["independence", "exchangeable"]),
    ("test_poisson", "poisson", "poisson", 5, ["independence", "exchangeable"]),
]:
    names = ["X%d" % (i + 1) for i in range(columns)]
    terms = ["(Intercept)"] + names
    estimates = lists(function, "cf", len(structures), len(terms))
    errors = lists(function, "se", len(structures), len(terms))
    for i, structure in enumerate(structures):
        call = ["gee", "Y ~ " + " + ".join(names), "--cluster", "Id", "--family", family, "--corr", structure]
        cases.append(case(
            "%s_%s" % (function, structure),
            call,
            table(terms, estimates[i], errors[i]),
            data="statsmodels_" + dataset))

stationary = after(tests, "def test_stationary_grid(").split("def ")[0]
endog, exog, group = [numbers(after(stationary, "%s = np.r_[" % name).split("]")[0]) for name in ("endog", "exog", "group")]
write_data("statsmodels_stationary", "Id,Wave,Y,X", ["%s,%d,%g,%s" % (g, i % 3, float(y), x) for i, (y, x, g) in enumerate(zip(endog, exog, group))])
estimates, errors = [numbers(part.split("]")[0]) for part in stationary.split("np.r_[")[-2:]]
# Stata's factor on the standard error that the test names: sqrt(12 / 9).
cases.append(case(
    "test_stationary_grid",
    ["gee", "Y ~ X", "--cluster", "Id", "--wave", "Wave", "--corr", "toeplitz", "--family", "gaussian", "--moments", "geepack"],
    table(["(Intercept)", "X"], estimates, errors, times=(12 / 9) ** .5),
    data="statsmodels_stationary"))

write(
    "statsmodels",
    "statsmodels",
    "tests of GEE (`genmod/tests/test_gee.py`), whose numbers are those of R's gee and of Stata",
    "made-by/peer_statsmodels.py",
    cases,
    version="commit " + commit(repo))

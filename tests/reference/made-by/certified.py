"""Certified values: small cases computed with 70 digits by mpmath from their definitions, written with 34.

python3 certified.py        (python3-mpmath and python3-gmpy2 of Debian; some minutes)

Maxima are found by Newton's method on central differences of the likelihood, integrals by the trapezoidal rule on the whole
line, whose error falls geometrically for these integrands; everything is repeated with half the step, and refused unless 40
digits stand still. No line here shares an idea with the program beyond the definitions of the models.
"""
from mpmath import mp, mpf

from suite import case, check, coefficients, write, write_data

mp.dps = 70
DIGITS = 34
cases = []


def text(value):
    return mp.nstr(value, DIGITS, strip_zeros=False)


def gradient(f, x, step=mpf(10) ** -22):
    return mp.matrix([(f(moved(x, i, step)) - f(moved(x, i, -step))) / (2 * step) for i in range(len(x))])


def moved(x, i, by):
    y = list(x)
    y[i] += by
    return y


def hessian(f, x, step=mpf(10) ** -16):
    n = len(x)
    h, middle = mp.matrix(n, n), f(x)
    for i in range(n):
        h[i, i] = (f(moved(x, i, step)) - 2 * middle + f(moved(x, i, -step))) / step ** 2
        for j in range(i):
            total = sum(a * b * f(moved(moved(x, i, a * step), j, b * step)) for a in (1, -1) for b in (1, -1))
            h[i, j] = h[j, i] = total / (4 * step ** 2)
    return h


def root(equations, x):
    """Newton's method on equations, with differences for their slopes."""
    for _ in range(60):
        value = equations(x)
        step = mpf(10) ** -25
        slopes = mp.matrix(len(x), len(x))
        for j in range(len(x)):
            change = (equations(moved(x, j, step)) - equations(moved(x, j, -step))) / (2 * step)
            for i in range(len(x)):
                slopes[i, j] = change[i]
        move = mp.lu_solve(slopes, value)
        x = [x[i] - move[i] for i in range(len(x))]
        if mp.norm(move) < mpf(10) ** -45:
            return x
    raise ArithmeticError("no root")


def maximum(f, x):
    for _ in range(60):
        move = mp.lu_solve(hessian(f, x), gradient(f, x))
        x = [x[i] - move[i] for i in range(len(x))]
        if mp.norm(move) < mpf(10) ** -38:
            return x
    raise ArithmeticError("no maximum")


def inverse(matrix):
    return matrix ** -1


def logistic(x):
    return 1 / (1 + mp.exp(-x))


def normal(x):
    return mp.erfc(-x / mp.sqrt(2)) / 2


def density(z):
    return mp.exp(-z * z / 2) / mp.sqrt(2 * mp.pi)


def over_normal(f, step=mpf(1) / 12, reach=18):
    """The mean of f(z) over a standard normal z, twice."""
    def rule(h):
        count = int(reach / h)
        return h * mp.fsum(density(k * h) * f(k * h) for k in range(-count, count + 1))
    once, again = rule(step), rule(step / 2)
    assert abs(once - again) < mpf(10) ** -40, (once, again)
    return again


# Functions.
for predictor, spread in [("0.5", "1"), ("-2", "0.25"), ("3", "4")]:
    a, s = mpf(predictor), mpf(spread)
    mean = over_normal(lambda z: logistic(a + s * z), step=mpf(1) / 32)
    slope = over_normal(lambda z: logistic(a + s * z) * logistic(-a - s * z), step=mpf(1) / 32)
    cases.append({"name": "marginal mean, logit, at %s, %s" % (predictor, spread), "function": "marginal mean, logit",
                  "arguments": [predictor, spread], "checks": [check([], text(mean))]})
    cases.append({"name": "attenuated slope, logit, at %s, %s" % (predictor, spread), "function": "marginal slope, logit",
                  "arguments": [predictor, spread], "checks": [check([], text(slope))]})
a, s = mpf("-1"), mpf("1.5")
cases.append({"name": "marginal mean, cloglog", "function": "marginal mean, cloglog", "arguments": ["-1", "1.5"],
              "checks": [check([], text(over_normal(lambda z: -mp.expm1(-mp.exp(a + s * z)), step=mpf(1) / 32)))]})
cases.append({"name": "marginal mean, probit", "function": "marginal mean, probit", "arguments": ["-1", "1.5"],
              "checks": [check([], text(normal(a / mp.sqrt(1 + s * s))))]})


def invert(target, spread):
    x = [mpf("1.3") * mp.log(target / (1 - target))]
    return root(lambda v: mp.matrix([over_normal(lambda z: logistic(v[0] + spread * z), step=mpf(1) / 24) - target]), x)[0]


cases.append({"name": "conditional predictor of a risk of 0.2, logit", "function": "conditional predictor, logit",
              "arguments": ["0.2", "1.5"], "checks": [check([], text(invert(mpf("0.2"), mpf("1.5"))))]})


def noncentral(t, degrees, shift):
    """P(T >= t): the mean over the denominator's law of the normal tail."""
    t, n, d = mpf(t), mpf(degrees), mpf(shift)

    def inner(x):
        return 2 * (n / 2) ** (n / 2) / mp.gamma(n / 2) * x ** (n - 1) * mp.exp(-n * x * x / 2) * normal(d - t * x)
    return mp.quad(inner, [0, mpf(1) / 4, mpf(1) / 2, mpf(3) / 4, 1, mpf(5) / 4, mpf(3) / 2, 2, 3, 5, 9])


for arguments in [("2.1", "18", "2.8"), ("2.5", "5", "1"), ("-1", "30", "3")]:
    cases.append({"name": "noncentral t at %s, %s, %s" % arguments, "function": "noncentral t, upper tail", "arguments": list(arguments),
                  "checks": [check([], text(noncentral(*arguments)))]})


def quadrant(h, k, r):
    h, k, r = mpf(h), mpf(k), mpf(r)
    cut = [-20, -8, -4, -2, -1, 0, h] if h > 0 else [-20, -8, -4, -2, h]
    return mp.quad(lambda x: density(x) * normal((k - r * x) / mp.sqrt(1 - r * r)), cut)


for arguments in [("0.3", "-0.8", "0.6"), ("1.5", "2", "-0.95"), ("-1", "-1.5", "0.99")]:
    cases.append({"name": "bivariate normal at %s, %s, %s" % arguments, "function": "bivariate normal", "arguments": list(arguments),
                  "checks": [check([], text(quadrant(*arguments)))]})
for x in ["-8", "-37", "0.1", "2.5"]:
    cases.append({"name": "normal tail at " + x, "function": "normal, lower tail", "arguments": [x],
                  "checks": [check([], text(normal(mpf(x))))]})
cases.append({"name": "normal quantile at 1e-10", "function": "normal quantile", "arguments": ["1e-10"],
              "checks": [check([], text(mp.findroot(lambda q: mp.log(normal(q)) - mp.log(mpf("1e-10")), -6.36)))]})


def student(t, n):
    """P(|T| > t)."""
    return mp.betainc(n / 2, mpf(1) / 2, 0, n / (n + t * t), regularized=True)


for t, n in [("2.2", "7.5"), ("12", "40"), ("0.3", "1"), ("2.2", "1000000"), ("3", "1e12")]:
    cases.append({"name": "t at %s, %s" % (t, n), "function": "t, two-sided", "arguments": [t, n],
                  "checks": [check([], text(student(mpf(t), mpf(n))))]})
for p, n in [("0.975", "11.3"), ("0.9995", "3")]:
    q = mp.findroot(lambda q: student(q, mpf(n)) / 2 - (1 - mpf(p)), 3 if n != "3" else 12)
    cases.append({"name": "t quantile at %s, %s" % (p, n), "function": "t quantile", "arguments": [p, n], "checks": [check([], text(q))]})
for f, n, m in [("3.1", "2", "14.5"), ("25", "3", "60"), ("2.2", "3", "100000")]:
    x = mpf(m) / (mpf(m) + mpf(n) * mpf(f))
    cases.append({"name": "F at %s, %s, %s" % (f, n, m), "function": "F, upper tail", "arguments": [f, n, m],
                  "checks": [check([], text(mp.betainc(mpf(m) / 2, mpf(n) / 2, 0, x, regularized=True)))]})
for x, n in [("7.8", "3"), ("90", "10")]:
    cases.append({"name": "chi-squared at %s, %s" % (x, n), "function": "chi-squared, upper tail", "arguments": [x, n],
                  "checks": [check([], text(mp.gammainc(mpf(n) / 2, mpf(x) / 2, regularized=True)))]})

# Clusters: events of trials by arm x within the cluster, (events at x = 0, rows at x = 0, events at x = 1, rows at x = 1).
BINARY = [(0, 3, 1, 3), (3, 3, 3, 3), (0, 2, 0, 3), (1, 3, 3, 3), (2, 3, 2, 2), (0, 3, 2, 3), (0, 3, 0, 2), (1, 2, 3, 3), (3, 3, 2, 3),
          (0, 3, 1, 3), (0, 3, 1, 2), (1, 3, 3, 3)]
lines = []
for label, (e0, n0, e1, n1) in enumerate(BINARY):
    rows = [(0, int(i < e0)) for i in range(n0)] + [(1, int(i < e1)) for i in range(n1)]
    lines += ["%d,%d,%d,%d" % (label + 1, wave + 1, x, y) for wave, (x, y) in enumerate(rows)]
write_data("certified_binary", "cluster,wave,x,y", lines)
ROWS = [[tuple(map(int, line.split(",")[2:])) for line in lines if line.split(",")[0] == str(label + 1)] for label in range(len(BINARY))]


def mixed(link, parameters, step=mpf(1) / 12, reach=17):
    """The log-likelihood of a random intercept: cells share their probability over clusters."""
    b0, b1, sigma = parameters
    count = int(reach / step)
    totals = [mpf(0)] * len(BINARY)
    for k in range(-count, count + 1):
        z = k * step
        p, q = link(b0 + sigma * z), link(b0 + b1 + sigma * z)
        r, s = 1 - p, 1 - q
        weight = density(z) * step
        for i, (e0, n0, e1, n1) in enumerate(BINARY):
            totals[i] += weight * p ** e0 * r ** (n0 - e0) * q ** e1 * s ** (n1 - e1)
    return mp.fsum(mp.log(total) for total in totals)


def report(name, call, terms, likelihood, start, data, spread):
    """Maximum, standard errors by the observed information, log-likelihood, and the deviation at a place of the parameters."""
    best = maximum(likelihood, start)
    value = likelihood(best)
    covariance = inverse(-hessian(likelihood, best))
    checks = coefficients(terms, "estimate", [text(best[i]) for i in range(len(terms))])
    checks += coefficients(terms, "se", [text(mp.sqrt(covariance[i, i])) for i in range(len(terms))])
    checks += [check(["logLik"], text(value))]
    checks += [check(["randomEffects", 0, "sd", 0], text(abs(best[spread])))] if spread is not None else []
    cases.append(case(name, call, checks, data=data))
    print(name, [mp.nstr(v, 8) for v in best], mp.nstr(value, 10), flush=True)
    return best


TERMS = ["(Intercept)", "x"]
for name, link, start in [("logit", logistic, ["-1", "1.5", "1.5"]), ("probit", normal, ["-.6", ".9", ".9"])]:
    start = [mpf(v) for v in start]
    best = report("GLMM, random intercept, " + name, ["glmm", "y ~ x + (1 | cluster)", "--link", name, "--nodes", "100"], TERMS,
                  lambda v, f=link: mixed(f, v), start, "certified_binary", 2)
    assert abs(mixed(link, best) - mixed(link, best, step=mpf(1) / 24)) < mpf(10) ** -40
    if name == "logit":
        margins = [mp.log(p / (1 - p)) for p in
                   [over_normal(lambda z, e=e: logistic(e + best[2] * z), step=mpf(1) / 24) for e in (best[0], best[0] + best[1])]]
        cases.append(case("marginal coefficients of the logit model", ["marginalize", "y ~ x + (1 | cluster)", "--nodes", "100"],
                          coefficients(TERMS, "estimate", [text(margins[0]), text(margins[1] - margins[0])]), data="certified_binary"))

# Counts by cluster and x.
COUNTS = [(2, 5), (0, 1), (4, 3), (1, 2), (7, 11), (3, 3), (0, 2), (5, 9), (2, 2), (1, 4)]
write_data("certified_counts", "cluster,x,y", ["%d,%d,%d" % (i + 1, x, y) for i, pair in enumerate(COUNTS) for x, y in enumerate(pair)])


def counts(parameters, step=mpf(1) / 12, reach=17):
    b0, b1, sigma = parameters
    count = int(reach / step)
    totals = [mpf(0)] * len(COUNTS)
    for k in range(-count, count + 1):
        z = k * step
        m = mp.exp(b0 + sigma * z)
        total = mp.exp(-m * (1 + mp.exp(b1)))
        for i, (y0, y1) in enumerate(COUNTS):
            totals[i] += density(z) * step * total * m ** (y0 + y1)
    return mp.fsum(mp.log(total) + y1 * b1 - mp.log(mp.factorial(y0) * mp.factorial(y1)) for total, (y0, y1) in zip(totals, COUNTS))


best = report("GLMM, random intercept, Poisson", ["glmm", "y ~ x + (1 | cluster)", "--family", "poisson", "--nodes", "100"], TERMS, counts,
              [mpf(".7"), mpf(".5"), mpf(".7")], "certified_counts", 2)
assert abs(counts(best) - counts(best, step=mpf(1) / 24)) < mpf(10) ** -40

# Grades 1 to 3 by cluster: at x = 0 and at x = 1.
GRADES = [((1, 2), (2, 3)), ((1, 1), (1, 2)), ((3, 2), (3, 3)), ((2, 1), (1, 2)), ((1, 3), (2, 3)), ((2, 2), (2, 3)), ((1, 1), (1, 1)),
          ((3, 3), (3, 3)), ((1, 2), (3, 2)), ((2, 1), (3, 3))]
write_data("certified_grades", "cluster,x,y",
           ["%d,%d,%d" % (i + 1, x, y) for i, pair in enumerate(GRADES) for x, values in enumerate(pair) for y in values])


def grades(parameters, step=mpf(1) / 12, reach=17):
    t1, t2, b, sigma = parameters
    count = int(reach / step)
    totals = [mpf(0)] * len(GRADES)
    for k in range(-count, count + 1):
        z = k * step
        cells = []
        for shift in (sigma * z, b + sigma * z):
            low, high = logistic(t1 - shift), logistic(t2 - shift)
            cells.append((low, high - low, logistic(shift - t2)))
        weight = density(z) * step
        for i, pair in enumerate(GRADES):
            term = weight
            for x, values in enumerate(pair):
                for y in values:
                    term *= cells[x][y - 1]
            totals[i] += term
    return mp.fsum(mp.log(total) for total in totals)


best = maximum(grades, [mpf("-.2"), mpf("2"), mpf("1.5"), mpf("1.5")])
covariance = inverse(-hessian(grades, best))
cases.append(case("cumulative logit with a random intercept",
                  ["glmm", "y ~ x + (1 | cluster)", "--family", "ordinal", "--nodes", "100"],
                  [check(["thresholds", i, "estimate"], text(best[i])) for i in range(2)]
                  + [check(["coefficients", 0, "estimate"], text(best[2])), check(["coefficients", 0, "se"], text(mp.sqrt(covariance[2, 2]))),
                     check(["randomEffects", 0, "sd", 0], text(best[3])), check(["logLik"], text(grades(best)))], data="certified_grades"))
print("ordinal", [mp.nstr(v, 8) for v in best], flush=True)


# Marginal models on the binary rows.
def equations(beta, alpha):
    """Scores, and the sums of the sandwich, under an exchangeable correlation."""
    score, bread, meat = mp.matrix(2, 1), mp.matrix(2, 2), mp.matrix(2, 2)
    pearson, products, pairs, total = mpf(0), mpf(0), 0, 0
    for rows in ROWS:
        n = len(rows)
        mu = [logistic(beta[0] + beta[1] * x) for x, _ in rows]
        a = [mp.sqrt(m * (1 - m)) for m in mu]
        d = mp.matrix(n, 2)
        v = mp.matrix(n, n)
        r = mp.matrix(n, 1)
        for i, (x, y) in enumerate(rows):
            d[i, 0], d[i, 1], r[i] = a[i] ** 2, a[i] ** 2 * x, y - mu[i]
            for j in range(n):
                v[i, j] = a[i] * a[j] * (1 if i == j else alpha)
        inner = d.T * inverse(v)
        u = inner * r
        score, bread, meat = score + u, bread + inner * d, meat + u * u.T
        e = [r[i] / a[i] for i in range(n)]
        pearson += mp.fsum(x * x for x in e)
        products += mp.fsum(e[i] * e[j] for i in range(n) for j in range(i))
        pairs, total = pairs + n * (n - 1) // 2, total + n
    phi = pearson / (total - 2)
    return score, bread, meat, phi, products / (pairs - 2) / phi


for corr in ["independence", "exchangeable"]:
    free = corr == "exchangeable"
    solution = root(lambda v: mp.matrix(list(equations(v, v[2])[0]) + [equations(v, v[2])[4] - v[2]]) if free
                    else equations(v, mpf(0))[0], [mpf("-.8"), mpf("1.1")] + ([mpf(".35")] if free else []))
    alpha = solution[2] if free else mpf(0)
    _, bread, meat, phi, _ = equations(solution, alpha)
    model, robust = inverse(bread) * phi, inverse(bread) * meat * inverse(bread)
    checks = coefficients(TERMS, "estimate", [text(v) for v in solution[:2]])
    checks += [check(["se", "robust", i], text(mp.sqrt(robust[i, i]))) for i in range(2)]
    checks += [check(["se", "model", i], text(mp.sqrt(model[i, i]))) for i in range(2)]
    checks += [check(["scale"], text(phi))] + ([check(["correlation", "alpha", 0], text(alpha))] if free else [])
    cases.append(case("GEE, " + corr, ["gee", "y ~ x", "--cluster", "cluster", "--corr", corr, "--se", "robust", "--se", "model"], checks,
                      data="certified_binary"))
    print(corr, [mp.nstr(v, 10) for v in solution], flush=True)

# Firth's logistic regression of separated rows, a cluster each.
FIRTH = [("0.5", 0), ("1", 0), ("1.5", 0), ("2", 0), ("2.25", 1), ("3", 1), ("3.5", 1), ("4", 1)]
write_data("certified_separated", "row,x,y", ["%d,%s,%d" % (i + 1, x, y) for i, (x, y) in enumerate(FIRTH)])


def penalized(beta):
    information, value = mp.matrix(2, 2), mpf(0)
    for x, y in FIRTH:
        eta = beta[0] + beta[1] * mpf(x)
        p = logistic(eta)
        value += mp.log(p) if y else mp.log(logistic(-eta))
        w = p * (1 - p)
        information += mp.matrix([[w, w * mpf(x)], [w * mpf(x), w * mpf(x) ** 2]])
    return value + mp.log(mp.det(information)) / 2


best = maximum(penalized, [mpf("-3.5"), mpf("1.6")])
cases.append(case("Firth's logistic regression", ["gee", "y ~ x", "--cluster", "row", "--corr", "independence", "--bias-reduction", "firth", "--scale-fix", "1"],
                  coefficients(TERMS, "estimate", [text(v) for v in best]), data="certified_separated"))

# Linear mixed model: clusters of unequal size, a covariate within clusters.
LINEAR = [[("0", "3.1"), ("1", "4.0"), ("2", "4.4")], [("0", "5.2"), ("1", "5.9"), ("2", "7.5"), ("3", "7.7")], [("0", "2.2"), ("1", "2.1")],
          [("0", "4.4"), ("2", "6.5"), ("3", "6.1")], [("1", "3.3"), ("2", "5.0"), ("3", "4.6")], [("0", "6.0"), ("1", "6.4"), ("3", "9.2")],
          [("0", "3.9"), ("2", "4.1"), ("3", "5.8"), ("4", "6.6")]]
write_data("certified_linear", "cluster,x,y", ["%d,%s,%s" % (i + 1, x, y) for i, rows in enumerate(LINEAR) for x, y in rows])
X = mp.matrix([[1, mpf(x)] for rows in LINEAR for x, _ in rows])
Y = mp.matrix([mpf(y) for rows in LINEAR for _, y in rows])
LABEL = [i for i, rows in enumerate(LINEAR) for _ in rows]
N = len(LABEL)
SHARED = mp.matrix(N, N)
for i in range(N):
    for j in range(N):
        SHARED[i, j] = 1 if LABEL[i] == LABEL[j] else 0


def linear(variances, restricted):
    """Log-likelihood, coefficients and their covariance given the variances between and within clusters."""
    v = variances[0] * SHARED + variances[1] * mp.eye(N)
    w = inverse(v)
    information = X.T * w * X
    beta = mp.lu_solve(information, X.T * w * Y)
    r = Y - X * beta
    value = -(mp.log(mp.det(v)) + (r.T * w * r)[0] + (N - (2 if restricted else 0)) * mp.log(2 * mp.pi)) / 2
    return value - (mp.log(mp.det(information)) / 2 if restricted else 0), beta, inverse(information)


for restricted in [False, True]:
    best = maximum(lambda v: linear(v, restricted)[0], [mpf("2"), mpf(".3")])
    value, beta, phi = linear(best, restricted)
    information = inverse(-hessian(lambda v: linear(v, restricted)[0], best))
    checks = coefficients(TERMS, "estimate", [text(v) for v in beta])
    checks += coefficients(TERMS, "se", [text(mp.sqrt(phi[i, i])) for i in range(2)])
    checks += [check(["logLik"], text(value)), check(["randomEffects", 0, "sd", 0], text(mp.sqrt(best[0]))),
               check(["residualSd"], text(mp.sqrt(best[1])))]
    call = ["lmm", "y ~ x + (1 | cluster)"] + ([] if restricted else ["--ml"])
    cases.append(case("LMM, %s" % ("REML" if restricted else "ML"), call, checks, data="certified_linear"))
    print("linear", [mp.nstr(v, 10) for v in best], flush=True)

# Degrees of freedom of the REML fit: Satterthwaite's from the observed information, Kenward and Roger's from the expected one.
degrees = []
for i in range(2):
    slope = gradient(lambda v: linear(v, True)[2][i, i], best)
    degrees.append(2 * phi[i, i] ** 2 / (slope.T * information * slope)[0])
cases.append(case("Satterthwaite's degrees of freedom", ["lmm", "y ~ x + (1 | cluster)", "--df", "satterthwaite"],
                  coefficients(TERMS, "df", [text(v) for v in degrees]), data="certified_linear"))
W = inverse(best[0] * SHARED + best[1] * mp.eye(N))
parts = [SHARED, mp.eye(N)]
P = [-X.T * W * s * W * X for s in parts]
Q = [[X.T * W * s * W * t * W * X for t in parts] for s in parts]


def trace(matrix):
    return mp.fsum(matrix[i, i] for i in range(matrix.rows))


expected = mp.matrix(2, 2)
for i in range(2):
    for j in range(2):
        expected[i, j] = (trace(W * parts[i] * W * parts[j]) - 2 * trace(phi * Q[i][j]) + trace(phi * P[i] * phi * P[j])) / 2
omega = inverse(expected)
adjusted = phi + 2 * phi * sum((omega[i, j] * (Q[i][j] - P[i] * phi * P[j]) for i in range(2) for j in range(2)), mp.matrix(2, 2)) * phi
roger = []
for k in range(2):
    theta = mp.matrix(2, 2)
    theta[k, k] = 1 / phi[k, k]
    pieces = [theta * phi * p * phi for p in P]
    a1 = mp.fsum(omega[i, j] * trace(pieces[i]) * trace(pieces[j]) for i in range(2) for j in range(2))
    a2 = mp.fsum(omega[i, j] * trace(pieces[i] * pieces[j]) for i in range(2) for j in range(2))
    b, g = (a1 + 6 * a2) / 2, (2 * a1 - 5 * a2) / (3 * a2)
    c1, c2, c3 = g / (3 + 2 * (1 - g)), (1 - g) / (3 + 2 * (1 - g)), (3 - g) / (3 + 2 * (1 - g))
    mean, variance = 1 / (1 - a2), 2 * (1 + c1 * b) / ((1 - c2 * b) ** 2 * (1 - c3 * b))
    rho = variance / (2 * mean ** 2)
    roger.append(4 + 3 / (rho - 1))
cases.append(case("Kenward and Roger's degrees of freedom", ["lmm", "y ~ x + (1 | cluster)", "--df", "kenward-roger"],
                  coefficients(TERMS, "df", [text(v) for v in roger])
                  + coefficients(TERMS, "se", [text(mp.sqrt(adjusted[i, i])) for i in range(2)]), data="certified_linear"))

# Tables of trials: events and rows of two arms.
TABLES = [(4, 30, 9, 28), (11, 60, 15, 61), (2, 25, 7, 27), (20, 90, 24, 88)]
write_data("certified_tables", "study,a,n1,c,n2", ["%d,%d,%d,%d,%d" % ((i + 1,) + row) for i, row in enumerate(TABLES)])
r = s = pr = ps_qr = qs = mpf(0)
o = e = variance = mpf(0)
effects = []
for a, n1, c, n2 in TABLES:
    a, n1, c, n2 = mpf(a), mpf(n1), mpf(c), mpf(n2)
    b, d, n = n1 - a, n2 - c, n1 + n2
    ri, si, pi, qi = a * d / n, b * c / n, (a + d) / n, (b + c) / n
    r, s, pr, ps_qr, qs = r + ri, s + si, pr + pi * ri, ps_qr + pi * si + qi * ri, qs + qi * si
    o, e = o + a, e + n1 * (a + c) / n
    variance += n1 * n2 * (a + c) * (b + d) / (n * n * (n - 1))
    effects.append((mp.log(a * d / (b * c)), 1 / a + 1 / b + 1 / c + 1 / d))
error = mp.sqrt(pr / (2 * r * r) + ps_qr / (2 * r * s) + qs / (2 * s * s))
call = ["meta", "--measure", "OR", "--treat", "a/n1", "--control", "c/n2", "--method"]
cases.append(case("Mantel and Haenszel's odds ratio", call + ["MH"], [check(["estimate"], text(mp.log(r / s))), check(["se"], text(error))],
                  data="certified_tables"))
cases.append(case("Peto's odds ratio", call + ["Peto"], [check(["estimate"], text((o - e) / variance)),
                                                          check(["se"], text(1 / mp.sqrt(variance)))], data="certified_tables"))
weights = [1 / v for _, v in effects]
mean = mp.fsum(w * y for w, (y, _) in zip(weights, effects)) / mp.fsum(weights)
q = mp.fsum(w * (y - mean) ** 2 for w, (y, _) in zip(weights, effects))
cases.append(case("inverse variances", call + ["FE"], [check(["estimate"], text(mean)), check(["se"], text(1 / mp.sqrt(mp.fsum(weights)))),
                                                        check(["q"], text(q))], data="certified_tables"))




write("certified", "50-digit arithmetic", "definitions, computed with 70 digits by mpmath", "made-by/certified.py", cases, certified=True)

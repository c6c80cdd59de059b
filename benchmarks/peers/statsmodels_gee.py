"""Usage: statsmodels_gee.py CORRELATION FILE [REPEATS]. Prints the median seconds of the fit alone, and the estimates."""
import statistics
import sys
import time

import pandas
import statsmodels.api as sm

structures = {"independence": sm.cov_struct.Independence, "exchangeable": sm.cov_struct.Exchangeable}
data = pandas.read_csv(sys.argv[2])
seconds = []
for _ in range(int(sys.argv[3]) if len(sys.argv) > 3 else 1):
    start = time.perf_counter()
    fit = sm.GEE.from_formula(
        "y ~ trt * time + x1 + x2", "id", data=data, cov_struct=structures[sys.argv[1]](), family=sm.families.Binomial()).fit()
    seconds.append(time.perf_counter() - start)
names = ["Intercept", "trt", "time", "x1", "x2", "trt:time"]
print("seconds", round(statistics.median(seconds), 4), "estimates", *(f"{fit.params[name]:.8f}" for name in names))

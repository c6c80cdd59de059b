"""statsmodels' GEE with exchangeable correlation and its robust standard error."""
import io
import json
import sys
import warnings

import pandas
import statsmodels
import statsmodels.api as sm

print(json.dumps({"ready": f"statsmodels {statsmodels.__version__}"}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            data = pandas.read_csv(io.StringIO(request["csv"])) if "csv" in request else pandas.read_csv(request["path"])
            groups = data["cluster"] if "cluster" in data else data["id"]
            design = sm.add_constant(data[[request["model"]["effect"]]])
            fit = sm.GEE(data["y"], design, groups, family=sm.families.Binomial(), cov_struct=sm.cov_struct.Exchangeable()).fit()
        answer = {
            "estimate": float(fit.params.iloc[1]),
            "se": float(fit.bse.iloc[1]),
            "converged": bool(fit.converged),
            "warnings": [str(warning.message) for warning in caught],
        }
    except Exception as error:
        answer = {"error": str(error)}
    print(json.dumps(answer), flush=True)

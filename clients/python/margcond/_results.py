"""What the commands give back: frames of estimates, and notes and warnings beside them."""

import io
import warnings as _warnings

import pandas as pd

from ._plots import Picture

_BROOM = {
    "term": "term", "estimate": "estimate", "se": "std.error", "statistic": "statistic", "df": "df", "p": "p.value",
    "lower": "conf.low", "upper": "conf.high",
}


class Result:
    """An answer of the program.

    Attributes
    ----------
    json : dict
        All that the program gives with ``--format json``.
    notes, warnings : list of str
        What a reader should know of it, and beware of. Warnings are raised as Python's warnings as well.
    """

    def __init__(self, result, words, tables):
        self.json = result
        self._words = [word for word in words if word not in ("--format", "json")]
        self._tables = tables
        self.notes = result.get("notes", [])
        self.warnings = result.get("warnings", [])
        for sentence in self.warnings:
            _warnings.warn(sentence, stacklevel=5)

    def __getitem__(self, name):
        return self.json[name]

    def table(self, name):
        """A list of the result as a frame, such as ``"means"`` or ``"ladder"``; objects in it become columns such as ``at.arm``."""
        rows = self.json.get(name) or []
        return pd.json_normalize(rows)

    def plot(self, kind):
        """A picture; ``margcond COMMAND --help`` names the kinds of each command."""
        from ._commands import beside
        return Picture(beside(self._words, self._tables, ("--plot", f"{kind}="), ".svg"))

    def report(self, path):
        """Write the report, one HTML file, and return its path."""
        from ._session import shared
        shared().ask(*self._words, "--report", str(path), tables=self._tables)
        return path

    def summary(self):
        """The tables of the console, as text."""
        from ._session import shared
        return shared().ask(*self._words, tables=self._tables)["text"]

    def _heading(self):
        return f"{self.json.get('command', '')}: {self.json.get('formula', '')}".strip(": ")

    def _main(self):
        return pd.DataFrame()

    def _remarks(self):
        return [*("Note: " + note for note in self.notes), *("Warning: " + warning for warning in self.warnings)]

    def __repr__(self):
        return "\n".join([self._heading(), self._main().to_string(index=False), *self._remarks()])

    def _repr_html_(self):
        from html import escape
        remarks = "".join(f"<p>{escape(sentence)}</p>" for sentence in self._remarks())
        return f"<p><b>{escape(self._heading())}</b></p>{self._main().to_html(index=False, na_rep='')}{remarks}"


class Fit(Result):
    """A fitted model."""

    @property
    def coefficients(self):
        """Estimates by term: estimate, se, statistic, df, p, lower, upper."""
        return _numbers(self.table("coefficients")).set_index("term")

    @property
    def params(self):
        """The estimates alone, by term."""
        return self.coefficients["estimate"]

    @property
    def vcov(self):
        """The covariance of the estimates."""
        terms = [row["term"] for row in [*self.json.get("thresholds", []), *self.json["coefficients"]]]
        return pd.DataFrame(self.json["covariance"], index=terms, columns=terms)

    @property
    def converged(self):
        """Whether the result may be used."""
        return self.json["convergence"]["converged"]

    @property
    def random_effects(self):
        """Standard deviations of random effects by group and term; empty for a marginal model."""
        return pd.DataFrame(
            [(part["group"], term, sd) for part in self.json.get("randomEffects", []) for term, sd in zip(part["terms"], part["sd"])],
            columns=["group", "term", "sd"])

    def conf_int(self):
        """Limits of the intervals, by term."""
        return self.coefficients[["lower", "upper"]]

    def tidy(self):
        """Estimates under the names of R's broom."""
        return _numbers(self.table("coefficients"))[list(_BROOM)].rename(columns=_BROOM)

    def glance(self):
        """The fit in one row under the names of R's broom."""
        row = {"nobs": self.json["observations"], "n.clusters": self.json["clusters"]}
        for name, key in (("logLik", "logLik"), ("AIC", "aic"), ("BIC", "bic"), ("sigma", "residualSd")):
            if self.json.get(key) is not None:
                row[name] = self.json[key]
        row.update({name.upper(): value for name, value in (self.json.get("criteria") or {}).items()})
        row["converged"] = self.converged
        return pd.DataFrame([row])

    def augment(self):
        """The rows that were fitted with means, errors and residuals; ``row`` counts the rows of the data from 1."""
        from ._commands import beside
        return pd.read_csv(io.StringIO(beside(self._words, self._tables, ("--predictions", ""), ".csv")))

    def _main(self):
        return _numbers(self.table("coefficients"))


class Comparison(Result):
    """A trial fitted both ways."""

    @property
    def effects(self):
        """Marginal and conditional effects of the treatment on the link's scale, one a row."""
        return pd.DataFrame([{"term": effect["term"], **row} for effect in self.json["effects"] for row in effect["rows"]])

    @property
    def ladder(self):
        """The effect at every rung, from conditional to marginal, on every scale."""
        return _numbers(self.table("ladder"))

    @property
    def steps(self):
        """What each step of the ladder changes, and why."""
        return _numbers(self.table("steps"))

    @property
    def standardized(self):
        """Risk differences and ratios, or differences of means, by method and weighting."""
        return pd.DataFrame([
            {"method": one["method"], "weighting": one["weighting"], **{key: row[key] for key in row if not isinstance(row[key], dict)}}
            for one in self.json.get("standardized", []) for row in one["contrasts"]])

    @property
    def verdict(self):
        """What follows, in sentences."""
        return " ".join(self.json.get("verdict", []))

    def _main(self):
        rows = self.effects
        return rows[[name for name in ("term", "estimand", "method", "scale", "estimate", "se", "lower", "upper", "p") if name in rows]]

    def _remarks(self):
        return [*([self.verdict] if self.verdict else []), *super()._remarks()]


class Study(Result):
    """A simulation study."""

    @property
    def measures(self):
        """Performance measures with Monte Carlo errors: a row a scenario, method, estimand and measure."""
        rows = []
        for scenario in self.json["scenarios"]:
            for method in scenario["methods"]:
                for measure, value in method.items():
                    if isinstance(value, dict) and set(value) == {"value", "mcse"}:
                        rows.append({
                            **scenario["settings"], "method": method["method"], "estimand": method["estimand"],
                            "truth": method["truth"], "measure": measure, **value,
                        })
        return pd.DataFrame(rows)

    def _heading(self):
        return f"simulate: {self.json['study']}"

    def _main(self):
        return self.measures


def _numbers(frame):
    for name in ("estimate", "se", "statistic", "df", "p", "lower", "upper"):
        if name in frame:
            frame[name] = pd.to_numeric(frame[name])
    return frame

"""The commands as functions: a formula, a frame, and the program's options as keywords."""

import os
import re
import tempfile

import pandas as pd

from . import _tables
from ._results import Comparison, Fit, Study
from ._session import shared

_TABLE = "data"


def gee(formula, data, cluster, **options):
    """Fit a marginal (population-averaged) model by generalized estimating equations.

    Parameters
    ----------
    formula : str
        In R's notation: ``"y ~ treatment * time"``.
    data : pandas.DataFrame or str
        The data, or the name of a file that the program reads.
    cluster : str or list of str
        The column that says which rows belong together.
    **options
        Options of ``margcond gee`` by their names with ``_`` for ``-``: ``wave="visit"``, ``corr="ar1"``, ``se="mancl-derouen"``,
        ``family="poisson"``, ``reference={"treatment": "placebo"}``. True stands for an option without a value, a list for one that is
        repeated.

    Returns
    -------
    Fit
    """
    return _fit("gee", formula, data, {"cluster": _joined(cluster), **options})


def glmm(formula, data, **options):
    """Fit a conditional model by integration over random effects: ``"y ~ treatment + (1 | patient)"``; options as ``margcond glmm``."""
    return _fit("glmm", formula, data, options)


def lmm(formula, data, **options):
    """Fit a linear mixed model: ``"y ~ time + (time | patient)"``; options as ``margcond lmm``."""
    return _fit("lmm", formula, data, options)


def compare(formula, data, treatment=None, cluster=None, **options):
    """Fit a trial both ways, and compare marginal and conditional effects rung by rung; options as ``margcond compare``.

    Returns
    -------
    Comparison
    """
    words, tables = _words("compare", formula, data, {"cluster": _joined(cluster), "treatment": treatment, **options})
    return Comparison(*_ask(words, tables))


def simulate(study, **options):
    """Run a simulation study from its file; options as ``margcond simulate``, such as ``replicates=200`` and ``seed=1``.

    Returns
    -------
    Study
    """
    words = ["simulate", os.fspath(study), *_options(options), "--format", "json"]
    return Study(*_ask(words, None))


def _fit(name, formula, data, options):
    words, tables = _words(name, formula, data, options)
    return Fit(*_ask(words, tables))


def _ask(words, tables):
    answer = shared().ask(*words, tables=tables)
    return answer["result"], words, tables


def _words(name, formula, data, options):
    formula = str(formula)
    if isinstance(data, (str, os.PathLike)):
        return [name, os.fspath(data), formula, *_options(options), "--format", "json"], None
    table, orders = _tables.encode(data)
    tables = {_TABLE: table}
    if isinstance(options.get("newdata"), pd.DataFrame):
        tables["newdata"], _ = _tables.encode(options["newdata"], "newdata")
        options = {**options, "newdata": "newdata"}
    words = _options(options)
    given = {word.split("=", 1)[0] for flag, word in zip(words, words[1:]) if flag == "--order"}
    said = " ".join([formula, *words])
    fixed = re.sub(r"\([^()]*\|[^()]*\)", " ", formula)
    modelled = " ".join([fixed, *(str(options.get(key) or "") for key in ("wave", "treatment", "period", "strata"))])

    def used(column):
        return column not in given and column in said and re.search(rf"(?<![\w.]){re.escape(column)}(?![\w.])", modelled)

    orders = _tables.order_words(orders, used)
    return [name, _TABLE, formula, *words, *orders, "--format", "json"], tables


def _joined(cluster):
    return ":".join(cluster) if isinstance(cluster, (list, tuple)) else cluster


def _options(options):
    words = []
    for name, value in options.items():
        flag = "--" + name.strip("_").replace("_", "-")
        if isinstance(value, dict):
            value = [f"{key}={','.join(map(str, level)) if isinstance(level, (list, tuple)) else level}" for key, level in value.items()]
        for one in value if isinstance(value, (list, tuple)) else [value]:
            if one is None or one is False:
                continue
            words += [flag] if one is True else [flag, repr(one) if isinstance(one, float) else str(one)]
    return words


def beside(words, tables, option, ending):
    """What the program writes into a file that an option names, as text."""
    with tempfile.TemporaryDirectory(prefix="margcond-") as folder:
        path = os.path.join(folder, "written" + ending)
        shared().ask(*words, option[0], option[1] + path, tables=tables)
        with open(path, encoding="utf-8") as file:
            return file.read()

"""Marginal and conditional effects: GEE and mixed models side by side.

The numbers are made by the program ``margcond``, which is started once and asked as often as needed:

>>> import margcond as mc
>>> fit = mc.gee("y ~ treatment * time", data=trial, cluster="patient")
>>> fit.coefficients
"""

from ._commands import compare, gee, glmm, lmm, simulate
from ._plots import Picture
from ._results import Comparison, Fit, Result, Study
from ._session import MargcondError, NotInstalled, Session, close, version

__all__ = [
    "Comparison", "Fit", "MargcondError", "NotInstalled", "Picture", "Result", "Session", "Study",
    "close", "compare", "gee", "glmm", "lmm", "simulate", "version",
]

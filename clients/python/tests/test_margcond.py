"""The package against the program itself and against numbers that are known."""

import json
import os
import pathlib
import subprocess

import pandas as pd
import pytest

import margcond as mc
from margcond import _session, _tables

ROOT = pathlib.Path(__file__).parents[3]
TOENAIL = ROOT / "examples" / "toenail" / "toenail.csv"


@pytest.fixture(scope="module")
def toenail():
    return pd.read_csv(TOENAIL)


def typed(*words):
    """What the program prints for the same line in a shell."""
    done = subprocess.run([*_session.command(), *words, "--format", "json"], capture_output=True, text=True, encoding="utf-8", check=True)
    return json.loads(done.stdout)


def test_a_fit_has_the_numbers_of_the_command_to_the_last_bit(toenail):
    fit = mc.gee("y ~ treatment * time", toenail, cluster="patientID", corr="exchangeable")
    assert fit.json == typed("gee", str(TOENAIL), "y ~ treatment * time", "--cluster", "patientID", "--corr", "exchangeable")
    assert list(fit.coefficients.index) == ["(Intercept)", "treatmentterbinafine", "time", "treatmentterbinafine:time"]
    # geepack 1.3.9, geeglm with corstr = "exchangeable".
    assert fit.params["time"] == pytest.approx(-0.17128, abs=5e-4)
    assert fit.vcov.loc["time", "time"] == pytest.approx(fit.coefficients.loc["time", "se"] ** 2, rel=1e-12)
    assert list(fit.conf_int().columns) == ["lower", "upper"]
    assert fit.converged


def test_a_comparison_takes_three_lines(toenail):
    comparison = mc.compare("y ~ treatment + time", toenail, cluster="patientID", treatment="treatment")
    assert {"conditional", "marginal"} <= set(comparison.effects["estimand"])
    assert set(comparison.ladder["rung"]) == {0, 1, 2, 3, 4}
    assert len(comparison.standardized) and len(comparison.steps)
    assert "Both are right." in comparison.verdict
    assert "treatmentterbinafine" in repr(comparison)
    assert "<table" in comparison._repr_html_()


def test_broom_names_and_rows(toenail):
    with pytest.warns(UserWarning, match="nodes"):
        fit = mc.glmm("y ~ treatment * time + (1 | patientID)", toenail, nodes=7)
    assert list(fit.tidy().columns) == ["term", "estimate", "std.error", "statistic", "df", "p.value", "conf.low", "conf.high"]
    glance = fit.glance()
    assert glance.loc[0, "nobs"] == 1908 and glance.loc[0, "logLik"] < 0 and glance.loc[0, "AIC"] > 0
    assert fit.random_effects.loc[0, "group"] == "patientID"
    rows = fit.augment()
    assert len(rows) == 1908 and rows["row"].tolist() == list(range(1, 1909))
    picture = fit.plot("random-effects")
    assert picture._repr_svg_().startswith("<svg")


def test_columns_keep_what_they_are():
    frame = pd.DataFrame({
        "site": ["01", "02", None], "flag": [True, False, True], "x": [0.1, None, 1e-300],
        "day": pd.to_datetime(["2024-02-29", None, "2024-03-01"]),
        "arm": pd.Categorical(["B", "A", "NA"], categories=["B", "unused", "A", "NA"]),
    })
    table, orders = _tables.encode(frame)
    body = table["json"]
    assert [column["dataType"] for column in body["columns"]] == ["string", "string", "double", "date", "string"]
    assert body["rows"] == [
        ["01", "TRUE", 0.1, "2024-02-29", "B"], ["02", "FALSE", None, None, "A"], [None, "TRUE", 1e-300, "2024-03-01", "NA"]]
    assert orders == {"arm": ["B", "A", "NA"]}
    with pytest.raises(ValueError, match="infinite"):
        _tables.encode(pd.DataFrame({"x": [float("inf")]}))


def test_categories_dates_and_codes_mean_what_they_mean_in_the_frame(toenail):
    frame = toenail.assign(
        arm=pd.Categorical(toenail["treatment"], categories=["terbinafine", "itraconazole"]),
        site=(toenail["patientID"] % 3).map({0: "01", 1: "1", 2: "NA"}),
        day=pd.Timestamp("2020-01-01") + pd.to_timedelta((toenail["time"] * 30).round(), unit="D"),
    )
    fit = mc.gee("y ~ arm + site + day", frame, cluster="patientID", corr="independence")
    assert list(fit.params.index) == ["(Intercept)", "armitraconazole", "site1", "siteNA", "day"]
    numbers = mc.gee("y ~ arm + site + t", frame.assign(t=(frame["day"] - pd.Timestamp("1970-01-01")).dt.days), cluster="patientID",
                     corr="independence")
    assert fit.params["day"] == pytest.approx(numbers.params["t"], rel=1e-9)


def test_new_rows_may_be_a_frame(toenail):
    fit = mc.gee("y ~ treatment * time", toenail, cluster="patientID",
                 newdata=pd.DataFrame({"treatment": ["terbinafine"], "time": [12.0], "patientID": [1]}))
    assert len(fit.table("predictions")) == 1


def test_what_is_refused_says_why_and_the_process_stays(toenail):
    before = _session.shared()
    with pytest.raises(mc.MargcondError, match="There is no column \"treatmnt\"") as caught:
        mc.gee("y ~ treatmnt", toenail, cluster="patientID")
    assert "Did you mean" in caught.value.message and caught.value.exit_code == 2
    with pytest.raises(TypeError, match="DataFrame"):
        mc.gee("y ~ x", [1, 2], cluster="id")
    assert _session.shared() is before
    mc.close()
    assert not before.alive
    assert mc.version().startswith("margcond ")


def test_a_study_has_measures(tmp_path):
    study = tmp_path / "study.yaml"
    study.write_text("""study: small
seed: 1
replicates: 20
data-generating-mechanisms: {design: parallel, clusters: 20, cluster-size: 5, outcome: binary, link: logit, random-effect: normal,
  sigma: [0, 1], baseline: -1, effect: 1}
estimands: [marginal]
methods: [gee: {correlation: exchangeable}]
""")
    measures = mc.simulate(study).measures
    assert {"bias", "coverage"} <= set(measures["measure"]) and set(measures["sigma"].astype(float)) == {0, 1}


def test_a_missing_program_is_said_with_the_line_that_installs_it(monkeypatch, tmp_path):
    monkeypatch.delenv("MARGCOND", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(mc.NotInstalled, match="dotnet tool install --global margcond"):
        _session.command()
    monkeypatch.setenv("MARGCOND", str(tmp_path / "nothing"))
    with pytest.raises(mc.NotInstalled, match="not there"):
        _session.command()

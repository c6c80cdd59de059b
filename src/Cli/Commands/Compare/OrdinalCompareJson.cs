using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Compare.Ordinal;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>A comparison of ordered outcomes as one JSON object.</summary>
internal static class OrdinalCompareJson
{
    /// <summary>The whole object.</summary>
    public static string Write(
        OrdinalComparison comparison, IReadOnlyList<MarginTest> margins, FitArguments arguments, IReadOnlyList<string> notes,
        IReadOnlyList<string> warnings, Action<JsonResult>? members = null)
    {
        using var json = new JsonResult();
        FitOutput.Envelope(
            json, "compare", arguments.Request.Formula.ToString(), "ordinal", comparison.Glmm.Link.Name, comparison.Frame);
        json.Texts("categories", comparison.Frame.Categories);
        json.Text("treatment", comparison.Options.Treatment);
        json.Objects("effects", comparison.Effects, effect => Effect(json, effect));
        LadderJson.Write(json, OrdinalCompareReport.Ladders(comparison));
        json.Objects("ladderByThreshold", comparison.ByThreshold, rung =>
        {
            json.Integer("rung", rung.Rung);
            json.Text("threshold", rung.Threshold);
            json.Text("weighting", rung.Weighting.Name);
            json.Text("treated", rung.Question.Treated);
            json.Text("control", rung.Question.Control);
            FitOutput.Inference(json, rung.Inference);
        });
        ArmJson.Margins(json, margins);
        if (comparison.Exposures is { } exposures)
        {
            LongitudinalJson.Write(json, exposures);
        }

        json.Objects("standardized", comparison.Standardized, standardized => Standardized(json, standardized));
        if (comparison.Subgroups is { } analysis)
        {
            json.Objects("subgroups", analysis.Subgroups, subgroup =>
            {
                json.Object("by", () => json.Text(analysis.Column, subgroup.Value));
                json.Integer("rows", subgroup.Rows);
                json.Integer("clusters", subgroup.Clusters);
                json.Objects("standardized", subgroup.Standardized, standardized => Standardized(json, standardized));
            });
            ArmJson.Interactions(json, analysis.Column, analysis.Interactions);
        }

        json.Texts("verdict", comparison.Verdict);
        if (comparison.Pooled is { } pooled)
        {
            PooledJson.Write(json, pooled, thresholds: comparison.Glmm.Layout.Thresholds);
        }
        else
        {
            json.Object("gee", () => Gee(json, comparison));
            json.Object("glmm", () => Glmm(json, comparison));
        }

        FitOutput.Convergence(json, comparison.Convergence);
        json.Texts("notes", notes);
        members?.Invoke(json);
        return json.Complete(warnings);
    }

    private static void Effect(JsonResult json, OrdinalEffect effect)
    {
        json.Text("term", effect.Name);
        CompareCommandJson.Effect(json, effect.Rows, effect.Gap);
    }

    private static void Standardized(JsonResult json, OrdinalStandardized standardized)
    {
        json.Text("method", "GLMM");
        json.Text("weighting", standardized.Weighting.Name);
        json.Boolean("modelRobust", standardized.IsRobust);
        json.Objects("arms", standardized.Arms, arm =>
        {
            json.Text("level", arm.Level);
            json.Objects("probabilities", arm.Probabilities, one => Quantity(json, one, "category"));
            json.Object("meanScore", () => Quantity(json, arm.Score));
        });
        json.Objects("contrasts", standardized.Contrasts, contrast =>
        {
            json.Text("treated", contrast.Question.Treated);
            json.Text("control", contrast.Question.Control);
            json.Objects("probabilities", contrast.Probabilities, one => Quantity(json, one, "category"));
            json.Objects("cumulative", contrast.Cumulative, one => Quantity(json, one, "category"));
            json.Object("meanScore", () => Quantity(json, contrast.Score));
            json.Object("winProbability", () => Quantity(json, contrast.Win));
            json.Object("logWinOdds", () => Quantity(json, contrast.LogWinOdds));
            json.Object("winOdds", () => WinOdds(json, contrast.LogWinOdds));
            json.Number("netBenefit", (2 * contrast.Win.Inference.Estimate) - 1);
        });
    }

    private static void WinOdds(JsonResult json, OrdinalQuantity logarithm)
    {
        var row = logarithm.Inference;
        var odds = Math.Exp(row.Estimate);
        json.Number("estimate", odds);
        json.Number("se", Known(odds * row.StandardError));
        json.Number("seModel", Known(odds * logarithm.ModelError));
        json.Number("p", Known(row.PValue));
        json.Number("lower", Known(Math.Exp(row.Lower)));
        json.Number("upper", Known(Math.Exp(row.Upper)));
    }

    private static void Quantity(JsonResult json, OrdinalQuantity quantity, string? name = null)
    {
        var row = quantity.Inference;
        if (name is not null)
        {
            json.Text(name, row.Term);
        }

        json.Number("estimate", row.Estimate);
        json.Number("se", Known(row.StandardError));
        json.Number("seModel", Known(quantity.ModelError));
        json.Text("seType", quantity.Errors.Description);
        json.Number("df", row.DegreesOfFreedom);
        json.Number("statistic", Known(row.Statistic));
        json.Number("p", Known(row.PValue));
        json.Number("lower", Known(row.Lower));
        json.Number("upper", Known(row.Upper));
        if (row.MissingInformation is { } fraction)
        {
            json.Number("fmi", fraction);
        }
    }

    private static void Gee(JsonResult json, OrdinalComparison comparison)
    {
        var table = comparison.Inference.CoefficientTable();
        var thresholds = comparison.Glmm.Layout.Thresholds;
        FitOutput.Coefficients(json, "thresholds", table.Take(thresholds));
        FitOutput.Coefficients(json, "coefficients", table.Skip(thresholds), labels: comparison.Frame.Labels);
        json.Text("correlation", comparison.Gee.Indicators.Correlation.Name);
        json.Numbers("alpha", comparison.Gee.Indicators.Correlation.Alpha);
        FitOutput.Convergence(json, comparison.Gee.Indicators.Convergence);
    }

    private static void Glmm(JsonResult json, OrdinalComparison comparison)
    {
        var fit = comparison.Glmm;
        var table = OrdinalGlmmInference.Of(fit).Table(comparison.Options.Level);
        FitOutput.Coefficients(json, "thresholds", table.Take(fit.Layout.Thresholds));
        FitOutput.Coefficients(json, "coefficients", table.Skip(fit.Layout.Thresholds), labels: comparison.Frame.Labels);
        if (comparison.Marginalized is { } marginalized)
        {
            json.Object("marginalized", () =>
            {
                for (var j = 0; j < fit.Layout.Count; j++)
                {
                    json.Number(fit.Layout.Names[j], marginalized.Estimates[j]);
                }
            });
            json.Number("largestResidual", marginalized.LargestResidual);
        }

        json.Number("logLik", fit.LogLikelihood);
        json.Integer("nodes", fit.Nodes);
        RandomEffectsOutput.Write(json, fit.RandomEffects, modes: false);
        FitOutput.Convergence(json, fit.Convergence);
    }

    private static double? Known(double value) => double.IsNaN(value) ? null : value;
}

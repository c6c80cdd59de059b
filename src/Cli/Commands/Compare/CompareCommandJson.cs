using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Compare;
using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Comparison.Reasons;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>A comparison as one JSON object.</summary>
internal static class CompareCommandJson
{
    /// <summary>The whole object, with members of the caller's at its end.</summary>
    public static string Write(
        ModelComparison comparison, FitArguments arguments, bool eventIsHarm, ArmAnswers answers, IReadOnlyList<string> warnings,
        Action<JsonResult>? members = null)
    {
        using var json = new JsonResult();
        FitOutput.Envelope(
            json,
            "compare",
            arguments.Request.Formula.ToString(),
            arguments.IsBetaBinomial || arguments.IsZeroInflated ? arguments.DistributionName : arguments.Family.Name,
            arguments.Link.Name,
            comparison.Frame);
        json.Text("treatment", comparison.Options.Treatment);
        json.Objects("effects", comparison.Effects, effect => Effect(json, effect));
        var ladder = comparison.Change is { } change ? comparison.Ladder.And(change) : comparison.Ladder;
        LadderJson.Write(json, ArmJson.WithSubgroups(ladder, comparison.Subgroups));
        json.Objects("standardized", comparison.Standardized, result => Standardized(
            json, result, arguments.Family == Family.Binomial, eventIsHarm));
        ArmJson.Write(json, answers, comparison.Subgroups);
        LongitudinalJson.Write(json, comparison);
        CompareSummariesJson.Write(json, comparison.Summaries);
        DialJson.Write(json, comparison.Dials);
        json.Objects("checks", comparison.Checks, check => Check(json, check));
        json.Texts("verdict", comparison.Verdict);
        json.Objects("estimands", comparison.Estimands, statement => Statement(json, statement));
        if (comparison.Pooled is { } pooled)
        {
            PooledJson.Write(json, pooled);
        }
        else
        {
            Fits(json, comparison);
        }

        FitOutput.Convergence(json, comparison.Convergence);
        json.Texts("notes", comparison.Notes);
        members?.Invoke(json);
        return json.Complete(warnings);
    }

    private static void Effect(JsonResult json, EffectComparison effect)
    {
        json.Text("term", effect.Effect.Name);
        json.Boolean("primary", effect.IsPrimary);
        Effect(json, effect.Rows, effect.Gap);
    }

    /// <summary>The answers about one effect, and their gap.</summary>
    public static void Effect(JsonResult json, IReadOnlyList<EstimandRow> rows, GapDecomposition gap)
    {
        json.Objects("rows", rows, row =>
        {
            json.Text("estimand", row.Estimand.Key);
            json.Text("method", row.Method);
            json.Text("scale", row.Scale);
            json.Text("weighting", row.Weighting);
            json.Text("seType", row.StandardErrorType);
            FitOutput.Inference(json, row.Inference);
        });
        json.Object("gap", () =>
        {
            json.Object("total", () => FitOutput.Inference(json, gap.Total));
            json.Object("nonCollapsibility", () => FitOutput.Inference(json, gap.NonCollapsibility));
            json.Object("rest", () => FitOutput.Inference(json, gap.Rest));
        });
    }

    private static void Standardized(JsonResult json, StandardizedResult result, bool proportions, bool eventIsHarm)
    {
        json.Text("method", result.Method);
        json.Text("weighting", result.Means.Weighting.Name);
        json.Boolean("modelRobust", result.IsRobust);
        json.Text("seType", result.StandardErrorType);
        json.Texts("levels", result.Means.Levels);
        json.Numbers("means", result.Means.Means);
        json.Objects("contrasts", result.Contrasts, contrast =>
        {
            json.Text("measure", contrast.Measure.ScaleOf(proportions));
            json.Text("treated", contrast.Treated);
            json.Text("control", contrast.Control);
            FitOutput.Inference(json, contrast.Inference);
            if (contrast.Measure == EffectMeasure.Difference && proportions)
            {
                json.Object("numberNeededToTreat", () => NumberNeeded(json, NumberNeededToTreat.Of(contrast.Inference), eventIsHarm));
            }
        });
    }

    /// <summary>A number needed to treat, with what the event is.</summary>
    internal static void NumberNeeded(JsonResult json, NumberNeededToTreat number, bool eventIsHarm)
    {
        json.Text("eventIs", eventIsHarm ? "harm" : "benefit");
        json.Text("to", number.IsBenefit(eventIsHarm) switch { true => "benefit", false => "harm", null => null });
        json.Number("estimate", number.Estimate);
        json.Number("first", number.First);
        json.Number("second", number.Second);
        json.Boolean("throughInfinity", number.SpansInfinity);
    }

    /// <summary>One check.</summary>
    internal static void Check(JsonResult json, ReasonCheck check)
    {
        json.Text("reason", check.Key);
        json.Text("outcome", check.Outcome switch
        {
            ReasonOutcome.Sign => "sign",
            ReasonOutcome.NoSign => "no-sign",
            ReasonOutcome.Remark => "remark",
            _ => "not-applicable",
        });
        json.Text("finding", check.Finding);
        json.Number("statistic", check.Test?.Statistic);
        json.Number("df", check.Test?.Rank);
        json.Number("p", check.Test?.PValue);
    }

    /// <summary>One estimand in the terms of ICH E9(R1).</summary>
    internal static void Statement(JsonResult json, EstimandStatement statement)
    {
        json.Text("estimand", statement.Estimand.Key);
        if (statement.Rung is { } rung)
        {
            json.Integer("rung", rung);
        }

        json.Text("name", statement.Name);
        foreach (var (name, text) in statement.Attributes)
        {
            var words = name.Split(' ');
            json.Text(string.Concat(
                words[0].ToLowerInvariant(),
                string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]))), text);
        }
    }

    private static void Fits(JsonResult json, ModelComparison comparison)
    {
        var names = comparison.Frame.Design.Names;
        json.Object("gee", () =>
        {
            FitOutput.Coefficients(json, "coefficients", comparison.Marginal.CoefficientTable(), labels: comparison.Frame.Labels);
            json.Number("scale", comparison.Gee.Scale);
            json.Object("correlation", () =>
            {
                json.Text("structure", comparison.Gee.Correlation.Name);
                json.Numbers("alpha", comparison.Gee.Correlation.Alpha);
            });
            FitOutput.Convergence(json, comparison.Gee.Convergence);
        });
        json.Object("glmm", () =>
        {
            var level = comparison.Marginal.Level;
            FitOutput.Coefficients(
                json,
                "coefficients",
                new CoefficientTable(names, comparison.Glmm.Coefficients, comparison.Glmm.StandardErrors, level: level),
                labels: comparison.Frame.Labels);
            json.Number("logLik", comparison.Glmm.LogLikelihood);
            json.Integer("nodes", comparison.Glmm.Nodes);
            RandomEffectsOutput.Write(json, comparison.Glmm.RandomEffects, modes: false);
            json.Number("largestResidual", comparison.Marginalized.LargestResidual);
            FitOutput.Convergence(json, comparison.Glmm.Convergence);
        });
    }
}

using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>Contrasts of arms, margins and subgroups: <c>meanContrasts</c>, <c>pairs</c>, <c>margins</c>, <c>subgroups</c>.</summary>
internal static class ArmJson
{
    /// <summary>A ladder and then those of subgroups.</summary>
    public static EstimandLadder WithSubgroups(EstimandLadder ladder, SubgroupAnalysis? analysis) =>
        (analysis?.Subgroups ?? []).Aggregate(ladder, (all, subgroup) => all.And(subgroup.Ladder));

    /// <summary>Writes what was asked.</summary>
    public static void Write(JsonResult json, ArmAnswers answers, SubgroupAnalysis? analysis)
    {
        Contrasts(json, "meanContrasts", answers.Contrasts);
        Contrasts(json, "pairs", answers.Pairs);
        Margins(json, answers.Margins);
        if (analysis is not null)
        {
            Subgroups(json, analysis);
        }
    }

    /// <summary>Effects held against margins; nothing where none were given.</summary>
    public static void Margins(JsonResult json, IReadOnlyList<MarginTest> tests)
    {
        if (tests.Count > 0)
        {
            json.Objects("margins", tests, test =>
            {
                json.Text("scale", test.Margin.Name);
                json.Number("margin", test.Margin.Value);
                json.Text("direction", test.IsAbove ? "above" : "below");
                json.Boolean("equivalence", test.IsEquivalence);
                json.Integer("rung", test.Rung.Rung);
                json.Text("weighting", test.Rung.Weighting.Name);
                json.Text("treated", test.Rung.Question.Treated);
                json.Text("control", test.Rung.Question.Control);
                json.Number("p", test.PValue);
                json.Number("estimate", Shown(test, test.Inference.Estimate));
                json.Number("lower", Shown(test, test.Inference.Lower));
                json.Number("upper", Shown(test, test.Inference.Upper));
                json.Boolean("met", test.IsMet);
            });
        }
    }

    /// <summary>A value on the scale of the margin as typed.</summary>
    internal static double Shown(MarginTest test, double value) => test.Margin.IsLogarithm ? Math.Exp(value) : value;

    private static void Contrasts(JsonResult json, string name, IReadOnlyList<MeanContrast> contrasts)
    {
        if (contrasts.Count == 0)
        {
            return;
        }

        json.Objects(name, contrasts, row =>
        {
            json.Text("contrast", row.Label);
            json.Text("method", row.Method);
            json.Text("weighting", row.Weighting.Name);
            json.Integer("rung", row.Rung);
            json.Text("scale", row.Scale);
            FitOutput.Inference(json, row.Inference);
        });
    }

    private static void Subgroups(JsonResult json, SubgroupAnalysis analysis)
    {
        json.Objects("subgroups", analysis.Subgroups, subgroup =>
        {
            json.Object("by", () => json.Text(analysis.Column, subgroup.Value));
            json.Integer("rows", subgroup.Rows);
            json.Integer("clusters", subgroup.Clusters);
            json.Objects("standardized", subgroup.Standardized, result =>
            {
                json.Text("method", result.Method);
                json.Text("weighting", result.Means.Weighting.Name);
                json.Boolean("modelRobust", result.IsRobust);
                json.Texts("levels", result.Means.Levels);
                json.Numbers("means", result.Means.Means);
            });
        });
        Interactions(json, analysis.Column, analysis.Interactions);
    }

    /// <summary>The member <c>interactions</c>.</summary>
    public static void Interactions(JsonResult json, string column, IReadOnlyList<SubgroupInteraction> interactions) =>
        json.Objects("interactions", interactions, row =>
        {
            json.Text("by", column);
            json.Integer("rung", row.Rung);
            json.Text("weighting", row.Weighting.Name);
            json.Text("scale", row.Scale);
            json.Text("treated", row.Treated);
            json.Text("control", row.Control);
            json.Objects("differences", row.Differences, difference =>
            {
                json.Text("contrast", difference.Term);
                FitOutput.Inference(json, difference);
            });
            json.Number("statistic", row.Test.Statistic);
            json.Integer("df1", row.Test.Rank);
            json.Number("df2", row.Test.DenominatorDegreesOfFreedom);
            json.Number("p", row.Test.PValue);
        });
}

using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>A ladder as the arrays <c>ladder</c>, <c>steps</c> and <c>sides</c>.</summary>
internal static class LadderJson
{
    /// <summary>Writes the three arrays.</summary>
    public static void Write(JsonResult json, EstimandLadder ladder)
    {
        json.Objects("ladder", ladder.Rungs, rung =>
        {
            json.Integer("rung", rung.Rung);
            json.Text("name", rung.Name);
            json.Text("weighting", rung.Weighting.Name);
            json.Text("scale", rung.Scale);
            Question(json, rung.Question);
            json.Text("seType", rung.StandardErrorType);
            FitOutput.Inference(json, rung.Inference);
        });
        json.Objects("steps", ladder.Steps, step =>
        {
            json.Integer("from", step.From);
            json.Integer("to", step.To);
            json.Text("weighting", step.Weighting.Name);
            json.Text("scale", step.Scale);
            Question(json, step.Question);
            json.Text("cause", step.Cause);
            json.Boolean("zeroByIdentity", step.IsZeroByIdentity);
            Difference(json, step.Inference);
        });
        json.Objects("sides", ladder.Sides, side =>
        {
            json.Text("name", side.Name);
            json.Integer("rung", side.Rung);
            json.Text("weighting", side.Weighting?.Name);
            json.Text("scale", side.Scale);
            Question(json, side.Question);
            FitOutput.Inference(json, side.Inference);
            if (side.Difference is { } difference)
            {
                json.Object("difference", () => Difference(json, difference));
            }
        });
    }

    /// <summary>
    /// What is 0 with a standard error of 0 is so by identity or because effects have variance 0: it has no test, in the second case no
    /// limits either, and null says so without a warning.
    /// </summary>
    private static void Difference(JsonResult json, Coefficient row)
    {
        if (row.Estimate != 0 || row.StandardError != 0)
        {
            FitOutput.Inference(json, row);
            return;
        }

        json.Number("estimate", 0);
        json.Number("se", 0);
        json.Number("statistic", null);
        json.Number("df", row.DegreesOfFreedom);
        json.Number("p", null);
        json.Number("lower", double.IsNaN(row.Lower) ? null : 0);
        json.Number("upper", double.IsNaN(row.Upper) ? null : 0);
    }

    private static void Question(JsonResult json, LadderQuestion question)
    {
        json.Text("treated", question.Treated);
        json.Text("control", question.Control);
        json.Object("at", () => Settings(json, question.At));
        json.Object("by", () => Settings(json, question.By));
    }

    private static void Settings(JsonResult json, IReadOnlyList<(string Variable, string Value)> settings)
    {
        foreach (var (variable, value) in settings)
        {
            json.Text(variable, value);
        }
    }
}

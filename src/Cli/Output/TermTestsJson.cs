using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Output;

/// <summary>The member <c>tests</c> of a linear mixed model: the joint test of each term.</summary>
internal static class TermTestsJson
{
    /// <summary>Writes it; the denominator is null where the reference is χ².</summary>
    public static void Write(JsonResult json, IReadOnlyList<(string Term, WaldTest Test)> tests) =>
        json.Objects("tests", tests, one =>
        {
            json.Text("term", one.Term);
            json.Number("statistic", one.Test.Statistic);
            json.Integer("numeratorDf", one.Test.Rank);
            json.Number("denominatorDf", one.Test.DenominatorDegreesOfFreedom is { } df && double.IsFinite(df) ? df : null);
            json.Number("p", one.Test.PValue);
        });
}

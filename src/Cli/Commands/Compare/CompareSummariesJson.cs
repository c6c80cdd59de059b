using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Compare.Summaries;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>The cluster-level analysis as members of JSON.</summary>
internal static class CompareSummariesJson
{
    /// <summary>Writes <c>summaries</c>, <c>summaryArms</c>, <c>permutation</c>, <c>sizeTests</c> and <c>summaryNotes</c>.</summary>
    public static void Write(JsonResult json, ClusterSummaries summaries)
    {
        json.Objects("summaries", summaries.Estimates, row => Estimate(json, row));
        json.Objects("summaryArms", summaries.Arms, arm =>
        {
            json.Text("level", arm.Level);
            json.Text("weighting", arm.Weighting.Name);
            json.Integer("clusters", arm.Clusters);
            json.Number("mean", arm.Mean);
            json.Number("se", arm.StandardError);
            json.Number("sd", arm.Spread);
        });
        json.Objects("permutation", summaries.Permutations, test =>
        {
            json.Text("weighting", test.Weighting.Name);
            json.Text("treated", test.Treated);
            json.Text("control", test.Control);
            json.Number("statistic", test.Statistic);
            json.Number("p", test.PValue);
            json.Integer("replicates", test.Replicates);
            json.Boolean("exact", test.IsExact);
        });
        json.Objects("sizeTests", summaries.SizeTests, test =>
        {
            json.Text("name", test.Name);
            json.Number("estimate", test.Estimate);
            json.Number("se", test.StandardError);
            json.Number("statistic", test.Statistic);
            json.Number("numeratorDf", test.NumeratorDegreesOfFreedom);
            json.Number("df", test.DegreesOfFreedom);
            json.Number("p", test.PValue);
        });
        json.Texts("summaryNotes", summaries.Notes);
    }

    private static void Estimate(JsonResult json, ClusterSummary row)
    {
        json.Text("estimand", row.Estimand.Name);
        json.Text("weighting", row.Weighting.Name);
        json.Text("measure", row.Scale);
        json.Text("treated", row.Treated);
        json.Text("control", row.Control);
        json.Boolean("adjusted", row.IsAdjusted);
        FitOutput.Inference(json, row.Inference);
        json.Text("seType", row.StandardErrorType);
        json.Number("sePooled", row.PooledError);
        json.Number("seHc2", row.RobustError);
    }
}

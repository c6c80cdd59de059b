using MarginalConditional.Cli.Output;
using MarginalConditional.Means;
using MarginalConditional.Means.Estimates;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Means;

/// <summary>The JSON members of estimated means.</summary>
internal static class MeansJson
{
    /// <summary>Writes those that were asked for; what is not estimable is null.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="means">The means; null when none were asked for.</param>
    /// <param name="ratios">Whether comparisons on the link scale are logarithms of ratios that are shown too.</param>
    public static void Write(JsonResult json, EstimatedMeans? means, bool ratios)
    {
        if (means is null)
        {
            return;
        }

        if (means.IsOrdinal && means.Request.Scale != MeanScale.Link)
        {
            json.Text("meanOf", means.Request.CategoryMean.Name);
        }

        Means(json, "means", means.Means);
        Comparisons(json, "pairs", means.Pairs, ratios);
        Comparisons(json, "meanContrasts", means.Contrasts, ratios);
        Means(json, "slopes", means.Slopes);
        Comparisons(json, "slopePairs", means.SlopePairs, ratios: false);
        if (means.JointTests.Count > 0)
        {
            json.Objects("jointTests", means.JointTests, test =>
            {
                json.Text("term", test.Term);
                json.Integer("df1", test.Test.Rank);
                json.Number("df2", test.Test.DenominatorDegreesOfFreedom is { } df && double.IsFinite(df) ? df : null);
                json.Number("statistic", Shown(test.Test.Statistic));
                json.Number("p", Shown(test.Test.PValue));
                json.Integer("notEstimable", test.Lost);
            });
        }

        json.Text("adjust", means.Pairs.Count + means.SlopePairs.Count > 0 ? means.PairAdjustment.Name : means.ContrastAdjustment.Name);
        if (means.Error > 0)
        {
            json.Number("adjustError", means.Error);
        }

        json.Texts("meanNotes", means.Notes);
    }

    private static void Means(JsonResult json, string name, IReadOnlyList<MeanEstimate> means)
    {
        if (means.Count > 0)
        {
            json.Objects(name, means, mean =>
            {
                At(json, mean.At);
                json.Text("scale", mean.Scale);
                Numbers(json, mean.Estimate);
                json.Number("lower", Shown(mean.Estimate.Lower));
                json.Number("upper", Shown(mean.Estimate.Upper));
            });
        }
    }

    private static void Comparisons(JsonResult json, string name, IReadOnlyList<MeanComparison> comparisons, bool ratios)
    {
        if (comparisons.Count == 0)
        {
            return;
        }

        json.Objects(name, comparisons, comparison =>
        {
            json.Text("contrast", comparison.Contrast);
            At(json, comparison.At);
            json.Text("scale", comparison.Scale);
            Numbers(json, comparison.Own);
            json.Number("adjusted", Shown(comparison.Adjusted));
            json.Number("lower", Shown(comparison.Lower));
            json.Number("upper", Shown(comparison.Upper));
            if (ratios && comparison is { Scale: "link", IsDifference: true })
            {
                json.Object("ratio", () =>
                {
                    json.Number("estimate", Shown(Math.Exp(comparison.Own.Estimate)));
                    json.Number("lower", Shown(Math.Exp(comparison.Lower)));
                    json.Number("upper", Shown(Math.Exp(comparison.Upper)));
                });
            }
        });
    }

    private static void At(JsonResult json, IReadOnlyList<(string Variable, string Value)> at) => json.Object("at", () =>
    {
        foreach (var (variable, value) in at)
        {
            json.Text(variable, value);
        }
    });

    private static void Numbers(JsonResult json, Coefficient own)
    {
        json.Number("estimate", Shown(own.Estimate));
        json.Number("se", Shown(own.StandardError));
        json.Number("df", own.DegreesOfFreedom is { } df ? Shown(df) : null);
        json.Number("statistic", Shown(own.Statistic));
        json.Number("p", Shown(own.PValue));
        if (own.MissingInformation is { } fraction)
        {
            json.Number("fmi", fraction);
        }
    }

    /// <summary>What is not estimable has no number, and needs no warning.</summary>
    private static double? Shown(double value) => double.IsNaN(value) ? null : value;
}

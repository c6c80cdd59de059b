using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Imputation;

namespace MarginalConditional.Cli.Imputed;

/// <summary>
/// The members of JSON that only pooled fits have: <c>imputations</c>, <c>pooling</c>, <c>terms</c>, <c>quantities</c>, <c>fits</c>.
/// </summary>
internal static class PooledFitsJson
{
    /// <summary>Writes them.</summary>
    public static void Write(JsonResult json, PooledFits pooled)
    {
        json.Integer("imputations", pooled.Sets.Count);
        Pooling(json, pooled.Rows);
        foreach (var table in pooled.Further)
        {
            table.Write(json);
        }

        json.Objects("terms", pooled.Terms, term => Joint(json, term.Term, null, term.Pool));
        if (pooled.Ratios.Count > 0)
        {
            (string Term, string Kind, JointPool? Pool)[] ratios =
            [
                .. pooled.Ratios.SelectMany(ratio =>
                    new[] { (ratio.Term, "D3", ratio.AtMeans), (ratio.Term, "D4", (JointPool?)ratio.Stacked) }),
            ];
            json.Objects(
                "likelihoodRatioTests",
                ratios.Where(ratio => ratio.Pool is not null),
                ratio => Joint(json, ratio.Term, ratio.Kind, ratio.Pool!));
        }

        json.Objects("quantities", pooled.Quantities, quantity =>
        {
            json.Text("name", quantity.Name);
            json.Number("pooled", quantity.Pooled);
            if (quantity.MeanLogarithm is { } logarithm)
            {
                json.Number("meanLog", logarithm);
            }

            json.Number("min", Known(quantity.Least));
            json.Number("max", Known(quantity.Largest));
            if (quantity.AtBoundary > 0)
            {
                json.Integer("atBoundary", quantity.AtBoundary);
            }
        });
        json.Objects("fits", pooled.Sets.Zip(pooled.Fits), pair =>
        {
            var (set, fit) = pair;
            json.Text("imputation", set.Name);
            json.Objects("coefficients", fit.Coefficients.Concat(fit.Contrasts), row =>
            {
                json.Text("term", row.Term);
                json.Number("estimate", row.Estimate);
                json.Number("se", row.StandardError);
                json.Number("df", row.DegreesOfFreedom);
            });
            json.Objects("quantities", fit.Quantities, quantity =>
            {
                json.Text("name", quantity.Name);
                json.Number("value", Known(quantity.Value));
            });
            FitOutput.Convergence(json, fit.Convergence);
        });
    }

    /// <summary>The member <c>pooling</c>: what each row was pooled from, by the names of Rubin's rules.</summary>
    public static void Pooling(JsonResult json, IEnumerable<PooledRow> rows) =>
        json.Objects("pooling", rows.Where(row => row.Parts is not null), row =>
        {
            var parts = row.Parts!;
            json.Text("term", row.Inference.Term);
            json.Number("within", Known(parts.Within));
            json.Number("between", Known(parts.Between));
            json.Number("riv", Known(parts.RelativeIncrease));
            json.Number("lambda", Known(parts.Lambda));
            json.Number("fmi", row.Inference.MissingInformation);
            json.Number("df", parts.DegreesOfFreedom);
            json.Number("dfComplete", parts.CompleteDegreesOfFreedom);
        });

    private static void Joint(JsonResult json, string term, string? kind, JointPool pool)
    {
        var test = pool.Test;
        json.Text("term", term);
        if (kind is not null)
        {
            json.Text("kind", kind);
        }

        json.Number("statistic", Known(test.Statistic));
        json.Integer("rank", test.Rank);
        json.Number("denominatorDf", test.DenominatorDegreesOfFreedom);
        json.Number("p", Known(test.PValue));
        json.Number("riv", Known(pool.RelativeIncrease));
    }

    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}

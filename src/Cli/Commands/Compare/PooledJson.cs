using MarginalConditional.Cli.Imputed;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Compare;
using MarginalConditional.Imputation;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>
/// What a comparison over imputed data was pooled from: <c>imputations</c>, <c>pooling</c>, <c>fits</c>, and its models' coefficients.
/// </summary>
internal static class PooledJson
{
    /// <summary>Writes it.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="pooled">What was pooled.</param>
    /// <param name="marginal">The name of the marginal model.</param>
    /// <param name="thresholds">How many of the coefficients, the first, are thresholds of an ordered outcome.</param>
    public static void Write(JsonResult json, PooledFacts pooled, string marginal = "gee", int thresholds = 0)
    {
        json.Integer("imputations", pooled.Sets.Count);
        PooledFitsJson.Pooling(json, pooled.Rows.Select(row => row.Row with
        {
            Inference = row.Row.Inference with { Term = row.Label },
        }));
        json.Objects("fits", Enumerable.Range(0, pooled.Sets.Count), set =>
        {
            json.Text("imputation", pooled.Sets[set]);
            FitOutput.Coefficients(json, marginal, pooled.MarginalOfSets[set]);
            if (pooled.Conditional.Count > 0)
            {
                FitOutput.Coefficients(json, "glmm", pooled.ConditionalOfSets[set]);
            }
        });
        json.Object(marginal, () => Coefficients(json, pooled.Marginal, thresholds));
        if (pooled.Conditional.Count > 0)
        {
            json.Object("glmm", () => Coefficients(json, pooled.Conditional, thresholds));
        }
    }

    private static void Coefficients(JsonResult json, IReadOnlyList<PooledRow> rows, int thresholds)
    {
        if (thresholds > 0)
        {
            FitOutput.Coefficients(json, "thresholds", rows.Take(thresholds).Select(row => row.Inference));
        }

        FitOutput.Coefficients(json, "coefficients", rows.Skip(thresholds).Select(row => row.Inference));
    }
}

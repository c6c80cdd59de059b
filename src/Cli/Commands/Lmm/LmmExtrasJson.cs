using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Lmm.Inference;

namespace MarginalConditional.Cli.Commands.Lmm;

/// <summary>The JSON members of <see cref="LmmExtras"/>.</summary>
internal static class LmmExtrasJson
{
    /// <summary>Writes those that were asked for.</summary>
    public static void Write(JsonResult json, LmmExtras extras)
    {
        if (extras.Structures.Count > 0)
        {
            Structures(json, extras);
        }

        if (extras.LikelihoodRatios.Count > 0)
        {
            json.Objects("likelihoodRatioTests", extras.LikelihoodRatios, test =>
            {
                json.Text("term", test.Label);
                json.Number("statistic", test.Statistic);
                json.Integer("df", test.Parameters);
                json.Boolean("boundary", test.OnBoundary);
                json.Number("p", test.PValue);
            });
        }

        if (extras.Profiles.Count > 0)
        {
            json.Objects("profileIntervals", extras.Profiles, interval =>
            {
                json.Text("of", interval.Label);
                json.Number("estimate", interval.Estimate);
                json.Number("lower", interval.Lower);
                json.Number("upper", interval.Upper);
            });
        }

        if (extras.Means is { } means)
        {
            Means(json, "leastSquaresMeans", extras.MeanVariables, means.Means);
            Means(json, "leastSquaresDifferences", extras.MeanVariables, means.Differences);
        }

        if (extras.Lags.Count > 0)
        {
            json.Objects("correlationByLag", extras.Lags, lag =>
            {
                json.Integer("lag", lag.Lag);
                json.Integer("pairs", lag.Pairs);
                json.Number("empirical", lag.Empirical);
                json.Number("fitted", lag.Fitted);
            });
        }
    }

    private static void Structures(JsonResult json, LmmExtras extras) =>
        json.Objects("structures", extras.Structures, comparison =>
        {
            json.Text("residual", comparison.Structure.Name);
            if (comparison.Fit is { } fit)
            {
                json.Integer("parameters", fit.ParameterCount);
                json.Number("logLik", fit.LogLikelihood);
                json.Number("aic", fit.Aic);
                json.Number("bic", fit.Bic);
                json.Text("status", FitOutput.StatusName(fit.Convergence.Status));
            }
            else
            {
                json.Text("problem", comparison.Problem);
            }
        });

    private static void Means(JsonResult json, string name, IReadOnlyList<string> variables, IReadOnlyList<LeastSquaresMean> means) =>
        json.Objects(name, means, mean =>
        {
            json.Object("at", () =>
            {
                for (var v = 0; v < variables.Count; v++)
                {
                    json.Text(variables[v], mean.Values[v]);
                }
            });
            if (mean.Against.Length > 0)
            {
                json.Text("against", mean.Against);
            }

            json.Number("estimate", mean.Estimate.Estimate);
            json.Number("se", mean.Estimate.StandardError);
            json.Number("df", mean.Estimate.DegreesOfFreedom);
            json.Number("p", mean.Estimate.PValue);
            json.Number("lower", mean.Estimate.Lower);
            json.Number("upper", mean.Estimate.Upper);
        });
}

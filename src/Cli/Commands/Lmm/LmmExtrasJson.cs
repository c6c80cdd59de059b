using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;

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
}

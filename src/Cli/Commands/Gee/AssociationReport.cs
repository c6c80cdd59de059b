using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Results;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Association;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Cli.Commands.Gee;

/// <summary>Fits and shows alternating logistic regressions: <c>gee --association</c>.</summary>
internal static class AssociationReport
{
    /// <summary>More pairs than this do not fit into memory with their covariates.</summary>
    private const long MostPairs = 50_000_000;

    private const int LargestCluster = 10_000;

    private const string Heading = "Log odds ratio of two outcomes of a cluster";

    /// <summary>Fits, ready to be shown.</summary>
    /// <param name="frame">The rows.</param>
    /// <param name="model">What log odds ratios depend on; null for one of all pairs.</param>
    /// <param name="options">Link and thresholds.</param>
    /// <param name="arguments">What the user asked for.</param>
    /// <param name="level">Of the intervals.</param>
    public static FitSummary Summary(
        ModelFrame frame, PairFormula? model, GeeOptions options, FitArguments arguments, double level)
    {
        Require(frame, options);
        var pairs = model is null ? PairDesign.Exchangeable(frame) : model.Design(frame);
        var fit = AlternatingLogistic.Fit(
            frame,
            pairs,
            new AssociationOptions { Link = options.EffectiveLink, Tolerances = options.Tolerances });
        var association = new FurtherTable("association", Heading, fit.LogOddsRatioTable(level));
        return new FitSummary
        {
            Command = "gee",
            Title = "Marginal (population-averaged) model: alternating logistic regressions, robust standard errors",
            Source = arguments.Data.Path,
            Formula = arguments.Request.Formula.ToString(),
            Family = options.Family.Name,
            Link = options.EffectiveLink.Name,
            Frame = frame,
            Coefficients = fit.CoefficientTable(level),
            Further = [association],
            Covariance = fit.Covariance.ToArray(),
            Convergence = fit.Convergence,
            Tolerances = options.Tolerances.All,
            JsonMembers = association.Write,
            Details = console => association.Write(console, level),
        };
    }

    private static void Require(ModelFrame frame, GeeOptions options)
    {
        if (options.Family != Family.Binomial
            || !frame.Trials.IsEmpty
            || !frame.Weights.IsEmpty
            || frame.Response.IndexOfAnyExcept(0.0, 1.0) >= 0)
        {
            throw new InputException("--association needs a binary outcome of 0 and 1 (family binomial), without weights and trials.");
        }

        if (frame.Clusters.MaximumSize < 2)
        {
            throw new InputException("--association needs clusters with two rows or more, and every cluster has one.");
        }

        var pairs = 0L;
        for (var i = 0; i < frame.Clusters.Count; i++)
        {
            pairs += (long)frame.Clusters.Size(i) * (frame.Clusters.Size(i) - 1) / 2;
        }

        if (pairs > MostPairs || frame.Clusters.MaximumSize > LargestCluster)
        {
            throw new InputException($"--association looks at every pair of rows of a cluster; the data have {pairs} pairs, and the "
                + $"largest cluster has {frame.Clusters.MaximumSize} rows.")
            {
                Hint = $"It takes up to {MostPairs / 1_000_000} million pairs and clusters of up to {LargestCluster} rows; for larger "
                    + $"clusters use --corr exchangeable.",
            };
        }
    }
}

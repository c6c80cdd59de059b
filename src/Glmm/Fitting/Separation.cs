using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Separation;

namespace MarginalConditional.Glmm.Fitting;

/// <summary>Names what no finite maximum exists for: separated covariates, and random effects whose variance grows without bound.</summary>
internal static class Separation
{
    /// <summary>Marks a maximum that is none.</summary>
    public static Ascent Name(PreparedModel model, Ascent maximum, StartingValues start)
    {
        if (model.Options.PenaltyScale is not null)
        {
            return maximum;
        }

        if (start.Separated is { } separated)
        {
            return Mark(maximum, SeparationSentence.Of(model.Frame.Design.Names, separated, ", or hold it by --penalty"));
        }

        if (UnboundedVariance.Supremum(model, maximum.Maximizer.Parameters) is not null)
        {
            return Mark(maximum, Alike(model));
        }

        var p = model.Scaling.Columns;
        var theta = maximum.Maximizer.Parameters.AsSpan(p, model.Levels.Sum(level => level.Factor.ParameterCount));
        foreach (var entry in theta)
        {
            // Clusters that are all events or none.
            if (Math.Abs(entry) > model.Options.Tolerances.UnboundedDeviation)
            {
                return Mark(maximum, "The variance of the random effects grows without bound: within clusters the outcomes hardly differ.");
            }
        }

        return maximum;
    }

    /// <summary>What is said when all outcomes of a cluster are alike, and the likelihood never stops to rise.</summary>
    private static string Alike(PreparedModel model) =>
        $"Within every value of {model.Levels[0].Terms[0].Group} all outcomes are alike, and the likelihood rises for ever as the variance "
            + "between them grows: neither it nor the coefficients have a finite estimate. Describe the marginal means by gee, or "
            + "summarize each group to one outcome.";

    private static Ascent Mark(Ascent maximum, string message) =>
        maximum with { Convergence = maximum.Convergence with { Status = ConvergenceStatus.Separation, Message = message } };
}

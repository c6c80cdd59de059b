using MarginalConditional.Statistics.Inference;

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

        var separated = start.Marginal.Separated;
        if (separated.Count > 0)
        {
            var slopes = separated.Where(j => j != model.Scaling.Intercept).ToArray();
            var names = string.Join(", ", (slopes.Length > 0 ? slopes : [.. separated]).Select(j => model.Frame.Design.Names[j]));
            return Mark(maximum, $"The outcome is separated by {names}: the coefficient has no finite estimate. Leave the term out, merge "
                + $"its levels, or use a penalty.");
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

    private static Ascent Mark(Ascent maximum, string message) =>
        maximum with { Convergence = maximum.Convergence with { Status = ConvergenceStatus.Separation, Message = message } };
}

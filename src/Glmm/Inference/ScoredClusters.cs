using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Glmm.Inference;

/// <summary>Sums of a mixed model's scores over clusters that contain every group of its random effects, by one way or two.</summary>
/// <remarks>
/// The likelihood is a product over the clusters whose scores the fit has; rows beyond one of these are dependent only where they share a
/// cluster of the way, so that the sandwich over sums is V_a, and over two ways <see cref="TwoWaySandwich"/>.
/// </remarks>
internal static class ScoredClusters
{
    /// <summary>Refuses a way whose clusters do not contain the groups of the random effects; before the fit.</summary>
    /// <param name="frame">The frame, which was asked for the way.</param>
    /// <param name="way">A grouping.</param>
    /// <exception cref="InputException">Some group lies in several of its clusters.</exception>
    public static void Require(ModelFrame frame, string way)
    {
        var codes = Codes(frame, way);
        foreach (var term in frame.RandomTerms)
        {
            if (OfUnits(term.Groups, term.GroupCount, codes) is null)
            {
                throw new InputException($"Robust standard errors over {way} need its values to contain every group of the random "
                    + $"effects, and values of {term.Group} lie in several values of {way}.")
                {
                    Hint = "Name another column by --cluster, or use gee, whose rows need no groups.",
                };
            }
        }
    }

    /// <summary>The cluster of each set of rows that the fit has a score of.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="way">A grouping of its frame.</param>
    /// <exception cref="InputException">Some group of the random effects lies in several of its clusters.</exception>
    public static int[] Of(GlmmFit fit, string way)
    {
        Require(fit.Frame, way);
        var isCrossed = fit.Model.Crossed is not null;
        RobustCovariance.RequireClusters(fit, "Robust standard errors need", "Name the clusters by --cluster.");
        var units = isCrossed ? fit.Frame.Clusters.OfRows() : fit.Model.Levels[0].Groups;
        var count = fit.ClusterScores.Length / fit.ParameterCount;
        return OfUnits(units, count, Codes(fit.Frame, way))
            ?? throw new ArgumentException($"The frame's clusters reach across values of {way}.", nameof(fit));
    }

    /// <summary>The sandwich covariance of ψ, m×m, over one way.</summary>
    /// <param name="fit">A fit with a covariance.</param>
    /// <param name="way">A grouping of its frame.</param>
    public static double[] OneWay(GlmmFit fit, string way)
    {
        var (clusters, m) = (Of(fit, way), fit.ParameterCount);
        var sums = new double[(clusters.Max() + 1) * m];
        for (var unit = 0; unit < clusters.Length; unit++)
        {
            for (var j = 0; j < m; j++)
            {
                sums[(clusters[unit] * m) + j] += fit.ClusterScores[(unit * m) + j];
            }
        }

        return RobustCovariance.Of(fit.JointCovariance, sums, m);
    }

    /// <summary>The cluster of each unit; null where a unit has rows of several.</summary>
    private static int[]? OfUnits(ReadOnlySpan<int> units, int count, ReadOnlySpan<int> codes)
    {
        var home = new int[count];
        Array.Fill(home, -1);
        for (var row = 0; row < codes.Length; row++)
        {
            ref var known = ref home[units[row]];
            known = known < 0 ? codes[row] : known;
            if (known != codes[row])
            {
                return null;
            }
        }

        return home;
    }

    private static ReadOnlySpan<int> Codes(ModelFrame frame, string way) =>
        (frame.Auxiliary(way) as FactorColumn ?? throw new ArgumentException($"The column \"{way}\" is no grouping of the frame.")).Codes;
}

using MarginalConditional.Compare.Summaries;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>Which arm each cluster of a replicate is in.</summary>
internal static class ClusterArms
{
    /// <summary>Reads the arms off the columns of the effects.</summary>
    /// <exception cref="InvalidOperationException">A cluster has rows of several arms.</exception>
    public static TrialArms Of(Replicate replicate)
    {
        var (frame, first) = (replicate.Frame, replicate.Model.EffectColumn);
        var count = Math.Max(1, (replicate.Mechanism?.Design.Treatments ?? 2) - 1);
        var arms = new int[frame.Clusters.Count];
        for (var c = 0; c < arms.Length; c++)
        {
            var start = frame.Clusters.Start(c);
            for (var k = 0; k < count; k++)
            {
                var own = frame.Design.Column(first + k).Slice(start, frame.Clusters.Size(c));
                if (own.ContainsAnyExcept(own[0]))
                {
                    throw new InvalidOperationException(
                        "The treatment varies within clusters, so the clusters are not what was randomized.");
                }

                arms[c] = own[0] == 1 ? k + 1 : arms[c];
            }
        }

        return new TrialArms(
            [.. Enumerable.Range(1, count + 1).Select(arm => FormattableString.Invariant($"{arm}"))], arms, new int[arms.Length]);
    }
}

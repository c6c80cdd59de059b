using MarginalConditional.Data.Frames;

namespace MarginalConditional.Mixed.Crossed;

/// <summary>Whether the clusters of a frame are independent under crossed random effects: no group reaches into two of them.</summary>
public static class CrossedClusters
{
    /// <summary>The cluster of each row; empty when some group lies in several clusters.</summary>
    /// <param name="frame">The frame with its clusters.</param>
    /// <param name="order">The frame's row of each row wanted; empty for the frame's order.</param>
    /// <param name="terms">The random terms.</param>
    public static int[] Of(ModelFrame frame, ReadOnlySpan<int> order, IEnumerable<RandomTermDesign> terms)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(terms);
        var member = frame.Clusters.OfRows();
        if (terms.Any(term => Divides(term, member)))
        {
            return [];
        }

        if (order.IsEmpty)
        {
            return member;
        }

        var clusters = new int[member.Length];
        for (var i = 0; i < clusters.Length; i++)
        {
            clusters[i] = member[order[i]];
        }

        return clusters;
    }

    /// <summary>The groupings with a group that lies in several clusters, their names joined by "and".</summary>
    /// <param name="frame">The frame with its clusters.</param>
    /// <param name="terms">The random terms.</param>
    public static string Reaching(ModelFrame frame, IEnumerable<RandomTermDesign> terms)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var member = frame.Clusters.OfRows();
        return CrossedMemory.Names(terms.Where(term => Divides(term, member)));
    }

    private static bool Divides(RandomTermDesign term, int[] member)
    {
        var home = new int[term.GroupCount];
        Array.Fill(home, -1);
        for (var i = 0; i < member.Length; i++)
        {
            ref var known = ref home[term.Groups[i]];
            known = known < 0 ? member[i] : known;
            if (known != member[i])
            {
                return true;
            }
        }

        return false;
    }
}

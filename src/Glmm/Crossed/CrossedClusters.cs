using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Model;

namespace MarginalConditional.Glmm.Crossed;

/// <summary>Whether the clusters of a frame are independent under crossed random effects: no group reaches into two of them.</summary>
internal static class CrossedClusters
{
    /// <summary>The cluster of each row of the layout; empty when some group lies in several clusters.</summary>
    public static int[] Of(ModelFrame frame, CrossedDesign design)
    {
        var member = Members(frame);
        if (design.Levels.Any(level => Divides(level, member)))
        {
            return [];
        }

        var order = design.Layout.RowOrder;
        var clusters = new int[member.Length];
        for (var i = 0; i < clusters.Length; i++)
        {
            clusters[i] = member[order[i]];
        }

        return clusters;
    }

    /// <summary>The groupings with a group that lies in several clusters, their names joined by "and".</summary>
    public static string Reaching(ModelFrame frame, IReadOnlyList<RandomLevel> levels)
    {
        var member = Members(frame);
        return string.Join(" and ", levels.Where(level => Divides(level, member)).Select(level => level.Terms[0].Group));
    }

    private static int[] Members(ModelFrame frame)
    {
        var member = new int[frame.Rows];
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            member.AsSpan(frame.Clusters.Start(c), frame.Clusters.Size(c)).Fill(c);
        }

        return member;
    }

    private static bool Divides(RandomLevel level, int[] member)
    {
        var home = new int[level.GroupCount];
        Array.Fill(home, -1);
        for (var i = 0; i < member.Length; i++)
        {
            ref var known = ref home[level.Groups[i]];
            known = known < 0 ? member[i] : known;
            if (known != member[i])
            {
                return true;
            }
        }

        return false;
    }
}

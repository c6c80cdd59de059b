using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm;

namespace MarginalConditional.Profiling;

/// <summary>Which group of each level every row of a fit belongs to, and which levels lie around which.</summary>
internal sealed class LevelMembers
{
    private readonly ModelFrame frame;
    private readonly int[][] members;
    private readonly int[] counts;

    /// <summary>Finds the groups of a fit's random effects; a frame without random terms has its clusters for the only level.</summary>
    public LevelMembers(GlmmFit fit)
    {
        frame = fit.Frame;
        members = [.. fit.RandomEffects.Select(effect => MembersOf(effect.Group))];
        counts = [.. fit.RandomEffects.Select(effect => effect.GroupCount)];
    }

    /// <summary>For each random effect, whether all rows of a group of level t share it: its own and those of levels around it.</summary>
    public bool[] SharedWithin(int t) => [.. members.Select(other => IsConstantWithin(t, other))];

    /// <summary>The sizes of the groups of level t; a row counts its weight times its trials, as in the likelihood.</summary>
    public double[] Sizes(int t)
    {
        var sizes = new double[counts[t]];
        for (var row = 0; row < frame.Rows; row++)
        {
            sizes[members[t][row]] += frame.WeightTimesTrials(row);
        }

        return [.. sizes.Where(size => size > 0)];
    }

    private bool IsConstantWithin(int t, int[] other)
    {
        var around = new int[counts[t]];
        Array.Fill(around, -1);
        for (var row = 0; row < other.Length; row++)
        {
            ref var known = ref around[members[t][row]];
            known = known < 0 ? other[row] : known;
            if (known != other[row])
            {
                return false;
            }
        }

        return true;
    }

    private int[] MembersOf(string group)
    {
        if (frame.RandomTerms.FirstOrDefault(term => term.Group == group) is { } term)
        {
            return term.Groups.ToArray();
        }

        var clusters = new int[frame.Rows];
        for (var i = 0; i < frame.Clusters.Count; i++)
        {
            clusters.AsSpan(frame.Clusters.Start(i), frame.Clusters.Size(i)).Fill(i);
        }

        return clusters;
    }
}

using System.Runtime.InteropServices;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;

namespace MarginalConditional.Lmm.Residual;

/// <summary>
/// Which waves each subject was seen at: subjects with the same waves (and group) share a pattern, and one factorization.
/// </summary>
internal sealed class ResidualLayout
{
    private ResidualLayout(
        int waves,
        double[] times,
        int groups,
        int[] blockStarts,
        int[] blockPatterns,
        IReadOnlyList<WavePattern> patterns)
    {
        Waves = waves;
        Times = times;
        Groups = groups;
        BlockStarts = blockStarts;
        BlockPatterns = blockPatterns;
        Patterns = patterns;
    }

    /// <summary>m, the number of distinct waves.</summary>
    public int Waves { get; }

    /// <summary>The numeric value of each wave, or its rank.</summary>
    public double[] Times { get; }

    /// <summary>The number of groups with a covariance of their own.</summary>
    public int Groups { get; }

    /// <summary>B + 1 row numbers in internal order: where each subject's block starts.</summary>
    public int[] BlockStarts { get; }

    /// <summary>The pattern of each block.</summary>
    public int[] BlockPatterns { get; }

    /// <summary>The distinct patterns.</summary>
    public IReadOnlyList<WavePattern> Patterns { get; }

    /// <summary>A typical gap between waves.</summary>
    public double Unit => Waves > 1 ? (Times[^1] - Times[0]) / (Waves - 1) : 1;

    /// <summary>Reads the layout off a frame.</summary>
    /// <param name="frame">The frame; its clusters are the subjects.</param>
    /// <param name="rowOrder">For each internal row the frame's row, or null when they agree.</param>
    /// <param name="groups">For each row of the frame its covariance group, or empty for one group.</param>
    /// <param name="structure">The structure, to check what it needs.</param>
    public static ResidualLayout Create(ModelFrame frame, int[]? rowOrder, ReadOnlySpan<int> groups, ResidualStructure structure)
    {
        var n = frame.Rows;
        var waves = frame.Waves;
        if (waves.Length == 0)
        {
            throw new ArgumentException("A residual structure needs the wave of each row.", nameof(frame));
        }

        var count = 0;
        foreach (var wave in waves)
        {
            count = Math.Max(count, wave + 1);
        }

        var times = TimesOf(frame, count, structure);
        var clusterOf = new int[n];
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            clusterOf.AsSpan(frame.Clusters.Start(c), frame.Clusters.Size(c)).Fill(c);
        }

        var starts = new List<int>();
        var blockPatterns = new List<int>();
        var patterns = new List<(int[] Ranks, int Group, int Subjects)>();
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var ranks = new List<int>();
        var groupCount = 1;
        for (var i = 0; i < n;)
        {
            var row = rowOrder is null ? i : rowOrder[i];
            var cluster = clusterOf[row];
            starts.Add(i);
            ranks.Clear();
            var group = groups.Length == 0 ? 0 : groups[row];
            groupCount = Math.Max(groupCount, group + 1);
            for (; i < n && clusterOf[row = rowOrder is null ? i : rowOrder[i]] == cluster; i++)
            {
                Check(frame, cluster, ranks, waves[row], groups.Length == 0 || groups[row] == group);
                ranks.Add(waves[row]);
            }

            var key = string.Concat(MemoryMarshal.Cast<int, char>(CollectionsMarshal.AsSpan(ranks)), [(char)group]);
            if (!known.TryGetValue(key, out var pattern))
            {
                pattern = patterns.Count;
                known.Add(key, pattern);
                patterns.Add(([.. ranks], group, 0));
            }

            CollectionsMarshal.AsSpan(patterns)[pattern].Subjects++;
            blockPatterns.Add(pattern);
        }

        if (starts.Count > frame.Clusters.Count)
        {
            throw SubjectInSeveralGroups(frame);
        }

        starts.Add(n);
        return new ResidualLayout(
            count,
            times,
            groupCount,
            [.. starts],
            [.. blockPatterns],
            [.. patterns.Select(pattern => new WavePattern(pattern.Ranks, pattern.Group, pattern.Subjects))]);
    }

    /// <summary>What is said of subjects that random effects part.</summary>
    public static InputException SubjectInSeveralGroups(ModelFrame frame) => new(
        $"A value of {frame.Clusters.Name} lies in more than one group of a random effect, so its residuals cannot be correlated: the "
            + "random groups must contain the subjects of the residual covariance.")
    {
        Hint = $"Give as --cluster a column whose values each lie within one group, or drop the random term finer than "
            + $"{frame.Clusters.Name}.",
    };

    private static void Check(ModelFrame frame, int cluster, List<int> ranks, int wave, bool sameGroup)
    {
        if (!sameGroup)
        {
            throw new InputException($"Cluster {frame.Clusters.Label(cluster)} of {frame.Clusters.Name} lies in two groups of the residual "
                + $"covariance: a group (--by) must not change within a subject.");
        }

        if (ranks.Count > 0 && ranks[^1] >= wave)
        {
            var label = frame.WaveLabels.Count > 0
                ? frame.WaveLabels[wave]
                : (wave + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
            throw new InputException($"Cluster {frame.Clusters.Label(cluster)} of {frame.Clusters.Name} has more than one row at wave "
                + $"{label}: a residual covariance over waves needs at most one.")
            {
                Hint = "Remove the duplicate, or give as --wave a column that tells the rows apart.",
            };
        }
    }

    private static double[] TimesOf(ModelFrame frame, int count, ResidualStructure structure)
    {
        var times = new double[count];
        for (var k = 0; k < count; k++)
        {
            times[k] = k;
        }

        if (!structure.UsesTimes)
        {
            return times;
        }

        if (frame.WaveValues.Length == 0)
        {
            throw new InputException($"The structure {structure.Name} needs the time of each row: a numeric wave column.")
            {
                Hint = "Give it with --wave.",
            };
        }

        for (var i = 0; i < frame.Rows; i++)
        {
            times[frame.Waves[i]] = frame.WaveValues[i];
        }

        return times;
    }
}

using System.Runtime.CompilerServices;
using MarginalConditional.Data.Coding;

namespace MarginalConditional.Glmm.Model;

/// <summary>
/// Which rows of each cluster are alike where that is a matter of the design alone: found by the first fit, and taken by those of other
/// outcomes on the same design. Immutable.
/// </summary>
/// <remarks>Rows without offset, weight and trials, of a density in which rows may be added up, with a random intercept.</remarks>
internal sealed class AlikeRows
{
    /// <summary>The rows of designs that live.</summary>
    private static readonly ConditionalWeakTable<DesignMatrix, AlikeRows> Known = [];

    private readonly RandomLevel level;
    private readonly ColumnScaling scaling;
    private readonly int[] targets;
    private readonly double[] shares;
    private readonly int[] starts;
    private readonly double[] design;
    private readonly double[] random;
    private readonly double[] counts;
    private readonly ulong[] hashes;
    private readonly double[] offsets;

    private AlikeRows(RandomLevel level, ColumnScaling scaling, AlikeRowsRecord record)
    {
        this.level = level;
        this.scaling = scaling;
        (targets, shares, starts) = (record.Targets, record.Shares, [.. record.Starts]);
        (design, random, counts, hashes) = ([.. record.Design], [.. record.Random], [.. record.Counts], [.. record.Hashes]);
        offsets = new double[Count];
    }

    /// <summary>The number of rows that differ within their clusters.</summary>
    public int Count => counts.Length;

    /// <summary>X, scaled, by row.</summary>
    public ReadOnlySpan<double> Design => design;

    /// <summary>Z, scaled, by row.</summary>
    public ReadOnlySpan<double> Random => random;

    /// <summary>Offsets of 0, for as many rows as there may be; shared by all models of the design, and only read.</summary>
    public double[] NoOffsets => offsets;

    /// <summary>Z of as many rows as there may be, the same number in each: shared like the offsets.</summary>
    public double[] Intercepts => random;

    /// <summary>How many rows of the frame each stands for.</summary>
    public ReadOnlySpan<double> Counts => counts;

    /// <summary>The hash of each, which knows nothing of outcomes.</summary>
    public ReadOnlySpan<ulong> Hashes => hashes;

    /// <summary>What is known of a design; null when nothing is, or when it is scaled or grouped otherwise.</summary>
    public static AlikeRows? Of(DesignMatrix matrix, ColumnScaling scaling, RandomLevel level) =>
        Known.TryGetValue(matrix, out var found) && found.level == level && found.scaling == scaling ? found : null;

    /// <summary>Keeps what a fit has found, as long as the design lives.</summary>
    public static void Keep(DesignMatrix matrix, ColumnScaling scaling, RandomLevel level, AlikeRowsRecord record) =>
        Known.AddOrUpdate(matrix, new AlikeRows(level, scaling, record));

    /// <summary>The first row of a cluster; for the number of clusters that of all.</summary>
    public int Start(int cluster) => starts[cluster];

    /// <summary>Means of the outcomes of rows alike, in the order of their running means.</summary>
    /// <param name="outcomes">One a row of the frame.</param>
    /// <param name="means">Receives as many as there are rows that differ.</param>
    public void Average(ReadOnlySpan<double> outcomes, Span<double> means)
    {
        means.Clear();
        for (var i = 0; i < targets.Length; i++)
        {
            ref var mean = ref means[targets[i]];
            mean += (outcomes[i] - mean) * shares[i];
        }
    }
}

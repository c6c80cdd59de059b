using System.Diagnostics.CodeAnalysis;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Statistics.Multiplicity;

/// <summary>How p values and intervals of a family of tests allow for their number.</summary>
public abstract partial class Adjustment
{
    private Adjustment(string name, string description, string intervals)
    {
        Name = name;
        Description = description;
        Intervals = intervals;
    }

    /// <summary>Every test by itself (<c>none</c>).</summary>
    public static Adjustment None { get; } = new ByNumber("none", "not adjusted", "", (p, _) => p);

    /// <summary>min(1, kp) (<c>bonferroni</c>).</summary>
    public static Adjustment Bonferroni { get; } =
        new ByNumber("bonferroni", "Bonferroni", "Bonferroni", (p, k) => Math.Min(1, k * p));

    /// <summary>Step down (<c>holm</c>; Holm 1979).</summary>
    public static Adjustment Holm { get; } = new ByRank("holm", "Holm", "Bonferroni", descends: false, (k, rank) => k - rank);

    /// <summary>Step up (<c>hochberg</c>; Hochberg 1988).</summary>
    public static Adjustment Hochberg { get; } =
        new ByRank("hochberg", "Hochberg", "", descends: true, (k, rank) => k - rank);

    /// <summary>The false discovery rate (<c>bh</c>; Benjamini and Hochberg 1995).</summary>
    public static Adjustment FalseDiscovery { get; } =
        new ByRank("bh", "Benjamini\u2013Hochberg", "", descends: true, (k, rank) => k / (rank + 1.0));

    /// <summary>1 − (1 − p)^k (<c>sidak</c>).</summary>
    public static Adjustment Sidak { get; } = new Independent();

    /// <summary>All contrasts there are (<c>scheffe</c>; Scheffé 1953).</summary>
    public static Adjustment Scheffe { get; } = new AllContrasts();

    /// <summary>All pairs of one set of means (<c>tukey</c>; Tukey 1953, Kramer 1956).</summary>
    public static Adjustment Tukey { get; } = new Range();

    /// <summary>The largest |t| of the joint distribution (<c>mvt</c>; Dunnett 1955; Hothorn, Bretz and Westfall 2008).</summary>
    public static Adjustment LargestT { get; } = new Joint();

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Adjustment> All { get; } =
        [None, Holm, Bonferroni, Tukey, LargestT, Sidak, Scheffe, Hochberg, FalseDiscovery];

    /// <summary>The name on the command line.</summary>
    public string Name { get; }

    /// <summary>A few words for people.</summary>
    public string Description { get; }

    /// <summary>
    /// The adjustment whose intervals are shown beside the p values: the same, another where this one has none, or empty for intervals that
    /// are not adjusted.
    /// </summary>
    public string Intervals { get; }

    /// <summary>The adjustment of a name.</summary>
    public static bool TryParse(string? name, [NotNullWhen(true)] out Adjustment? adjustment)
    {
        adjustment = All.FirstOrDefault(candidate => candidate.Name == name);
        return adjustment is not null;
    }

    /// <summary>Why the adjustment does not fit a family, as a full sentence; null when it does.</summary>
    /// <param name="family">The tests.</param>
    public virtual string? ProblemOf(TestFamily family) => null;

    /// <summary>Adjusted p values and the intervals' critical values.</summary>
    /// <param name="family">The tests.</param>
    /// <param name="level">The level at which the intervals hold together, in (0, 1).</param>
    public AdjustedTests Of(TestFamily family, double level)
    {
        ArgumentNullException.ThrowIfNull(family);
        if (ProblemOf(family) is { } problem)
        {
            throw new ArgumentException(problem, nameof(family));
        }

        return family.Count == 0 ? new AdjustedTests([], []) : Compute(family, level);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private protected abstract AdjustedTests Compute(TestFamily family, double level);

    /// <summary>t's critical value with α shared out.</summary>
    private static double Critical(TestFamily family, int test, double level, double shares)
    {
        var own = family.DegreesOfFreedom[test];
        return double.IsNaN(own) ? double.NaN
            : Coefficient.CriticalValue(1 - ((1 - level) / shares), double.IsPositiveInfinity(own) ? null : own);
    }

    private static double[] Each(TestFamily family, Func<int, double> value) => [.. Enumerable.Range(0, family.Count).Select(value)];
}

using MarginalConditional.Data;
using MarginalConditional.Statistics.Multiplicity;

namespace MarginalConditional.Means.Estimates;

/// <summary>Adjusts families of comparisons for their number.</summary>
internal sealed class FamilyAdjuster
{
    private readonly double level;

    public FamilyAdjuster(double level) => this.level = level;

    /// <summary>The largest standard error of an adjusted p so far, where these are means over a lattice.</summary>
    public double Error { get; private set; }

    /// <summary>The largest number of comparisons in one family so far.</summary>
    public int LargestFamily { get; private set; }

    /// <summary>The comparisons of families, each family by itself.</summary>
    /// <param name="families">The families.</param>
    /// <param name="adjustment">How p values allow for their number.</param>
    /// <param name="scale">The scale they are on.</param>
    /// <exception cref="InputException">The adjustment does not belong to such a family.</exception>
    public IReadOnlyList<MeanComparison> Adjusted(
        IReadOnlyList<ComparisonFamily> families, Adjustment adjustment, string scale) =>
        [.. families.SelectMany(family => Adjusted(family, adjustment, scale))];

    private IEnumerable<MeanComparison> Adjusted(ComparisonFamily family, Adjustment adjustment, string scale)
    {
        var tested = family.Tested();
        LargestFamily = Math.Max(LargestFamily, tested.Length);
        var tests = family.Tests(tested);
        if (adjustment.ProblemOf(tests) is { } problem && tested.Length > 1)
        {
            throw new InputException(problem) { Hint = "Use --adjust mvt, holm or bonferroni." };
        }

        // One comparison needs no allowance, and none has nothing to allow for.
        var adjusted = (tested.Length <= 1 ? Adjustment.None : adjustment).Of(tests, level);
        Error = Math.Max(Error, adjusted.Error);
        for (var i = 0; i < family.Rows.Count; i++)
        {
            var row = family.Rows[i];
            var place = Array.IndexOf(tested, i);
            var half = place < 0 ? double.NaN : adjusted.CriticalValues[place] * row.Own.StandardError;
            yield return new MeanComparison(
                row.Label,
                row.At,
                scale,
                row.Own,
                place < 0 ? double.NaN : adjusted.PValues[place],
                row.Own.Estimate - half,
                row.Own.Estimate + half,
                row.IsDifference);
        }
    }
}

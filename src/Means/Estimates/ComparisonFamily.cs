using MarginalConditional.Statistics.Multiplicity;

namespace MarginalConditional.Means.Estimates;

/// <summary>Comparisons that are adjusted for their number together, with the covariance of their estimates. Immutable.</summary>
internal sealed class ComparisonFamily
{
    private readonly double[] covariance;

    /// <summary>Gathers them.</summary>
    /// <param name="rows">k comparisons.</param>
    /// <param name="covariance">Of their estimates, k×k; not a number where one cannot be estimated. Not copied.</param>
    /// <param name="arePairs">Whether they are all pairs of one set of means.</param>
    public ComparisonFamily(IReadOnlyList<FamilyRow> rows, double[] covariance, bool arePairs)
    {
        Rows = rows;
        this.covariance = covariance;
        ArePairs = arePairs;
    }

    /// <summary>The comparisons.</summary>
    public IReadOnlyList<FamilyRow> Rows { get; }

    /// <summary>Of their estimates, k×k.</summary>
    public ReadOnlySpan<double> Covariance => covariance;

    /// <summary>Whether they are all pairs of one set of means.</summary>
    public bool ArePairs { get; }

    /// <summary>The places of the rows that have a test.</summary>
    public int[] Tested() =>
        [.. Enumerable.Range(0, Rows.Count).Where(row => double.IsFinite(Rows[row].Own.Statistic))];

    /// <summary>Their tests as one family.</summary>
    /// <param name="tested">The places of the rows that have a test.</param>
    public TestFamily Tests(int[] tested)
    {
        var (n, k) = (Rows.Count, tested.Length);
        var correlation = new double[k * k];
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < k; j++)
            {
                correlation[(i * k) + j] = i == j ? 1 : covariance[(tested[i] * n) + tested[j]]
                    / (Rows[tested[i]].Own.StandardError * Rows[tested[j]].Own.StandardError);
            }
        }

        return new TestFamily(
            [.. tested.Select(row => Rows[row].Own.Statistic)],
            [.. tested.Select(row => Rows[row].Own.DegreesOfFreedom ?? double.PositiveInfinity)],
            correlation,
            ArePairs ? tested.SelectMany(row => Rows[row].Means).Distinct().Count() : 0);
    }
}

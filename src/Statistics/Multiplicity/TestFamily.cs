using MarginalConditional.Statistics.Distributions;

namespace MarginalConditional.Statistics.Multiplicity;

/// <summary>Tests that are to hold together: their statistics, what each refers to, and how they go together.</summary>
public sealed class TestFamily
{
    private readonly double[] statistics;
    private readonly double[] degreesOfFreedom;
    private readonly double[] correlation;

    /// <summary>Gathers the tests.</summary>
    /// <param name="statistics">k values of t or z.</param>
    /// <param name="degreesOfFreedom">k values, each test's own; infinite for the normal.</param>
    /// <param name="correlation">k×k, of the estimates.</param>
    /// <param name="comparedMeans">M when the tests are all pairs of one set of M means; else 0.</param>
    public TestFamily(
        ReadOnlySpan<double> statistics, ReadOnlySpan<double> degreesOfFreedom, ReadOnlySpan<double> correlation, int comparedMeans = 0)
    {
        if (degreesOfFreedom.Length != statistics.Length || correlation.Length != statistics.Length * statistics.Length)
        {
            throw new ArgumentException("There must be degrees of freedom for every test, and a correlation for every two.");
        }

        this.statistics = statistics.ToArray();
        this.degreesOfFreedom = degreesOfFreedom.ToArray();
        this.correlation = correlation.ToArray();
        ComparedMeans = comparedMeans;
    }

    /// <summary>k.</summary>
    public int Count => statistics.Length;

    /// <summary>The statistics.</summary>
    public ReadOnlySpan<double> Statistics => statistics;

    /// <summary>The degrees of freedom of each; infinite for the normal.</summary>
    public ReadOnlySpan<double> DegreesOfFreedom => degreesOfFreedom;

    /// <summary>The correlation of the estimates, k×k.</summary>
    public ReadOnlySpan<double> Correlation => correlation;

    /// <summary>M when the tests are all pairs of one set of M means; else 0.</summary>
    public int ComparedMeans { get; }

    /// <summary>Each test's own two-sided p.</summary>
    public double[] PValues() =>
        [.. Enumerable.Range(0, Count).Select(j => StudentDistribution.TwoSided(statistics[j], degreesOfFreedom[j]))];
}

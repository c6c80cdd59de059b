using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Rows;

namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>
/// The distinct rows of a simulated design with their counts: a few rows stand for thousands where only covariates matter. Immutable.
/// </summary>
internal sealed class DesignRows
{
    private readonly double[] counts;

    private DesignRows(DesignMatrix design, double[] counts)
    {
        Design = design;
        this.counts = counts;
        Total = counts.Sum();
    }

    /// <summary>The distinct rows.</summary>
    public DesignMatrix Design { get; }

    /// <summary>How often each stands in the data.</summary>
    public ReadOnlySpan<double> Counts => counts;

    /// <summary>The number of rows in the data.</summary>
    public double Total { get; }

    /// <summary>Collects the distinct rows of a trial.</summary>
    /// <param name="design">Its design.</param>
    /// <param name="clusters">Its clusters, of arm 0 and 1 in turn.</param>
    /// <param name="treatmentOf">The treatment of a row, from design, arm, place within the cluster and size of it.</param>
    public static DesignRows Collect(ITrialDesign design, Clusters clusters, Func<ITrialDesign, int, int, int, double> treatmentOf)
    {
        var p = design.Columns.Count;
        var counts = new Dictionary<(double Treatment, int Row, int Size), double>();
        for (var c = 0; c < clusters.Count; c++)
        {
            var size = clusters.Size(c);
            for (var row = 0; row < size; row++)
            {
                // In a saturated design the place of a row within its cluster does not matter.
                var treatment = treatmentOf(design, c % design.Sequences, row, size);
                var key = design.IsSaturated ? (treatment, 0, 1) : (treatment, row, size);
                counts[key] = counts.GetValueOrDefault(key) + 1;
            }
        }

        var values = new double[counts.Count * p];
        var x = new double[p];
        var index = 0;
        foreach (var (treatment, row, size) in counts.Keys)
        {
            design.Fill(treatment, row, size, x);
            for (var k = 0; k < p; k++)
            {
                values[(k * counts.Count) + index] = x[k];
            }

            index++;
        }

        return new DesignRows(new DesignMatrix(counts.Count, design.Columns, values, design.Columns), [.. counts.Values]);
    }
}

using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
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

    /// <summary>All rows of a frame, each counted once.</summary>
    public static DesignRows Of(ModelFrame frame)
    {
        var ones = new double[frame.Rows];
        Array.Fill(ones, 1);
        return new DesignRows(frame.Design, ones);
    }

    /// <summary>All rows of a frame when everybody has one treatment; covariates stay as they are.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="effectColumn">The column of the treatment, which is set where the design is not known.</param>
    /// <param name="design">The design whose columns come first; null where it is not known.</param>
    /// <param name="treatment">The treatment, 0 for the control.</param>
    public static DesignRows Under(ModelFrame frame, int effectColumn, ITrialDesign? design, double treatment)
    {
        var (n, names) = (frame.Rows, frame.Design.Names);
        var values = new double[n * names.Count];
        for (var k = 0; k < names.Count; k++)
        {
            frame.Design.Column(k).CopyTo(values.AsSpan(k * n, n));
        }

        var x = new double[design?.Columns.Count ?? 0];
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            for (var row = frame.Clusters.Start(c); row < frame.Clusters.Start(c + 1); row++)
            {
                design?.Fill(treatment, row - frame.Clusters.Start(c), frame.Clusters.Size(c), x);
                for (var k = 0; k < x.Length; k++)
                {
                    values[(k * n) + row] = x[k];
                }

                if (design is null)
                {
                    values[(effectColumn * n) + row] = treatment;
                }
            }
        }

        var ones = new double[n];
        Array.Fill(ones, 1);
        return new DesignRows(new DesignMatrix(n, names, values, frame.Design.Terms), ones);
    }

    /// <summary>Some of the rows of a whole trial, in which each counts once.</summary>
    public DesignRows Where(ReadOnlySpan<bool> rows)
    {
        var n = rows.Count(true);
        var values = new double[n * Design.Columns];
        var ones = new double[n];
        Array.Fill(ones, 1);
        for (int row = 0, kept = 0; row < rows.Length; row++)
        {
            for (var k = 0; k < Design.Columns && rows[row]; k++)
            {
                values[(k * n) + kept] = Design.Column(k)[row];
            }

            kept += rows[row] ? 1 : 0;
        }

        return new DesignRows(new DesignMatrix(n, Design.Names, values, Design.Terms), ones);
    }

    /// <summary>Collects the distinct rows of a trial.</summary>
    /// <param name="design">Its design.</param>
    /// <param name="clusters">Its clusters.</param>
    /// <param name="treatmentOf">The treatment of a row, from design, arm, place within the cluster and size of it.</param>
    public static DesignRows Collect(ITrialDesign design, Clusters clusters, Func<ITrialDesign, int, int, int, double> treatmentOf)
    {
        var p = design.Columns.Count;
        var counts = new Dictionary<(double Treatment, int Row, int Size), double>();
        for (var c = 0; c < clusters.Count; c++)
        {
            var size = clusters.Size(c);
            var sequence = design.Sequence(c);
            for (var row = 0; row < size; row++)
            {
                // In a saturated design the place of a row within its cluster does not matter.
                var treatment = treatmentOf(design, sequence, row, size);
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

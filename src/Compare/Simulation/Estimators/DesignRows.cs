using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Rows;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>The distinct rows of a simulated design with their counts: a few rows stand for thousands where only covariates matter.</summary>
internal sealed class DesignRows
{
    private DesignRows(DesignMatrix design, double[] counts)
    {
        Design = design;
        Counts = counts;
    }

    /// <summary>The distinct rows.</summary>
    public DesignMatrix Design { get; }

    /// <summary>How often each stands in the data.</summary>
    public double[] Counts { get; }

    /// <summary>The distinct rows of a replicate as observed.</summary>
    public static DesignRows Observed(Replicate replicate) =>
        replicate.SharedByDesign("distinct design rows", () => Collect(replicate, (design, arm, row, size) => design.Treatment(arm, row, size)));

    /// <summary>The distinct rows when everybody has a treatment, 0 or 1.</summary>
    public static DesignRows Under(Replicate replicate, double treatment) =>
        replicate.SharedByDesign(("distinct design rows", treatment), () => Collect(replicate, (_, _, _, _) => treatment));

    private static DesignRows Collect(Replicate replicate, Func<TrialDesign, int, int, int, double> treatmentOf)
    {
        var design = replicate.Mechanism.Design;
        var p = design.Columns.Count;
        var clusters = replicate.Frame.Clusters;
        var counts = new Dictionary<(double Treatment, int Row, int Size), double>();
        for (var c = 0; c < clusters.Count; c++)
        {
            var size = clusters.Size(c);
            for (var row = 0; row < size; row++)
            {
                // In a saturated design the place of a row within its cluster does not matter.
                var treatment = treatmentOf(design, c % 2, row, size);
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

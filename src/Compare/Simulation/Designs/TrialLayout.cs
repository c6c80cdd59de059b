using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>
/// The rows of a simulated trial without its outcomes: design, clusters, waves, and the fixed part of the linear predictor.
/// </summary>
internal sealed class TrialLayout
{
    private readonly double[] predictor;
    private readonly bool[] treated;

    /// <summary>Lays a trial out for given cluster sizes.</summary>
    public TrialLayout(Mechanism mechanism, ReadOnlySpan<int> sizes)
    {
        var design = mechanism.Design;
        var p = design.Columns.Count;
        var offsets = new int[sizes.Length + 1];
        for (var c = 0; c < sizes.Length; c++)
        {
            offsets[c + 1] = offsets[c] + sizes[c];
        }

        var rows = offsets[^1];
        var values = new double[rows * p];
        var waves = new int[rows];
        predictor = new double[rows];
        treated = new bool[rows];
        var coefficients = design.Coefficients(mechanism.Effects);
        Span<double> x = stackalloc double[p];
        for (var c = 0; c < sizes.Length; c++)
        {
            var arm = design.Sequence(c);
            for (var j = 0; j < sizes[c]; j++)
            {
                var row = offsets[c] + j;
                var treatment = design.Treatment(arm, j, sizes[c]);
                design.Fill(treatment, j, sizes[c], x);
                predictor[row] = design.Surplus(mechanism.Effects, arm, j, sizes[c]);
                treated[row] = treatment > 0;
                waves[row] = j;
                for (var k = 0; k < p; k++)
                {
                    values[(k * rows) + row] = x[k];
                    predictor[row] += x[k] * coefficients[k];
                }

                if (!mechanism.SizeDependence.IsNone)
                {
                    predictor[row] += mechanism.SizeDependence.Gain(sizes[c], mechanism.Size.Mean, treated[row]);
                }
            }
        }

        Frame = new ModelFrame(
            new DesignMatrix(rows, design.Columns, values, design.Columns),
            new double[rows],
            new Clusters("cluster", offsets, index => FormattableString.Invariant($"{index + 1}")))
        {
            Waves = waves,
            Categories = mechanism.Ordinal?.Categories ?? [],
        };
    }

    /// <summary>η of one row as it is observed, without random effects and covariates, link scale.</summary>
    public static double PredictorOf(Mechanism mechanism, int sequence, int row, int size)
    {
        var design = mechanism.Design;
        var treatment = design.Treatment(sequence, row, size);
        Span<double> x = stackalloc double[design.Columns.Count];
        design.Fill(treatment, row, size, x);
        return design.Surplus(mechanism.Effects, sequence, row, size) + Dense.Dot(x, design.Coefficients(mechanism.Effects))
            + mechanism.SizeDependence.Gain(size, mechanism.Size.Mean, treatment > 0);
    }

    /// <summary>Everything but the outcomes (which are zero here).</summary>
    public ModelFrame Frame { get; }

    /// <summary>η without the random effects and covariates, n, link scale.</summary>
    public ReadOnlySpan<double> Predictor => predictor;

    /// <summary>Whether a row is treated, n.</summary>
    public ReadOnlySpan<bool> Treated => treated;
}

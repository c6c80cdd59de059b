using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Likeness;

/// <summary>Normal residuals: independent with one variance, or with a covariance between the waves of a cluster. Immutable.</summary>
internal sealed class ResidualLaw
{
    private readonly double[] covariance;
    private readonly int waves;

    /// <summary>Copies the variance, or the m×m covariance by wave.</summary>
    public ResidualLaw(ReadOnlySpan<double> covariance)
    {
        this.covariance = covariance.ToArray();
        waves = (int)Math.Round(Math.Sqrt(covariance.Length));
        ArgumentOutOfRangeException.ThrowIfNotEqual(covariance.Length, Math.Max(1, waves * waves), nameof(covariance));
    }

    /// <summary>Adds a cluster's residuals to its means.</summary>
    /// <param name="stream">One normal number a row.</param>
    /// <param name="frame">The rows, whose prior weights divide variances.</param>
    /// <param name="start">The cluster's first row.</param>
    /// <param name="values">The cluster's means; receives its outcomes.</param>
    public void Add(RandomStream stream, ModelFrame frame, int start, Span<double> values)
    {
        var n = values.Length;
        if (waves == 1)
        {
            for (var i = 0; i < n; i++)
            {
                values[i] += Math.Sqrt(covariance[0] / Weight(frame, start + i)) * stream.NextNormal();
            }

            return;
        }

        var factor = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                factor[(i * n) + j] = factor[(j * n) + i] = covariance[(frame.Waves[start + i] * waves) + frame.Waves[start + j]]
                    / Math.Sqrt(Weight(frame, start + i) * Weight(frame, start + j));
            }
        }

        var lower = SemidefiniteFactor.Of(factor, n);
        var z = new double[n];
        for (var i = 0; i < n; i++)
        {
            z[i] = stream.NextNormal();
            values[i] += Dense.Dot(lower.AsSpan(i * n, i + 1), z.AsSpan(0, i + 1));
        }
    }

    private static double Weight(ModelFrame frame, int row) => frame.Weights.IsEmpty ? 1 : frame.Weights[row];
}

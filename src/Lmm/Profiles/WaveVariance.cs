using MarginalConditional.Lmm.Model;
using MarginalConditional.Lmm.Residual;

namespace MarginalConditional.Lmm.Profiles;

/// <summary>The residual variance of one wave of one group over σ².</summary>
internal sealed class WaveVariance
{
    private readonly ResidualModel? residual;
    private readonly int random;
    private readonly int group;
    private readonly int wave;
    private readonly double[] matrix = [];
    private readonly double[] derivatives = [];

    /// <summary>Finds the parameters.</summary>
    /// <param name="data">The data.</param>
    /// <param name="group">The group.</param>
    /// <param name="wave">The wave's rank.</param>
    public WaveVariance(LinearMixedData data, int group, int wave)
    {
        residual = data.Residual;
        random = data.RandomParameters;
        this.group = group;
        this.wave = wave;
        if (residual is not null && residual.Shape.Variances(residual.Layout.Waves) > 1)
        {
            var size = residual.Layout.Waves * residual.Layout.Waves;
            matrix = new double[size];
            derivatives = new double[residual.PerGroup * size];
        }
    }

    /// <summary>The variance over σ², and its derivatives by θ (empty to skip).</summary>
    public double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient)
    {
        gradient.Clear();
        if (residual is null)
        {
            return 1;
        }

        var own = theta[random..];
        var start = residual.Start(group);
        var value = residual.Ratio(group, own) * residual.Ratio(group, own);
        if (matrix.Length > 0)
        {
            var place = wave * (residual.Layout.Waves + 1);
            residual.Shape.Evaluate(own.Slice(start, residual.PerGroup), residual.Layout.Times, matrix, derivatives);
            for (var k = 0; k < residual.PerGroup && gradient.Length > 0; k++)
            {
                gradient[random + start + k] = value * derivatives[(k * matrix.Length) + place];
            }

            value *= matrix[place];
        }

        if (group > 0 && gradient.Length > 0)
        {
            gradient[random + start - 1] = 2 * value;
        }

        return value;
    }
}

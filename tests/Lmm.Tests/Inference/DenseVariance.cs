using MarginalConditional.Lmm.Residual;
using MarginalConditional.Lmm.Tests.Hierarchy;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests.Inference;

/// <summary>
/// The slow twin of marginal covariances: V of all working rows with its derivatives by natural parameters, the residual's by differences.
/// </summary>
internal static class DenseVariance
{
    public static (Matrix<double> Covariance, Matrix<double>[] First, Matrix<double>[,] Second) Of(LmmFit fit)
    {
        var (data, n) = (fit.SpreadData(), fit.Frame.Rows);
        var working = new DenseWorking(data);
        var effects = working.Derivatives().ToArray();
        var natural = Natural(fit);
        Matrix<double> At(double[] values) =>
            data.Residual is { } residual ? Residual(residual, values, n) : values[0] * Matrix<double>.Build.DenseIdentity(n);
        var count = effects.Length + natural.Length;
        var first = new Matrix<double>[count];
        var second = new Matrix<double>[count, count];
        for (var k = 0; k < count; k++)
        {
            first[k] = k < effects.Length ? effects[k] : Difference(At, natural, k - effects.Length);
            for (var l = 0; l < count; l++)
            {
                second[k, l] = k < effects.Length || l < effects.Length
                    ? Matrix<double>.Build.Dense(n, n)
                    : Difference(values => Difference(At, values, l - effects.Length), natural, k - effects.Length);
            }
        }

        return (fit.ResidualVariance * working.Covariance(fit.Theta.ToArray()), first, second);
    }

    private static Matrix<double> Difference(Func<double[], Matrix<double>> at, double[] values, int k)
    {
        var step = 1e-3 * Math.Max(Math.Abs(values[k]), 0.1);
        Matrix<double> Moved(double by)
        {
            var moved = (double[])values.Clone();
            moved[k] += by;
            return at(moved);
        }

        // Fourth order: five points.
        return ((8 * (Moved(step) - Moved(-step))) - Moved(2 * step) + Moved(-2 * step)) / (12 * step);
    }

    private static double[] Natural(LmmFit fit) => fit.Data.Residual is { } residual
        ? residual.Shape.ToNatural(residual.Own(0, fit.Theta[fit.Data.RandomParameters..]), residual.Layout.Waves, fit.ResidualVariance)
        : [fit.ResidualVariance];

    private static Matrix<double> Residual(ResidualModel residual, double[] natural, int n)
    {
        var (layout, m) = (residual.Layout, residual.Layout.Waves);
        var (result, full) = (Matrix<double>.Build.Dense(n, n), new double[m * m]);
        residual.Shape.Fill(natural, layout.Times, full);
        for (var block = 0; block < layout.BlockPatterns.Length; block++)
        {
            var (start, pattern) = (layout.BlockStarts[block], layout.Patterns[layout.BlockPatterns[block]]);
            for (var i = 0; i < pattern.Size; i++)
            {
                for (var j = 0; j < pattern.Size; j++)
                {
                    result[start + i, start + j] = full[(pattern.Ranks[i] * m) + pattern.Ranks[j]];
                }
            }
        }

        return result;
    }
}

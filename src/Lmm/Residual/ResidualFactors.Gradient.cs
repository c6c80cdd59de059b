using System.Numerics.Tensors;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Residual;

/// <content>From derivatives by C to the gradient by the parameters.</content>
internal sealed partial class ResidualFactors
{
    /// <summary>
    /// Adds L⁻ᵀ(count·I − E)L⁻¹ of one pattern to the derivative by C, and for continuous time at once to the gradient.
    /// </summary>
    /// <param name="patternIndex">The pattern, of n rows.</param>
    /// <param name="weight">E, n×n; empty for none.</param>
    /// <param name="logDeterminants">How many log-determinants count.</param>
    /// <param name="byTable">What the derivative by the tables of C is added to.</param>
    /// <param name="gradient">What the derivative by the parameters is added to.</param>
    /// <param name="half">Room for n×n numbers.</param>
    public void Flush(
        int patternIndex,
        ReadOnlySpan<double> weight,
        double logDeterminants,
        Span<double> byTable,
        Span<double> gradient,
        Span<double> half)
    {
        var pattern = Layout.Patterns[patternIndex];
        int n = pattern.Size, m = Layout.Waves;
        Span<double> derivative = new double[n * n];
        var inverse = inverses[patternIndex];

        TensorPrimitives.Multiply(inverse, logDeterminants, half);
        if (!weight.IsEmpty)
        {
            SubtractProduct(weight, inverse, n, half);
        }

        AddTransposedProduct(inverse, half, n, derivative);
        var ratio = Model.Ratio(pattern.Group, current);
        if (Shape.UsesTimes)
        {
            ChainLocally(pattern, derivative, ratio * ratio, gradient);
            return;
        }

        var target = byTable.Slice(pattern.Group * m * m, m * m);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                target[(pattern.Ranks[i] * m) + pattern.Ranks[j]] += derivative[(i * n) + j];
            }
        }
    }

    /// <summary>Adds the derivative by the tables of C to the gradient by the parameters.</summary>
    public void Chain(ReadOnlySpan<double> byTable, Span<double> gradient)
    {
        if (Shape.UsesTimes)
        {
            return;
        }

        var size = Layout.Waves * Layout.Waves;
        for (var group = 0; group < Layout.Groups; group++)
        {
            var ratio = Model.Ratio(group, current);
            var derivative = byTable.Slice(group * size, size);
            for (var k = 0; k < PerGroup; k++)
            {
                gradient[Model.Start(group) + k] += ratio * ratio * Dense.Dot(
                    derivative,
                    derivatives.AsSpan(((group * PerGroup) + k) * size, size));
            }

            if (group > 0)
            {
                gradient[Model.Start(group) - 1] += 2 * ratio * ratio * Dense.Dot(derivative, Table(group));
            }
        }
    }

    /// <summary>half ← half − E L⁻¹, L⁻¹ lower triangular.</summary>
    private static void SubtractProduct(ReadOnlySpan<double> weight, ReadOnlySpan<double> inverse, int n, Span<double> half)
    {
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < n; k++)
            {
                Dense.AddScaled(-weight[(i * n) + k], inverse.Slice(k * n, k + 1), half.Slice(i * n, k + 1));
            }
        }
    }

    /// <summary>The symmetric matrix L⁻ᵀ·half.</summary>
    private static void AddTransposedProduct(ReadOnlySpan<double> inverse, ReadOnlySpan<double> half, int n, Span<double> derivative)
    {
        for (var k = 0; k < n; k++)
        {
            for (var i = 0; i <= k; i++)
            {
                Dense.AddScaled(inverse[(k * n) + i], half.Slice(k * n, i + 1), derivative.Slice(i * n, i + 1));
            }
        }

        Dense.MirrorLower(derivative, n);
    }

    private void ChainLocally(WavePattern pattern, ReadOnlySpan<double> derivative, double square, Span<double> gradient)
    {
        var n = pattern.Size;
        var start = Model.Start(pattern.Group);
        var c = new double[n * n];
        var dc = new double[PerGroup * n * n];
        Shape.Evaluate(Own(pattern.Group), Model.TimesOf(pattern), c, dc);
        for (var k = 0; k < PerGroup; k++)
        {
            gradient[start + k] += square * Dense.Dot(derivative, dc.AsSpan(k * n * n, n * n));
        }

        if (pattern.Group > 0)
        {
            gradient[start - 1] += 2 * square * Dense.Dot(derivative, c);
        }
    }
}

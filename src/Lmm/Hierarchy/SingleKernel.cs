using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Hierarchy;

/// <summary>The kernels of <see cref="LevelKernel"/> written out for one effect a group, the random intercept.</summary>
internal static class SingleKernel
{
    /// <summary>Eliminates one effect; see <see cref="LevelKernel.Eliminate"/>.</summary>
    public static double Eliminate(
        ReadOnlySpan<double> columns,
        int r,
        ReadOnlySpan<double> lambda,
        Span<double> inner,
        Span<double> gain,
        Span<double> parent)
    {
        var l = columns[0];
        var y = columns.Slice(1, r);
        var square = lambda[0] * lambda[0];
        var k = (l * l * square) + 1;
        var h = square / k;
        inner[0] = h;
        SpanMath.Multiply(y, l * h, gain[..r]);
        Dense.RankOneUpdateLower(1 / k, y, parent);
        return Math.Log(k);
    }

    /// <summary>Adds a group's share of the derivative by Ψ; see <see cref="LevelKernel.AddDerivative"/>.</summary>
    public static void AddDerivative(
        ReadOnlySpan<double> columns,
        int r,
        ReadOnlySpan<double> lambda,
        ReadOnlySpan<double> adjoint,
        Span<double> derivative)
    {
        var l = columns[0];
        var y = columns.Slice(1, r);
        var form = 0.0;
        for (var i = 0; i < y.Length; i++)
        {
            var row = adjoint.Slice(i * r, i + 1);
            var sum = 0.0;
            for (var j = 0; j < i; j++)
            {
                sum += row[j] * y[j];
            }

            form += y[i] * ((2 * sum) + (row[i] * y[i]));
        }

        var share = l / ((l * l * lambda[0] * lambda[0]) + 1);
        derivative[0] += (share * l) - (share * share * form);
    }

    /// <summary>The derivative by a group's own moments; see <see cref="LevelKernel.Descend"/>.</summary>
    public static void Descend(
        int r,
        ReadOnlySpan<double> inner,
        ReadOnlySpan<double> gain,
        ReadOnlySpan<double> adjoint,
        Span<double> result)
    {
        var d = r + 1;
        gain = gain[..r];
        var corner = inner[0];
        for (var i = 0; i < r; i++)
        {
            var row = adjoint.Slice(i * r, r);
            var target = result.Slice((i + 1) * d, d);
            var sum = 0.0;
            for (var j = 0; j < gain.Length; j++)
            {
                sum += row[j] * gain[j];
                target[j + 1] = row[j];
            }

            target[0] = -sum;
            result[i + 1] = -sum;
            corner += gain[i] * sum;
        }

        result[0] = corner;
    }
}

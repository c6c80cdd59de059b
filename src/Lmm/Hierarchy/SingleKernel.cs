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
        var s = columns.Slice(1, r);
        var square = lambda[0] * lambda[0];
        var k = (columns[0] * square) + 1;
        var h = square / k;
        inner[0] = h;
        gain = gain[..s.Length];
        for (var j = 0; j < gain.Length; j++)
        {
            gain[j] = s[j] * h;
        }

        Dense.RankOneUpdateLower(-h, s, parent);
        return Math.Log(k);
    }

    /// <summary>Adds a group's share of the derivative by Ψ; see <see cref="LevelKernel.AddDerivative"/>.</summary>
    public static void AddDerivative(
        ReadOnlySpan<double> columns,
        int r,
        ReadOnlySpan<double> inner,
        ReadOnlySpan<double> gain,
        ReadOnlySpan<double> adjoint,
        Span<double> derivative,
        Span<double> scratch)
    {
        var s = columns[0];
        var u = scratch[..r];
        for (var j = 0; j < u.Length; j++)
        {
            u[j] = columns[j + 1] - (gain[j] * s);
        }

        var form = 0.0;
        for (var i = 0; i < u.Length; i++)
        {
            var row = adjoint.Slice(i * r, i + 1);
            var sum = 0.0;
            for (var j = 0; j < i; j++)
            {
                sum += row[j] * u[j];
            }

            form += u[i] * ((2 * sum) + (row[i] * u[i]));
        }

        derivative[0] += s - (s * inner[0] * s) - form;
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

namespace MarginalConditional.Lmm.Hierarchy;

/// <summary>
/// The kernels of <see cref="LevelKernel"/> written out for two effects a group, the intercept and slope of most longitudinal models.
/// </summary>
internal static class PairKernel
{
    /// <summary>Eliminates two effects; see <see cref="LevelKernel.Eliminate"/>.</summary>
    public static double Eliminate(
        ReadOnlySpan<double> columns,
        int r,
        ReadOnlySpan<double> lambda,
        Span<double> inner,
        Span<double> gain,
        Span<double> parent)
    {
        var (a, b, c) = (columns[0], columns[2], columns[3]);
        var (l11, l21, l22) = (lambda[0], lambda[2], lambda[3]);
        var lower = (b * l11) + (c * l21);
        var k11 = (l11 * ((a * l11) + (b * l21))) + (l21 * lower) + 1;
        var k21 = l22 * lower;
        var k22 = (l22 * c * l22) + 1;
        var determinant = (k11 * k22) - (k21 * k21);

        // P = ΛK⁻¹, H = PΛᵀ.
        var (i11, i21, i22) = (k22 / determinant, -k21 / determinant, k11 / determinant);
        var (p21, p22) = ((l21 * i11) + (l22 * i21), (l21 * i21) + (l22 * i22));
        var (h11, h21, h22) = (l11 * i11 * l11, p21 * l11, (p21 * l21) + (p22 * l22));
        (inner[0], inner[1], inner[2], inner[3]) = (h11, h21, h21, h22);
        gain = gain[..(2 * r)];
        for (var j = 0; j < r; j++)
        {
            var (s1, s2) = (columns[2 * (j + 2)], columns[(2 * (j + 2)) + 1]);
            gain[2 * j] = (s1 * h11) + (s2 * h21);
            gain[(2 * j) + 1] = (s1 * h21) + (s2 * h22);
        }

        for (var i = 0; i < r; i++)
        {
            var target = parent.Slice(i * r, i + 1);
            var (s1, s2) = (columns[2 * (i + 2)], columns[(2 * (i + 2)) + 1]);
            for (var j = 0; j < target.Length; j++)
            {
                target[j] -= (s1 * gain[2 * j]) + (s2 * gain[(2 * j) + 1]);
            }
        }

        return Math.Log(determinant);
    }

    /// <summary>Adds a group's share of the derivative by Ψ; see <see cref="LevelKernel.AddDerivative"/>.</summary>
    public static void AddDerivative(
        ReadOnlySpan<double> columns,
        int r,
        ReadOnlySpan<double> inner,
        ReadOnlySpan<double> gain,
        ReadOnlySpan<double> adjoint,
        Span<double> derivative)
    {
        var (a, b, c) = (columns[0], columns[2], columns[3]);
        var (h11, h21, h22) = (inner[0], inner[2], inner[3]);
        Span<double> u = stackalloc double[2 * r];
        for (var j = 0; j < r; j++)
        {
            var (g1, g2) = (gain[2 * j], gain[(2 * j) + 1]);
            u[2 * j] = columns[2 * (j + 2)] - (g1 * a) - (g2 * b);
            u[(2 * j) + 1] = columns[(2 * (j + 2)) + 1] - (g1 * b) - (g2 * c);
        }

        var (q11, q21, q22) = (0.0, 0.0, 0.0);
        for (var i = 0; i < r; i++)
        {
            var row = adjoint.Slice(i * r, i + 1);
            var (t1, t2) = (0.0, 0.0);
            for (var j = 0; j < i; j++)
            {
                t1 += row[j] * u[2 * j];
                t2 += row[j] * u[(2 * j) + 1];
            }

            var (u1, u2) = (u[2 * i], u[(2 * i) + 1]);
            q11 += u1 * ((2 * t1) + (row[i] * u1));
            q21 += (u1 * t2) + (u2 * t1) + (row[i] * u1 * u2);
            q22 += u2 * ((2 * t2) + (row[i] * u2));
        }

        var (w11, w12, w21, w22) = ((h11 * a) + (h21 * b), (h11 * b) + (h21 * c), (h21 * a) + (h22 * b), (h21 * b) + (h22 * c));
        derivative[0] += a - (a * w11) - (b * w21) - q11;
        derivative[1] += b - (b * w11) - (c * w21) - q21;
        derivative[2] += b - (b * w11) - (c * w21) - q21;
        derivative[3] += c - (b * w12) - (c * w22) - q22;
    }
}

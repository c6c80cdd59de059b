namespace MarginalConditional.Lmm.Hierarchy;

/// <summary>
/// The kernels of <see cref="LevelKernel"/> written out for two effects a group, the intercept and slope of most longitudinal models.
/// </summary>
/// <remarks>
/// B = LᵀΛ has the entries b, K = I + BBᵀ the determinant 1 + Σb² + |B|²: with the factor of K from it, sums of squares, no digits are lost
/// where two effects are nearly one.
/// </remarks>
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
        var b = Product(columns, lambda);
        var k = Square(b);
        var (i11, i21, i22) = Inverse(k);
        var y = columns.Slice(4, 2 * r);
        gain = gain[..(2 * r)];
        AddExplained(y, k, gain, parent);

        // H = Λ(I + BᵀB)⁻¹Λᵀ, and T = YG with G = K⁻¹BΛᵀ.
        var (l11, l21, l22) = (lambda[0], lambda[2], lambda[3]);
        var (e11, e21, e22) = (
            ((b.B12 * b.B12) + (b.B22 * b.B22) + 1) / k.Determinant,
            -((b.B11 * b.B12) + (b.B21 * b.B22)) / k.Determinant,
            ((b.B11 * b.B11) + (b.B21 * b.B21) + 1) / k.Determinant);
        var (p21, p22) = ((l21 * e11) + (l22 * e21), (l21 * e21) + (l22 * e22));
        (inner[0], inner[1], inner[2], inner[3]) = (l11 * e11 * l11, p21 * l11, p21 * l11, (p21 * l21) + (p22 * l22));
        var (c11, c12) = (b.B11 * l11, (b.B11 * l21) + (b.B12 * l22));
        var (c21, c22) = (b.B21 * l11, (b.B21 * l21) + (b.B22 * l22));
        var (g11, g12) = ((i11 * c11) + (i21 * c21), (i11 * c12) + (i21 * c22));
        var (g21, g22) = ((i21 * c11) + (i22 * c21), (i21 * c12) + (i22 * c22));
        for (var i = 0; i < r; i++)
        {
            var (y1, y2) = (y[2 * i], y[(2 * i) + 1]);
            gain[2 * i] = (y1 * g11) + (y2 * g21);
            gain[(2 * i) + 1] = (y1 * g12) + (y2 * g22);
        }

        return Math.Log(k.Determinant);
    }

    /// <summary>Adds VVᵀ to the parent, V = YC⁻ᵀ with C the Cholesky factor of K.</summary>
    private static void AddExplained(
        ReadOnlySpan<double> y, (double K11, double K21, double K22, double Determinant) k, Span<double> v, Span<double> parent)
    {
        var r = v.Length / 2;
        var c11 = Math.Sqrt(k.K11);
        var (c21, c22) = (k.K21 / c11, Math.Sqrt(k.Determinant / k.K11));
        for (var i = 0; i < r; i++)
        {
            var v1 = y[2 * i] / c11;
            var v2 = (y[(2 * i) + 1] - (c21 * v1)) / c22;
            (v[2 * i], v[(2 * i) + 1]) = (v1, v2);
            var target = parent.Slice(i * r, i + 1);
            for (var j = 0; j < target.Length; j++)
            {
                target[j] += (v1 * v[2 * j]) + (v2 * v[(2 * j) + 1]);
            }
        }
    }

    /// <summary>Adds a group's share of the derivative by Ψ; see <see cref="LevelKernel.AddDerivative"/>.</summary>
    public static void AddDerivative(
        ReadOnlySpan<double> columns,
        int r,
        ReadOnlySpan<double> lambda,
        ReadOnlySpan<double> adjoint,
        Span<double> derivative)
    {
        var (i11, i21, i22) = Inverse(Square(Product(columns, lambda)));

        // YᵀĀY, and with J = K⁻¹Lᵀ the derivative LJ − Jᵀ(YᵀĀY)J.
        var y = columns.Slice(4, 2 * r);
        var (q11, q21, q22) = (0.0, 0.0, 0.0);
        for (var i = 0; i < r; i++)
        {
            var row = adjoint.Slice(i * r, i + 1);
            var (t1, t2) = (0.0, 0.0);
            for (var j = 0; j < i; j++)
            {
                t1 += row[j] * y[2 * j];
                t2 += row[j] * y[(2 * j) + 1];
            }

            var (y1, y2) = (y[2 * i], y[(2 * i) + 1]);
            q11 += y1 * ((2 * t1) + (row[i] * y1));
            q21 += (y1 * t2) + (y2 * t1) + (row[i] * y1 * y2);
            q22 += y2 * ((2 * t2) + (row[i] * y2));
        }

        var (a11, a21, a22) = (columns[0], columns[2], columns[3]);
        var (j11, j12) = (i11 * a11, (i11 * a21) + (i21 * a22));
        var (j21, j22) = (i21 * a11, (i21 * a21) + (i22 * a22));
        var (s11, s12) = ((q11 * j11) + (q21 * j21), (q11 * j12) + (q21 * j22));
        var (s21, s22) = ((q21 * j11) + (q22 * j21), (q21 * j12) + (q22 * j22));
        var across = (a11 * j12) - ((j11 * s12) + (j21 * s22));
        derivative[0] += (a11 * j11) - ((j11 * s11) + (j21 * s21));
        derivative[1] += across;
        derivative[2] += across;
        derivative[3] += (a21 * j12) + (a22 * j22) - ((j12 * s12) + (j22 * s22));
    }

    /// <summary>B = LᵀΛ.</summary>
    private static (double B11, double B12, double B21, double B22) Product(ReadOnlySpan<double> columns, ReadOnlySpan<double> lambda) => (
        (columns[0] * lambda[0]) + (columns[2] * lambda[2]),
        columns[2] * lambda[3],
        columns[3] * lambda[2],
        columns[3] * lambda[3]);

    /// <summary>K = I + BBᵀ and its determinant.</summary>
    private static (double K11, double K21, double K22, double Determinant) Square((double B11, double B12, double B21, double B22) b)
    {
        var (first, second) = ((b.B11 * b.B11) + (b.B12 * b.B12), (b.B21 * b.B21) + (b.B22 * b.B22));
        var area = (b.B11 * b.B22) - (b.B12 * b.B21);
        return (first + 1, (b.B11 * b.B21) + (b.B12 * b.B22), second + 1, 1 + first + second + (area * area));
    }

    /// <summary>K⁻¹.</summary>
    private static (double I11, double I21, double I22) Inverse((double K11, double K21, double K22, double Determinant) k) =>
        (k.K22 / k.Determinant, -k.K21 / k.Determinant, k.K11 / k.Determinant);
}

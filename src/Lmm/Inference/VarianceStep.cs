using MarginalConditional.Lmm.Model;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Inference;

/// <summary>The elimination of one group's effects z from moments of [z, r]; see <see cref="VarianceSweep"/> for T and K.</summary>
internal readonly ref struct VarianceStep
{
    private readonly RelativeFactor factor;
    private readonly int q;
    private readonly int r;
    private readonly int d;
    private readonly double[] g;
    private readonly double[] k;
    private readonly double[] t;
    private readonly double[] inner;
    private readonly double[] cross;
    private readonly double[] plain;

    /// <summary>Prepares the step.</summary>
    /// <param name="factor">The level's factor.</param>
    /// <param name="moments">The moments of [z, r] in the metric of W.</param>
    /// <param name="relativeInner">G/σ², q×q.</param>
    /// <param name="scale">σ².</param>
    public VarianceStep(RelativeFactor factor, VarianceMoments moments, ReadOnlySpan<double> relativeInner, double scale)
    {
        this.factor = factor;
        q = factor.Dimension;
        d = moments.Width;
        r = d - q;
        plain = moments.Plain;
        g = relativeInner.ToArray();
        foreach (ref var value in g.AsSpan())
        {
            value *= scale;
        }

        var zz = Block(plain, 0, q, 0, q);
        var zr = Block(plain, 0, q, q, r);
        k = new double[q * q];
        Dense.Multiply(g, zz, q, q, q, k);
        for (var i = 0; i < q * q; i++)
        {
            k[i] = (i % (q + 1) == 0 ? 1 : 0) - k[i];
        }

        t = new double[q * r];
        Dense.Multiply(g, zr, q, q, r, t);
        foreach (ref var value in t.AsSpan())
        {
            value = -value;
        }

        // A = zᵀV⁻¹z = zᵀW⁻¹zK and B = zᵀV⁻¹r = KᵀzᵀW⁻¹r.
        inner = new double[q * q];
        Dense.Multiply(zz, k, q, q, q, inner);
        cross = new double[q * r];
        Dense.TransposeMultiply(k, zr, q, q, r, cross);
    }

    /// <summary>Adds rᵀV⁻¹r.</summary>
    public void AddPlain(Span<double> target)
    {
        var change = new double[r * r];
        Dense.TransposeMultiply(Block(plain, 0, q, q, r), t, q, r, r, change);
        Dense.AddScaled(1, Block(plain, q, r, q, r), target);
        Dense.AddScaled(1, change, target);
    }

    /// <summary>Adds TᵀMT.</summary>
    public void AddReduced(double[] matrix, Span<double> target)
    {
        var half = Right(matrix);
        var result = new double[r * r];
        Dense.TransposeMultiply(t, half.AsSpan(0, q * r), q, r, r, result);
        Dense.AddScaled(1, half.AsSpan(q * r, r * r), target);
        Dense.AddScaled(1, result, target);
    }

    /// <summary>Adds Tᵀ(M_kl − M_k·zGM_l,z·)T for two parameters that W depends on.</summary>
    public void AddReducedPair(double[] first, double[] second, double[] pair, Span<double> target)
    {
        AddReduced(pair, target);
        var left = Right(first).AsSpan(0, q * r).ToArray();
        var right = new double[q * r];
        Dense.Multiply(g, Right(second).AsSpan(0, q * r), q, q, r, right);
        var change = new double[r * r];
        Dense.TransposeMultiply(left, right, q, r, r, change);
        Dense.AddScaled(-1, change, target);
    }

    /// <summary>What tr V⁻¹V_kV⁻¹V_l has beyond tr W⁻¹V_kW⁻¹V_l.</summary>
    public double TraceChange(double[] first, double[] second, double[] pair)
    {
        var (gm, gn) = (new double[q * q], new double[q * q]);
        Dense.Multiply(g, Block(first, 0, q, 0, q), q, q, q, gm);
        Dense.Multiply(g, Block(second, 0, q, 0, q), q, q, q, gn);
        var sum = -2 * Dense.Dot(g, Block(pair, 0, q, 0, q));
        for (var i = 0; i < q; i++)
        {
            for (var j = 0; j < q; j++)
            {
                sum += gm[(i * q) + j] * gn[(j * q) + i];
            }
        }

        return sum;
    }

    /// <summary>Adds BᵀE_kB, E_k the derivative of D by an own parameter.</summary>
    public void AddOwn(int parameter, Span<double> target) => AddSelected(cross, parameter, cross, target);

    /// <summary>Adds BᵀE_kAE_lB.</summary>
    public void AddOwnPair(int first, int second, Span<double> target)
    {
        var selected = Select(second, cross, r);
        var product = new double[q * r];
        Dense.Multiply(inner, selected, q, q, r, product);
        AddSelected(cross, first, product, target);
    }

    /// <summary>tr AE_kAE_l.</summary>
    public double TraceOwn(int first, int second)
    {
        var (one, other) = (Select(first, inner, q), Select(second, inner, q));
        var sum = 0.0;
        for (var i = 0; i < q; i++)
        {
            for (var j = 0; j < q; j++)
            {
                sum += one[(i * q) + j] * other[(j * q) + i];
            }
        }

        return sum;
    }

    /// <summary>Adds rᵀV⁻¹V_kV⁻¹zE_lzᵀV⁻¹r for a parameter k of W and an own parameter l.</summary>
    public void AddMixedPair(double[] first, int second, Span<double> target)
    {
        var left = new double[q * r];
        Dense.TransposeMultiply(k, Right(first).AsSpan(0, q * r), q, q, r, left);
        AddSelected(left, second, cross, target);
    }

    /// <summary>tr V⁻¹V_kV⁻¹zE_lzᵀ.</summary>
    public double TraceMixed(double[] first, int second)
    {
        var (half, full) = (new double[q * q], new double[q * q]);
        Dense.Multiply(Block(first, 0, q, 0, q), k, q, q, q, half);
        Dense.TransposeMultiply(k, half, q, q, q, full);
        var selected = Select(second, full, q);
        var sum = 0.0;
        for (var i = 0; i < q; i++)
        {
            sum += selected[(i * q) + i];
        }

        return sum;
    }

    /// <summary>MT, its z rows first.</summary>
    private double[] Right(double[] matrix)
    {
        var result = new double[d * r];
        Dense.Multiply(Block(matrix, 0, d, 0, q), t, d, q, r, result);
        Dense.AddScaled(1, Block(matrix, 0, d, q, r), result);
        return result;
    }

    /// <summary>E_kM for M of q rows.</summary>
    private double[] Select(int parameter, double[] matrix, int columns)
    {
        var result = new double[q * columns];
        for (var copy = 0; copy < factor.Copies(parameter); copy++)
        {
            var (row, column) = factor.Place(parameter, copy);
            Dense.AddScaled(1, matrix.AsSpan(column * columns, columns), result.AsSpan(row * columns, columns));
            if (row != column)
            {
                Dense.AddScaled(1, matrix.AsSpan(row * columns, columns), result.AsSpan(column * columns, columns));
            }
        }

        return result;
    }

    /// <summary>target += LᵀE_kR, both q×r.</summary>
    private void AddSelected(double[] left, int parameter, double[] right, Span<double> target)
    {
        var product = new double[r * r];
        Dense.TransposeMultiply(left, Select(parameter, right, r), q, r, r, product);
        Dense.AddScaled(1, product, target);
    }

    private double[] Block(double[] matrix, int row, int rows, int column, int columns)
    {
        var result = new double[rows * columns];
        for (var i = 0; i < rows; i++)
        {
            matrix.AsSpan(((row + i) * d) + column, columns).CopyTo(result.AsSpan(i * columns));
        }

        return result;
    }
}

using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Ordinal;

/// <summary>The derivatives of a block's log-likelihood as they gather: by the two ends of every row, and by the factors Λ.</summary>
internal sealed class OrdinalSlopes
{
    private readonly OrdinalRows rows;
    private readonly OrdinalBlock block;
    private readonly double[] upper;
    private readonly double[] lower;
    private readonly double[][] factors;

    /// <summary>Allocates for the largest block.</summary>
    public OrdinalSlopes(OrdinalRows rows, OrdinalBlock block)
    {
        this.rows = rows;
        this.block = block;
        (upper, lower) = (new double[rows.MaximumRows], new double[rows.MaximumRows]);
        factors = [.. rows.Levels.Select(level => new double[level.Factor.Dimension * level.Factor.Dimension])];
    }

    /// <summary>Forgets what was gathered.</summary>
    public void Begin()
    {
        upper.AsSpan(0, block.Rows).Clear();
        lower.AsSpan(0, block.Rows).Clear();
        foreach (var factor in factors)
        {
            factor.AsSpan().Clear();
        }
    }

    /// <summary>The derivatives by the upper and the lower point of a row.</summary>
    public (double Upper, double Lower) Ends(int row) => (upper[row], lower[row]);

    /// <summary>Adds derivatives with respect to the upper and the lower point of a row.</summary>
    public void AddEnds(int row, double byUpper, double byLower)
    {
        upper[row] += byUpper;
        lower[row] += byLower;
    }

    /// <summary>Adds a multiple of z vᵀ, the derivative of zᵀΛv with respect to Λ, for every level.</summary>
    /// <param name="row">The row, with its z.</param>
    /// <param name="multiple">The multiple.</param>
    /// <param name="effects">v, all effects of the block.</param>
    public void AddOuter(int row, double multiple, ReadOnlySpan<double> effects)
    {
        var z = rows.Effects.AsSpan((block.First + row) * rows.EffectsOfRow, rows.EffectsOfRow);
        var first = 0;
        for (var l = 0; l < factors.Length; l++)
        {
            var q = rows.Levels[l].Factor.Dimension;
            var group = effects.Slice(block.PlaceOf(row, l), q);
            for (var a = 0; a < q; a++)
            {
                Dense.AddScaled(multiple * z[first + a], group, factors[l].AsSpan(a * q));
            }

            first += q;
        }
    }

    /// <summary>sᵀGs of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="matrix">G, symmetric, effects×effects.</param>
    public double Curve(int row, ReadOnlySpan<double> matrix)
    {
        var loading = block.Loadings(row);
        var (sum, first) = (0.0, 0);
        for (var l = 0; l < factors.Length; l++)
        {
            var q = rows.Levels[l].Factor.Dimension;
            for (var a = 0; a < q; a++)
            {
                sum += loading[first + a] * Line(row, matrix.Slice((block.PlaceOf(row, l) + a) * block.Effects, block.Effects));
            }

            first += q;
        }

        return sum;
    }

    /// <summary>The entries of Gs at a row's own effects; the others are left alone.</summary>
    public void Image(int row, ReadOnlySpan<double> matrix, Span<double> image)
    {
        for (var l = 0; l < factors.Length; l++)
        {
            var place = block.PlaceOf(row, l);
            for (var a = 0; a < rows.Levels[l].Factor.Dimension; a++)
            {
                image[place + a] = Line(row, matrix.Slice((place + a) * block.Effects, block.Effects));
            }
        }
    }

    /// <summary>The number of thresholds and coefficients.</summary>
    public int FixedCount => rows.Layout.Count;

    /// <summary>Adds what was gathered by thresholds and coefficients to a gradient, in whose front they stand.</summary>
    public void AddFixed(Span<double> gradient)
    {
        var layout = rows.Layout;
        var (shared, nominal) = (layout.Shared.Length, layout.Nominal.Length);
        for (var r = 0; r < block.Rows; r++)
        {
            var row = block.First + r;
            var code = rows.Codes[row];
            AddEnd(gradient, row, code, upper[r]);
            AddEnd(gradient, row, code - 1, lower[r]);
            Dense.AddScaled(-upper[r] - lower[r], rows.Shared.AsSpan(row * shared, shared), gradient.Slice(layout.Thresholds, shared));
        }

        void AddEnd(Span<double> target, int row, int threshold, double value)
        {
            if (threshold < 0 || threshold == layout.Thresholds)
            {
                return;
            }

            target[threshold] += value;
            for (var c = 0; c < nominal; c++)
            {
                target[layout.NominalPlace(c, threshold)] -= value * rows.Nominal[(row * nominal) + c];
            }
        }
    }

    /// <summary>Adds the derivatives by the parameters of the factors.</summary>
    public void AddFactors(Span<double> gradient)
    {
        var start = 0;
        for (var l = 0; l < factors.Length; l++)
        {
            var factor = rows.Levels[l].Factor;
            for (var e = 0; e < factor.ParameterCount; e++)
            {
                gradient[start + e] += factors[l][(factor.Rows[e] * factor.Dimension) + factor.Columns[e]];
            }

            start += factor.ParameterCount;
        }
    }

    /// <summary>A row of a matrix times s.</summary>
    private double Line(int row, ReadOnlySpan<double> line) => block.Shift(row, line);
}

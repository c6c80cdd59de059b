using MarginalConditional.Mixed;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Model;

/// <summary>
/// Translates the parameters of the iteration (scaled columns, upper factors Λ)
/// to those that are reported (the data's columns, lower Cholesky factors of D).
/// </summary>
internal sealed partial class ParameterMap
{
    private readonly IFixedScaling scaling;
    private readonly IReadOnlyList<RandomLevel> levels;
    private readonly Block[] blocks;
    private readonly int p;
    private readonly double singularShare;

    /// <summary>Maps the parameters (β, θ of each level, γ, log φ) of a model.</summary>
    /// <param name="scaling">The change of variables of the columns.</param>
    /// <param name="levels">The groupings, coarsest first.</param>
    /// <param name="freeDispersion">Whether φ is a parameter.</param>
    /// <param name="singularShare">A diagonal of the Cholesky factor of D below this share of its standard deviation is zero.</param>
    /// <param name="inflation">The change of variables of the columns of the log odds of excess zeros; null without any.</param>
    public ParameterMap(
        IFixedScaling scaling,
        IReadOnlyList<RandomLevel> levels,
        bool freeDispersion,
        double singularShare,
        ColumnScaling? inflation = null)
    {
        this.inflation = inflation;
        this.scaling = scaling;
        this.levels = levels;
        this.singularShare = singularShare;
        blocks = Blocks(levels);
        p = scaling.Columns;
        InflationStart = p + levels.Sum(level => level.Factor.ParameterCount);
        InflationColumns = inflation?.Columns ?? 0;
        ParameterCount = InflationStart + InflationColumns + (freeDispersion ? 1 : 0);
    }

    /// <summary>m.</summary>
    public int ParameterCount { get; }

    /// <summary>The reported parameters, and whether D is singular.</summary>
    public double[] ToReported(ReadOnlySpan<double> scaled, out bool singular)
    {
        var reported = scaled.ToArray();
        scaling.ToData(scaled[..p], reported.AsSpan(0, p));
        singular = false;
        var start = p;
        foreach (var block in blocks)
        {
            var lower = LowerFactor(block, scaled.Slice(start, block.Count), out var deficient);
            singular |= deficient;
            block.Lower.Pack(lower, reported.AsSpan(start, block.Count));
            start += block.Count;
        }

        inflation?.ToData(scaled.Slice(start, InflationColumns), reported.AsSpan(start, InflationColumns));
        return reported;
    }

    /// <summary>The Jacobian ∂(scaled)/∂(reported), m×m, and its inverse.</summary>
    /// <remarks>
    /// Where D is singular, both move along the covariances of the same rank: rows and columns
    /// of the entries held at zero are 0, and the first is a left inverse of the second.
    /// </remarks>
    public void Jacobians(ReadOnlySpan<double> scaled, out double[] scaledByReported, out double[] reportedByScaled)
    {
        var m = ParameterCount;
        scaledByReported = new double[m * m];
        reportedByScaled = new double[m * m];
        scaling.FillJacobian(scaledByReported, m);
        Span<double> unit = stackalloc double[p];
        Span<double> image = stackalloc double[p];
        for (var j = 0; j < p; j++)
        {
            unit.Clear();
            unit[j] = 1;
            scaling.ToData(unit, image);
            for (var i = 0; i < p; i++)
            {
                reportedByScaled[(i * m) + j] = image[i];
            }
        }

        var start = p;
        foreach (var block in blocks)
        {
            FillBlock(block, scaled.Slice(start, block.Count), scaledByReported, reportedByScaled, start);
            start += block.Count;
        }

        FillInflation(scaledByReported, reportedByScaled);
        if (start + InflationColumns < m)
        {
            scaledByReported[(m * m) - 1] = reportedByScaled[(m * m) - 1] = 1;
        }
    }

    /// <summary>D of one term, in the data's units.</summary>
    public double[] CovarianceOf(int level, int term, ReadOnlySpan<double> scaled)
    {
        var start = p;
        foreach (var block in blocks)
        {
            if (block.Level == level && block.Term == term)
            {
                return Covariance(Upper(block, scaled.Slice(start, block.Count)), block.Dimension);
            }

            start += block.Count;
        }

        throw new ArgumentOutOfRangeException(nameof(term));
    }

    private static double[] Covariance(double[] upper, int q)
    {
        var covariance = new double[q * q];
        Dense.MultiplyTranspose(upper, upper, q, q, q, covariance);
        return covariance;
    }

    private static Block[] Blocks(IReadOnlyList<RandomLevel> levels)
    {
        var blocks = new Block[levels.Sum(level => level.Terms.Count)];
        for (int l = 0, b = 0; l < levels.Count; l++)
        {
            for (var t = 0; t < levels[l].Terms.Count; t++, b++)
            {
                blocks[b] = new Block(l, t, levels[l]);
            }
        }

        return blocks;
    }

    // U in the data's units, q×q by row.
    private double[] Upper(Block block, ReadOnlySpan<double> theta)
    {
        var q = block.Dimension;
        var upper = new double[q * q];
        for (var e = 0; e < block.Count; e++)
        {
            var entry = block.Upper.Entries[e];
            upper[(entry.Row * q) + entry.Column] = theta[e] / levels[block.Level].Scales[block.FirstColumn + entry.Row];
        }

        return upper;
    }

    // The lower Cholesky factor of D; a pivot that is zero to rounding gives a column of zeros.
    private double[] LowerFactor(Block block, ReadOnlySpan<double> theta, out bool deficient)
    {
        var q = block.Dimension;
        var lower = Covariance(Upper(block, theta), q);
        deficient = Cholesky.FactorSemidefinite(lower, q, singularShare * singularShare) < q;
        Dense.ClearUpper(lower, q);
        return lower;
    }

    // One free entry of U at a time; then the inverse of that block. Columns of U that are zero are held there.
    private void FillBlock(Block block, ReadOnlySpan<double> theta, double[] scaledByReported, double[] reportedByScaled, int start)
    {
        var m = ParameterCount;
        var q = block.Dimension;
        var derivative = new FactorDerivative(LowerFactor(block, theta, out _), Upper(block, theta), q);
        if (derivative.FreeColumns != derivative.Rank)
        {
            return;
        }

        var jacobian = new double[block.Count * block.Count];
        var column = new double[block.Count];
        Span<int> places = stackalloc int[block.Count];
        var count = 0;
        foreach (var (_, a, b, e) in block.Upper.Entries)
        {
            if (!derivative.IsFree(b))
            {
                continue;
            }

            block.Lower.Pack(derivative.Of(a, b, 1 / levels[block.Level].Scales[block.FirstColumn + a]), column);
            for (var i = 0; i < block.Count; i++)
            {
                jacobian[(i * block.Count) + count] = column[i];
                reportedByScaled[((start + i) * m) + start + e] = column[i];
            }

            places[count++] = e;
        }

        var free = places[..count];
        var inverse = LeftInverse(jacobian, block.Count, count);
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < block.Count; j++)
            {
                scaledByReported[((start + free[i]) * m) + start + j] = inverse[(i * block.Count) + j];
            }
        }
    }

    // (JᵀJ)⁻¹Jᵀ of the first columns of J, which is J⁻¹ when they are all of it.
    private static double[] LeftInverse(double[] jacobian, int n, int columns)
    {
        if (columns == n)
        {
            return Invert(jacobian, n);
        }

        var gram = new double[columns * columns];
        for (var a = 0; a < columns; a++)
        {
            for (var b = 0; b < columns; b++)
            {
                for (var i = 0; i < n; i++)
                {
                    gram[(a * columns) + b] += jacobian[(i * n) + a] * jacobian[(i * n) + b];
                }
            }
        }

        var gramInverse = Invert(gram, columns);
        var inverse = new double[columns * n];
        for (var a = 0; a < columns; a++)
        {
            for (var i = 0; i < n; i++)
            {
                for (var b = 0; b < columns; b++)
                {
                    inverse[(a * n) + i] += gramInverse[(a * columns) + b] * jacobian[(i * n) + b];
                }
            }
        }

        return inverse;
    }

    private static double[] Invert(double[] matrix, int n)
    {
        var exchanges = new int[n];
        var inverse = new double[n * n];
        LowerUpper.TryFactor(matrix, n, exchanges);
        var column = new double[n];
        for (var j = 0; j < n; j++)
        {
            column.AsSpan().Clear();
            column[j] = 1;
            LowerUpper.Solve(matrix, n, exchanges, column);
            for (var i = 0; i < n; i++)
            {
                inverse[(i * n) + j] = column[i];
            }
        }

        return inverse;
    }

    // One term: the entries of its factor in the iteration (upper) and as reported (lower).
    private sealed class Block(int index, int term, RandomLevel level)
    {
        public int Level { get; } = index;

        public int Term { get; } = term;

        public int FirstColumn { get; } = level.Factor.Layout.FirstEffect(term);

        public int Dimension => Upper.Dimension;

        public FactorLayout Upper { get; } = level.Factors[term].Upper;

        public FactorLayout Lower { get; } = level.Factors[term].Lower;

        public int Count => Upper.Count;
    }
}

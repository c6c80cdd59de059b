using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.RandomEffects;

/// <summary>Translates the parameters of the iteration (scaled columns, upper factors Λ) to those that are reported (the data's columns, lower Cholesky factors of D).</summary>
internal sealed class ParameterMap
{
    // A diagonal of the Cholesky factor below this share of its standard deviation counts as zero: D is singular.
    private const double SingularShare = 1e-7;

    private readonly ColumnScaling scaling;
    private readonly IReadOnlyList<RandomLevel> levels;
    private readonly int p;

    /// <summary>Maps the parameters (β, θ of each level, log φ) of a model.</summary>
    public ParameterMap(ColumnScaling scaling, IReadOnlyList<RandomLevel> levels, bool freeDispersion)
    {
        this.scaling = scaling;
        this.levels = levels;
        p = scaling.Columns;
        ParameterCount = p + levels.Sum(level => level.Factor.ParameterCount) + (freeDispersion ? 1 : 0);
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
        foreach (var block in Blocks())
        {
            var lower = LowerFactor(block, scaled.Slice(start, block.Count), out var deficient);
            singular |= deficient;
            Pack(block, lower, reported.AsSpan(start, block.Count));
            start += block.Count;
        }

        return reported;
    }

    /// <summary>The Jacobian ∂(scaled)/∂(reported), m×m, and its inverse; entries of singular blocks are 0 in the first and 0 in the second.</summary>
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
        foreach (var block in Blocks())
        {
            FillBlock(block, scaled.Slice(start, block.Count), scaledByReported, reportedByScaled, start);
            start += block.Count;
        }

        if (start < m)
        {
            scaledByReported[(m * m) - 1] = reportedByScaled[(m * m) - 1] = 1;
        }
    }

    /// <summary>D of one term, in the data's units.</summary>
    public double[] CovarianceOf(int level, int term, ReadOnlySpan<double> scaled)
    {
        var start = p;
        foreach (var block in Blocks())
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

    private IEnumerable<Block> Blocks()
    {
        for (var l = 0; l < levels.Count; l++)
        {
            var column = 0;
            for (var t = 0; t < levels[l].Factor.Blocks.Count; t++)
            {
                var (dimension, correlated) = levels[l].Factor.Blocks[t];
                yield return new Block(l, t, column, dimension, correlated);
                column += dimension;
            }
        }
    }

    // U in the data's units, q×q by row.
    private double[] Upper(Block block, ReadOnlySpan<double> theta)
    {
        var q = block.Dimension;
        var upper = new double[q * q];
        var e = 0;
        for (var b = 0; b < q; b++)
        {
            for (var a = block.Correlated ? 0 : b; a <= b; a++)
            {
                upper[(a * q) + b] = theta[e++] / levels[block.Level].Scales[block.FirstColumn + a];
            }
        }

        return upper;
    }

    // The lower Cholesky factor of D; a pivot that is zero to rounding gives a column of zeros.
    private double[] LowerFactor(Block block, ReadOnlySpan<double> theta, out bool deficient)
    {
        var q = block.Dimension;
        var lower = Covariance(Upper(block, theta), q);
        deficient = false;
        for (var j = 0; j < q; j++)
        {
            var variance = lower[(j * q) + j];
            var pivot = variance;
            for (var k = 0; k < j; k++)
            {
                pivot -= lower[(j * q) + k] * lower[(j * q) + k];
            }

            var zero = !(pivot > SingularShare * SingularShare * variance);
            deficient |= zero;
            var root = zero ? 0 : Math.Sqrt(pivot);
            for (var i = j; i < q; i++)
            {
                var sum = lower[(i * q) + j];
                for (var k = 0; k < j && i > j; k++)
                {
                    sum -= lower[(i * q) + k] * lower[(j * q) + k];
                }

                lower[(i * q) + j] = i == j ? root : zero ? 0 : sum / root;
            }

            for (var i = 0; i < j; i++)
            {
                lower[(i * q) + j] = 0;
            }
        }

        return lower;
    }

    private static void Pack(Block block, double[] lower, Span<double> theta)
    {
        var q = block.Dimension;
        var e = 0;
        for (var b = 0; b < q; b++)
        {
            for (var a = b; a < (block.Correlated ? q : b + 1); a++)
            {
                theta[e++] = lower[(a * q) + b];
            }
        }
    }

    // dL = LΦ(L⁻¹ dD L⁻ᵀ) for dD = dU Uᵀ + U dUᵀ, one free entry of U at a time; then the inverse of that block.
    private void FillBlock(Block block, ReadOnlySpan<double> theta, double[] scaledByReported, double[] reportedByScaled, int start)
    {
        var m = ParameterCount;
        var q = block.Dimension;
        var lower = LowerFactor(block, theta, out var deficient);
        if (deficient)
        {
            return;
        }

        var upper = Upper(block, theta);
        var jacobian = new double[block.Count * block.Count];
        var column = new double[block.Count];
        var e = 0;
        for (var b = 0; b < q; b++)
        {
            for (var a = block.Correlated ? 0 : b; a <= b; a++, e++)
            {
                var scale = 1 / levels[block.Level].Scales[block.FirstColumn + a];
                Pack(block, FactorDerivative(lower, upper, q, a, b, scale), column);
                for (var i = 0; i < block.Count; i++)
                {
                    jacobian[(i * block.Count) + e] = column[i];
                    reportedByScaled[((start + i) * m) + start + e] = column[i];
                }
            }
        }

        var inverse = Invert(jacobian, block.Count);
        for (var i = 0; i < block.Count; i++)
        {
            for (var j = 0; j < block.Count; j++)
            {
                scaledByReported[((start + i) * m) + start + j] = inverse[(i * block.Count) + j];
            }
        }
    }

    private static double[] FactorDerivative(double[] lower, double[] upper, int q, int a, int b, double scale)
    {
        // dD has row a and column a equal to scale·U's column b (twice on the diagonal).
        var change = new double[q * q];
        for (var c = 0; c < q; c++)
        {
            change[(a * q) + c] += scale * upper[(c * q) + b];
            change[(c * q) + a] += scale * upper[(c * q) + b];
        }

        for (var c = 0; c < q; c++)
        {
            // L⁻¹ dD by columns, then the same from the right.
            var line = new double[q];
            for (var r = 0; r < q; r++)
            {
                line[r] = change[(r * q) + c];
            }

            Cholesky.SolveLower(lower, q, line);
            for (var r = 0; r < q; r++)
            {
                change[(r * q) + c] = line[r];
            }
        }

        for (var r = 0; r < q; r++)
        {
            Cholesky.SolveLower(lower, q, change.AsSpan(r * q, q));
        }

        var derivative = new double[q * q];
        for (var r = 0; r < q; r++)
        {
            for (var c = 0; c <= r; c++)
            {
                for (var k = c; k <= r; k++)
                {
                    derivative[(r * q) + c] += lower[(r * q) + k] * change[(k * q) + c] * (k == c ? 0.5 : 1);
                }
            }
        }

        return derivative;
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

    private readonly record struct Block(int Level, int Term, int FirstColumn, int Dimension, bool Correlated)
    {
        public int Count => Correlated ? Dimension * (Dimension + 1) / 2 : Dimension;
    }
}

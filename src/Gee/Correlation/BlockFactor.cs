using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Correlation;

/// <summary>
/// A factor of the inverse of one cluster's block exchangeable matrix, with any
/// periods missing, in closed form but for a matrix of the order of the periods.
/// </summary>
/// <remarks>
/// With a (one period), b (neither shared) and c (one individual), R = B + Z S Zᵀ: B = e I + (c − b) blocks of ones by individual,
/// e = 1 − a − c + b, Z the indicators of periods and S = (a − b) I + b J. B^−½ is known by individual, and B^−½ R B^−½ = I + Q S Qᵀ with
/// Q = B^−½ Z. With G = QᵀQ = LLᵀ and I + LᵀSL = CCᵀ a factor of its inverse is I + Q H Qᵀ, H = L⁻ᵀ (C⁻¹ − I) L⁻¹.
/// A column costs O(n + T²) for T periods.
/// </remarks>
internal sealed class BlockFactor : IShiftedMatrix
{
    private readonly int[] individuals;
    private readonly int[] periods;
    private readonly int start;
    private readonly int rows;
    private readonly int[] order;
    private readonly int[] first;
    private readonly double[] shrinkBySize;
    private readonly double[] correction;
    private readonly int periodCount;
    private readonly double[] alpha;
    private readonly double tolerance;
    private readonly double[] scratch;
    private double scale;

    /// <summary>Prepares one cluster.</summary>
    /// <param name="layout">Individuals and periods.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="start">Its first row.</param>
    /// <param name="rows">The number of its rows.</param>
    /// <param name="alpha">a, b and c, which may change until the next factorization.</param>
    /// <param name="tolerance">What a pivot, as a share of its diagonal element, has to exceed.</param>
    /// <param name="scratch">At least <see cref="Scratch"/> values, for all clusters to share.</param>
    public BlockFactor(BlockLayout layout, int cluster, int start, int rows, double[] alpha, double tolerance, double[] scratch)
    {
        (this.alpha, this.tolerance, this.scratch) = (alpha, tolerance, scratch);
        (individuals, periods, this.start, this.rows) = (layout.Individuals, layout.Periods, start, rows);
        periodCount = layout.PeriodCounts[cluster];
        first = new int[layout.IndividualCounts[cluster] + 1];
        for (var row = start; row < start + rows; row++)
        {
            first[individuals[row] + 1]++;
        }

        var largest = first.Max();
        for (var i = 1; i < first.Length; i++)
        {
            first[i] += first[i - 1];
        }

        order = new int[rows];
        var next = first.ToArray();
        for (var row = start; row < start + rows; row++)
        {
            order[next[individuals[row]]++] = row;
        }

        shrinkBySize = new double[largest + 1];
        correction = new double[periodCount * periodCount];
    }

    /// <summary>The number of values that a factorization needs as scratch.</summary>
    public static int Scratch(int periods) => 4 * periods * periods;

    /// <inheritdoc/>
    public double LowerBound => 1 - ((rows - 1) * Math.Max(Math.Abs(alpha[0]), Math.Max(Math.Abs(alpha[1]), Math.Abs(alpha[2]))));

    /// <summary>Factorizes R − shift·I. False when that, or its part B alone, is not positive definite.</summary>
    public bool TryShift(double shift)
    {
        var own = 1 - shift - alpha[0] - alpha[2] + alpha[1];
        var excess = alpha[2] - alpha[1];
        if (!(own > tolerance) || !(own + ((shrinkBySize.Length - 1) * excess) > tolerance))
        {
            return false;
        }

        scale = 1 / Math.Sqrt(own);
        for (var size = 1; size < shrinkBySize.Length; size++)
        {
            shrinkBySize[size] = (1 - Math.Sqrt(own / (own + (size * excess)))) / size;
        }

        var square = correction.Length;
        var gram = scratch.AsSpan(0, square);
        Gram(own, excess, gram);
        return Cholesky.TryFactor(gram, periodCount, out _, tolerance)
            && TryCorrect(gram, alpha[0] - alpha[1], alpha[1], scratch.AsSpan(square));
    }

    /// <summary>Replaces x, the cluster's rows, by (I + QHQᵀ)B^−½ x.</summary>
    public void Whiten(Span<double> x)
    {
        Span<double> local = stackalloc double[512];
        var needed = first.Length + (2 * periodCount);
        var buffer = needed <= local.Length ? local[..needed] : new double[needed];
        ApplyRoot(x, buffer);
        ApplyCorrection(x, buffer, transposed: false);
    }

    /// <inheritdoc/>
    public void Solve(Span<double> x)
    {
        var buffer = new double[first.Length + (2 * periodCount)];
        ApplyRoot(x, buffer);
        ApplyCorrection(x, buffer, transposed: false);
        ApplyCorrection(x, buffer, transposed: true);
        ApplyRoot(x, buffer);
    }

    /// <inheritdoc/>
    public void Multiply(ReadOnlySpan<double> x, Span<double> y)
    {
        var sums = new double[first.Length];
        var byPeriod = new double[periodCount];
        SumByIndividual(x, sums);
        var total = 0.0;
        for (var j = 0; j < rows; j++)
        {
            byPeriod[periods[start + j]] += x[j];
            total += x[j];
        }

        for (var j = 0; j < rows; j++)
        {
            y[j] = ((1 - alpha[0] - alpha[2] + alpha[1]) * x[j]) + ((alpha[2] - alpha[1]) * sums[individuals[start + j]])
                + ((alpha[0] - alpha[1]) * byPeriod[periods[start + j]]) + (alpha[1] * total);
        }
    }

    /// <summary>x ← B^−½ x.</summary>
    private void ApplyRoot(Span<double> x, Span<double> buffer)
    {
        var sums = buffer[..first.Length];
        SumByIndividual(x, sums);
        for (var j = 0; j < rows; j++)
        {
            x[j] = scale * (x[j] - (Shrink(j) * sums[individuals[start + j]]));
        }
    }

    /// <summary>x ← (I + QHQᵀ)x, or with the transposed of H.</summary>
    private void ApplyCorrection(Span<double> x, Span<double> buffer, bool transposed)
    {
        var sums = buffer[..first.Length];
        var byPeriod = buffer.Slice(first.Length, periodCount);
        var weights = buffer.Slice(first.Length + periodCount, periodCount);
        SumByIndividual(x, sums);
        byPeriod.Clear();
        for (var j = 0; j < rows; j++)
        {
            byPeriod[periods[start + j]] += scale * (x[j] - (Shrink(j) * sums[individuals[start + j]]));
        }

        if (transposed)
        {
            Dense.MultiplyTransposed(correction, byPeriod, weights);
        }
        else
        {
            Dense.Multiply(correction, byPeriod, weights);
        }

        sums.Clear();
        for (var j = 0; j < rows; j++)
        {
            sums[individuals[start + j]] += weights[periods[start + j]];
        }

        for (var j = 0; j < rows; j++)
        {
            x[j] += scale * (weights[periods[start + j]] - (Shrink(j) * sums[individuals[start + j]]));
        }
    }

    private double Shrink(int row)
    {
        var individual = individuals[start + row];
        return shrinkBySize[first[individual + 1] - first[individual]];
    }

    private void SumByIndividual(ReadOnlySpan<double> x, Span<double> sums)
    {
        sums.Clear();
        for (var j = 0; j < rows; j++)
        {
            sums[individuals[start + j]] += x[j];
        }
    }

    /// <summary>ZᵀB⁻¹Z.</summary>
    private void Gram(double own, double excess, Span<double> gram)
    {
        gram.Clear();
        for (var individual = 0; individual + 1 < first.Length; individual++)
        {
            var members = order.AsSpan(first[individual]..first[individual + 1]);
            var shared = excess / (own + (members.Length * excess)) / own;
            foreach (var row in members)
            {
                gram[periods[row] * (periodCount + 1)] += 1 / own;
                foreach (var other in members)
                {
                    gram[(periods[row] * periodCount) + periods[other]] -= shared;
                }
            }
        }
    }

    private bool TryCorrect(ReadOnlySpan<double> factor, double diagonal, double all, Span<double> scratch)
    {
        var (n, square) = (periodCount, correction.Length);
        var middle = scratch[..square];
        Middle(factor, diagonal, all, middle, scratch.Slice(square, n));
        if (!Cholesky.TryFactor(middle, n, out _, tolerance))
        {
            return false;
        }

        var inverse = scratch.Slice(square, square);
        var change = scratch.Slice(2 * square, square);
        Cholesky.InvertFactor(factor, n, inverse);
        for (var i = 0; i < n; i++)
        {
            // A row of C⁻¹L⁻¹ follows from those above it.
            var row = change.Slice(i * n, n);
            inverse.Slice(i * n, n).CopyTo(row);
            for (var k = 0; k < i; k++)
            {
                Dense.AddScaled(-middle[(i * n) + k], change.Slice(k * n, k + 1), row[..(k + 1)]);
            }

            SpanMath.Divide(row, middle[(i * n) + i], row);
        }

        SpanMath.Subtract(change, inverse, change);
        Dense.TransposeMultiply(inverse, change, n, n, n, correction);
        return true;
    }

    /// <summary>The lower triangle of I + LᵀSL = I + diagonal LᵀL + all (Lᵀ1)(Lᵀ1)ᵀ.</summary>
    private void Middle(ReadOnlySpan<double> factor, double diagonal, double all, Span<double> middle, Span<double> sums)
    {
        var n = periodCount;
        middle.Clear();
        sums.Clear();
        for (var i = 0; i < n; i++)
        {
            var row = factor.Slice(i * n, i + 1);
            SpanMath.Add(sums[..(i + 1)], row, sums[..(i + 1)]);
            for (var j = 0; j <= i; j++)
            {
                Dense.AddScaled(diagonal * row[j], row[..(j + 1)], middle.Slice(j * n, j + 1));
            }
        }

        for (var j = 0; j < n; j++)
        {
            Dense.AddScaled(all * sums[j], sums[..(j + 1)], middle.Slice(j * n, j + 1));
            middle[j * (n + 1)]++;
        }
    }
}

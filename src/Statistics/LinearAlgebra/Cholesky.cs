using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Statistics.LinearAlgebra;

/// <summary>The Cholesky factor A = L·Lᵀ of small symmetric matrices, and what is computed from it.</summary>
/// <remarks>
/// <para>
/// Matrices are square, row-major spans of n·n numbers. Only the lower triangle is read and written, unless said otherwise; what is
/// above the diagonal is left alone. Nothing is allocated.
/// </para>
/// <para>
/// One rule of rank: column j counts as independent of those before it when its pivot, what is left of a_jj after them, exceeds a share of
/// a_jj. The share is <see cref="DefaultTolerance"/> where rank is in question, and <see cref="Definite"/> where the matrix is
/// positive definite by construction, so that only a pivot that is not positive says otherwise.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// using MarginalConditional.Statistics.LinearAlgebra;
///
/// double[] matrix = [4, 2, 2, 3];
/// if (Cholesky.TryFactor(matrix, 2, out _))
/// {
///     double[] solution = [1, 2];
///     Cholesky.Solve(matrix, 2, solution);
///     Console.WriteLine(string.Join(' ', solution));
/// }
/// </code>
/// </example>
public static class Cholesky
{
    /// <summary>Pivots below this share of the diagonal element they came from count as zero.</summary>
    public const double DefaultTolerance = 1e-14;

    /// <summary>Any positive pivot counts: for matrices that are positive definite by construction.</summary>
    public const double Definite = 0;

    /// <summary>Replaces the lower triangle of A by L.</summary>
    /// <param name="matrix">A, n×n; holds L afterwards. After a failure its content is undefined.</param>
    /// <param name="n">The order.</param>
    /// <param name="failedPivot">The first column that depends on the columns before it or makes A indefinite; −1 on success.</param>
    /// <param name="tolerance">A pivot has to exceed this share of its diagonal element.</param>
    /// <returns>Whether A is numerically positive definite.</returns>
    public static bool TryFactor(Span<double> matrix, int n, out int failedPivot, double tolerance = DefaultTolerance)
    {
        matrix = matrix[..(n * n)];
        for (var j = 0; j < n; j++)
        {
            CancellationScope.CheckLong(n);
            var rowJ = matrix.Slice(j * n, j + 1);
            var diagonal = rowJ[j];
            var pivot = Less(diagonal, rowJ[..j], rowJ);
            if (!(pivot > tolerance * diagonal) || !(pivot > 0) || !double.IsFinite(pivot))
            {
                failedPivot = j;
                return false;
            }

            var root = Math.Sqrt(pivot);
            rowJ[j] = root;
            var inverse = 1 / root;
            for (var i = j + 1; i < n; i++)
            {
                var rowI = matrix.Slice(i * n, j + 1);
                rowI[j] = Less(rowI[j], rowI[..j], rowJ) * inverse;
            }
        }

        failedPivot = -1;
        return true;
    }

    /// <summary>
    /// Replaces the lower triangle of a positive semidefinite A by L; a column that depends on those before it becomes zeros.
    /// </summary>
    /// <param name="matrix">A, n×n; holds L afterwards.</param>
    /// <param name="n">The order.</param>
    /// <param name="tolerance">A pivot has to exceed this share of its diagonal element.</param>
    /// <returns>The rank: the number of columns that are not zero.</returns>
    public static int FactorSemidefinite(Span<double> matrix, int n, double tolerance = DefaultTolerance)
    {
        var rank = 0;
        for (var j = 0; j < n; j++)
        {
            var rowJ = matrix.Slice(j * n, j + 1);
            var pivot = Less(rowJ[j], rowJ[..j], rowJ);
            var independent = pivot > tolerance * rowJ[j];
            rank += independent ? 1 : 0;
            rowJ[j] = independent ? Math.Sqrt(pivot) : 0;
            for (var i = j + 1; i < n; i++)
            {
                var rowI = matrix.Slice(i * n, j + 1);
                rowI[j] = independent ? Less(rowI[j], rowI[..j], rowJ) / rowJ[j] : 0;
            }
        }

        return rank;
    }

    /// <summary>Factors A, its diagonal raised as little as a schedule has it until the matrix is positive definite.</summary>
    /// <param name="matrix">A, n×n; must not overlap the factor.</param>
    /// <param name="n">The order.</param>
    /// <param name="schedule">By how much the diagonal is raised, step by step.</param>
    /// <param name="factor">Receives L; the upper triangle is that of A.</param>
    /// <returns>How far the schedule had to go: 0 when A is positive definite
    /// itself, NaN when its end was reached, the factor then undefined.</returns>
    public static double FactorRaised(ReadOnlySpan<double> matrix, int n, RaisingSchedule schedule, Span<double> factor)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        matrix = matrix[..(n * n)];
        matrix.CopyTo(factor);
        if (TryFactor(factor, n, out _))
        {
            return 0;
        }

        for (var shift = schedule.First; shift < schedule.Last; shift *= schedule.Growth)
        {
            matrix.CopyTo(factor);
            for (var j = 0; j < n; j++)
            {
                factor[j * (n + 1)] += schedule.Amount(shift, matrix[j * (n + 1)]);
            }

            if (TryFactor(factor, n, out _))
            {
                return shift;
            }
        }

        return double.NaN;
    }

    /// <summary>Replaces b by A⁻¹b, given L.</summary>
    public static void Solve(ReadOnlySpan<double> factor, int n, Span<double> vector)
    {
        SolveLower(factor, n, vector);
        SolveLowerTransposed(factor, n, vector);
    }

    /// <summary>Replaces b by L⁻¹b.</summary>
    public static void SolveLower(ReadOnlySpan<double> factor, int n, Span<double> vector)
    {
        for (var i = 0; i < n; i++)
        {
            var row = factor.Slice(i * n, i + 1);
            vector[i] = Less(vector[i], row[..i], vector) / row[i];
        }
    }

    /// <summary>Replaces b by L⁻ᵀb.</summary>
    public static void SolveLowerTransposed(ReadOnlySpan<double> factor, int n, Span<double> vector)
    {
        for (var i = n - 1; i >= 0; i--)
        {
            var row = factor.Slice(i * n, i + 1);
            var value = vector[i] / row[i];
            vector[i] = value;
            for (var k = 0; k < i; k++)
            {
                vector[k] -= row[k] * value;
            }
        }
    }

    /// <summary>Replaces every row of B (rows×n) by the solution of A·x = row.</summary>
    public static void SolveRows(ReadOnlySpan<double> factor, int n, Span<double> rows)
    {
        for (var start = 0; start + n <= rows.Length; start += n)
        {
            CancellationScope.CheckLong(n);
            Solve(factor, n, rows.Slice(start, n));
        }
    }

    /// <summary>A⁻¹ from L, both triangles.</summary>
    /// <param name="factor">L, n×n.</param>
    /// <param name="n">The order.</param>
    /// <param name="inverse">Receives A⁻¹, n×n; must not overlap the factor.</param>
    public static void Inverse(ReadOnlySpan<double> factor, int n, Span<double> inverse)
    {
        inverse = inverse[..(n * n)];
        inverse.Clear();
        for (var j = 0; j < n; j++)
        {
            CancellationScope.CheckLong(n);
            var row = inverse.Slice(j * n, n);
            row[j] = 1;
            Solve(factor, n, row);
        }

        Dense.Symmetrize(inverse, n);
    }

    /// <summary>L⁻¹, lower triangular, zeros above the diagonal.</summary>
    /// <param name="factor">L, n×n.</param>
    /// <param name="n">The order.</param>
    /// <param name="inverted">Receives L⁻¹, n×n; must not overlap the factor.</param>
    public static void InvertFactor(ReadOnlySpan<double> factor, int n, Span<double> inverted)
    {
        inverted[..(n * n)].Clear();
        for (var i = 0; i < n; i++)
        {
            CancellationScope.CheckLong(n);

            // A row follows from those above it: x = (e − Σ lₖ xₖ)/l.
            var row = inverted.Slice(i * n, i + 1);
            row[i] = 1;
            for (var k = 0; k < i; k++)
            {
                Dense.AddScaled(-factor[(i * n) + k], inverted.Slice(k * n, k + 1), row);
            }

            TensorPrimitives.Divide(row, factor[(i * n) + i], row);
        }
    }

    /// <summary>A⁻¹ = L⁻ᵀL⁻¹ from L⁻¹, both triangles.</summary>
    /// <param name="inverted">L⁻¹, n×n.</param>
    /// <param name="n">The order.</param>
    /// <param name="inverse">Receives A⁻¹, n×n; must not overlap L⁻¹.</param>
    public static void InverseFromInvertedFactor(ReadOnlySpan<double> inverted, int n, Span<double> inverse)
    {
        inverse[..(n * n)].Clear();
        for (var k = 0; k < n; k++)
        {
            CancellationScope.CheckLong(n);
            var row = inverted.Slice(k * n, k + 1);
            for (var i = 0; i <= k; i++)
            {
                Dense.AddScaled(row[i], row, inverse.Slice(i * n, k + 1));
            }
        }
    }

    /// <summary>log |A| from L: twice the sum of the logarithms of its diagonal.</summary>
    public static double LogDeterminant(ReadOnlySpan<double> factor, int n)
    {
        var sum = 0.0;
        for (var i = 0; i < n; i++)
        {
            sum += Math.Log(factor[(i * n) + i]);
        }

        return 2 * sum;
    }

    /// <summary>Inverts a symmetric positive definite matrix, both triangles of which are given.</summary>
    /// <param name="matrix">A, n×n, left alone.</param>
    /// <param name="n">The order.</param>
    /// <param name="scratch">n·n numbers; L afterwards.</param>
    /// <param name="inverse">Receives A⁻¹; must overlap neither of the others.</param>
    /// <returns>Whether A is numerically positive definite.</returns>
    public static bool TryInvert(ReadOnlySpan<double> matrix, int n, Span<double> scratch, Span<double> inverse)
    {
        matrix[..(n * n)].CopyTo(scratch);
        if (!TryFactor(scratch, n, out _))
        {
            return false;
        }

        Inverse(scratch, n, inverse);
        return true;
    }

    /// <summary>start − Σ aᵢbᵢ over the length of a.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Less(double start, ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (a.Length >= Dense.VectorLength)
        {
            return start - Dense.Dot(a, b);
        }

        for (var k = 0; k < a.Length; k++)
        {
            start -= a[k] * b[k];
        }

        return start;
    }
}

using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Model;

/// <summary>Derivatives of the lower Cholesky factor L of D = UUᵀ by the entries of U, also where D is singular.</summary>
/// <remarks>
/// With P the rows of the pivots that are not zero and A = L_PP, dA = AΦ(A⁻¹ dD_PP A⁻ᵀ), Φ the lower triangle with half the diagonal;
/// the other rows follow from D_iP = L_iP Aᵀ. Zero columns of U are held at zero, so the rank of D does not change.
/// </remarks>
internal sealed class FactorDerivative
{
    private readonly double[] lower;
    private readonly double[] upper;
    private readonly int q;
    private readonly int[] pivots;
    private readonly double[] root;

    /// <summary>Takes L and U, both q×q by row, with LLᵀ = UUᵀ.</summary>
    public FactorDerivative(double[] lower, double[] upper, int q)
    {
        this.lower = lower;
        this.upper = upper;
        this.q = q;
        pivots = Pivots(lower, q);
        root = new double[Rank * Rank];
        for (var r = 0; r < Rank; r++)
        {
            for (var c = 0; c <= r; c++)
            {
                root[(r * Rank) + c] = lower[(pivots[r] * q) + pivots[c]];
            }
        }

        for (var column = 0; column < q; column++)
        {
            FreeColumns += IsFree(column) ? 1 : 0;
        }
    }

    /// <summary>The rank of D.</summary>
    public int Rank => pivots.Length;

    /// <summary>The number of columns of U that are not zero.</summary>
    public int FreeColumns { get; }

    /// <summary>Whether a column of U is not zero.</summary>
    public bool IsFree(int column)
    {
        for (var a = 0; a <= column; a++)
        {
            if (upper[(a * q) + column] != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>dL, q×q by row, when the entry (a, b) of U grows at the given rate.</summary>
    public double[] Of(int a, int b, double rate)
    {
        // dD has row a and column a equal to the rate times U's column b (twice on the diagonal).
        var change = new double[q * q];
        for (var c = 0; c < q; c++)
        {
            change[(a * q) + c] += rate * upper[(c * q) + b];
            change[(c * q) + a] += rate * upper[(c * q) + b];
        }

        var derivative = new double[q * q];
        var rootChange = RootChange(change);
        var line = new double[Rank];
        for (var i = 0; i < q; i++)
        {
            var pivot = Array.IndexOf(pivots, i);
            for (var c = 0; c < Rank; c++)
            {
                line[c] = pivot >= 0 ? rootChange[(pivot * Rank) + c] : change[(i * q) + pivots[c]];
                for (var k = 0; k <= c && pivot < 0; k++)
                {
                    line[c] -= lower[(i * q) + pivots[k]] * rootChange[(c * Rank) + k];
                }
            }

            if (pivot < 0)
            {
                Cholesky.SolveLower(root, Rank, line);
            }

            for (var c = 0; c < Rank; c++)
            {
                derivative[(i * q) + pivots[c]] = line[c];
            }
        }

        return derivative;
    }

    private static int[] Pivots(double[] lower, int q)
    {
        Span<int> found = stackalloc int[q];
        var count = 0;
        for (var j = 0; j < q; j++)
        {
            if (lower[(j * q) + j] != 0)
            {
                found[count++] = j;
            }
        }

        return found[..count].ToArray();
    }

    // dA = AΦ(A⁻¹ dD_PP A⁻ᵀ).
    private double[] RootChange(double[] change)
    {
        var inner = new double[Rank * Rank];
        var line = new double[Rank];
        for (var c = 0; c < Rank; c++)
        {
            // A⁻¹ dD by columns, then the same from the right.
            for (var r = 0; r < Rank; r++)
            {
                line[r] = change[(pivots[r] * q) + pivots[c]];
            }

            Cholesky.SolveLower(root, Rank, line);
            for (var r = 0; r < Rank; r++)
            {
                inner[(r * Rank) + c] = line[r];
            }
        }

        var result = new double[Rank * Rank];
        for (var r = 0; r < Rank; r++)
        {
            Cholesky.SolveLower(root, Rank, inner.AsSpan(r * Rank, Rank));
        }

        for (var r = 0; r < Rank; r++)
        {
            for (var c = 0; c <= r; c++)
            {
                for (var k = c; k <= r; k++)
                {
                    result[(r * Rank) + c] += root[(r * Rank) + k] * inner[(k * Rank) + c] * (k == c ? 0.5 : 1);
                }
            }
        }

        return result;
    }
}

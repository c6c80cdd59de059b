using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Statistics.Separation;

/// <summary>
/// The rows that a design separates, and the coefficients that have no finite estimate because of them (Albert and Anderson 1984).
/// </summary>
/// <remarks>
/// A direction δ separates when xᵀδ ≥ 0 for every row whose likelihood rises without end, ≤ 0 where it falls, 0 for all others, and not 0
/// everywhere. Rows with xᵀδ ≠ 0 are fitted perfectly at infinity and say nothing more; the others decide about the coefficients that are
/// finite, and may be separated in turn (Correia, Guimarães and Zylkin 2019). Random intercepts and slopes change nothing: given them,
/// every row's likelihood rises along δ as without them.
/// </remarks>
public sealed class SeparatedRows
{
    /// <summary>The share of a direction that rows have on which it does nothing.</summary>
    private const double Nothing = 1e-13;

    /// <summary>What of a row's or a column's size is rounding.</summary>
    private const double Rounding = 1e-8;

    private readonly bool[] separated;
    private readonly double[] limits;
    private readonly int[] kept;

    private SeparatedRows(bool[] separated, double[] limits, int[] kept, bool complete)
    {
        this.separated = separated;
        this.limits = limits;
        this.kept = kept;
        IsComplete = complete;
    }

    /// <summary>Whether each of the n rows is separated.</summary>
    public ReadOnlySpan<bool> Rows => separated;

    /// <summary>
    /// For each of the p coefficients 0 when it has a finite estimate, else ∞ or −∞, or NaN when nothing says which of them.
    /// </summary>
    public ReadOnlySpan<double> Limits => limits;

    /// <summary>The columns that the rows not separated tell apart: all finite ones, and enough others to fit these rows.</summary>
    public ReadOnlySpan<int> KeptColumns => kept;

    /// <summary>Whether all rows that count are separated.</summary>
    public bool IsComplete { get; }

    /// <summary>Finds them; null when there are none.</summary>
    /// <param name="design">X, n×p, column-major.</param>
    /// <param name="columns">p.</param>
    /// <param name="sides">The sides of the n outcomes.</param>
    public static SeparatedRows? Find(ReadOnlySpan<double> design, int columns, ReadOnlySpan<RowSide> sides)
    {
        var separated = new bool[sides.Length];
        var limits = new double[columns];
        var scales = new double[columns];
        for (var j = 0; j < columns; j++)
        {
            scales[j] = SpanMath.Norm(design.Slice(j * sides.Length, sides.Length));
        }

        var found = false;
        while (true)
        {
            var used = Used(sides, separated);
            var rows = new OrthonormalRows(design, columns, used, scales);
            if (Separate(rows, used, sides, separated) is not { } direction)
            {
                return found ? Result(rows, used.Length, separated, limits) : null;
            }

            found = true;
            var largest = 0.0;
            for (var j = 0; j < columns; j++)
            {
                largest = Math.Max(largest, Math.Abs(direction[j]) * scales[j]);
            }

            for (var j = 0; j < columns; j++)
            {
                if (limits[j] == 0 && Math.Abs(direction[j]) * scales[j] > Rounding * largest)
                {
                    limits[j] = direction[j] > 0 ? double.PositiveInfinity : double.NegativeInfinity;
                }
            }
        }
    }

    /// <summary>All p coefficients: finite estimates where they belong, the limits of the others.</summary>
    /// <param name="finite">Estimates of the kept columns.</param>
    public double[] Spread(ReadOnlySpan<double> finite)
    {
        var all = (double[])limits.Clone();
        for (var k = 0; k < finite.Length; k++)
        {
            all[kept[k]] = limits[kept[k]] == 0 ? finite[k] : limits[kept[k]];
        }

        return all;
    }

    /// <summary>The p×p matrix with the finite coefficients' entries, and NaN in the rows and columns of the others.</summary>
    /// <param name="finite">A matrix of the kept columns, row-major; it may have further rows and columns, which are kept at the
    /// end.</param>
    public double[] SpreadMatrix(ReadOnlySpan<double> finite)
    {
        var order = (int)Math.Round(Math.Sqrt(finite.Length));
        var further = order - kept.Length;
        int[] places = [.. kept, .. Enumerable.Range(limits.Length, further)];
        var p = limits.Length + further;
        var all = new double[p * p];
        Array.Fill(all, double.NaN);
        for (var a = 0; a < order; a++)
        {
            for (var b = 0; b < order; b++)
            {
                if (IsFinite(places[a]) && IsFinite(places[b]))
                {
                    all[(places[a] * p) + places[b]] = finite[(a * order) + b];
                }
            }
        }

        return all;
    }

    /// <summary>The weights of a contrast on the kept columns; null when it holds a coefficient that is not finite.</summary>
    /// <param name="weights">p values.</param>
    public double[]? Restrict(ReadOnlySpan<double> weights)
    {
        for (var j = 0; j < weights.Length; j++)
        {
            if (weights[j] != 0 && limits[j] != 0)
            {
                return null;
            }
        }

        var restricted = new double[kept.Length];
        for (var k = 0; k < kept.Length; k++)
        {
            restricted[k] = weights[kept[k]];
        }

        return restricted;
    }

    private bool IsFinite(int place) => place >= limits.Length || limits[place] == 0;

    private static SeparatedRows Result(OrthonormalRows rows, int left, bool[] separated, double[] limits)
    {
        var determined = rows.Determined(Rounding);
        for (var j = 0; j < limits.Length; j++)
        {
            limits[j] = determined[j] ? 0 : limits[j] == 0 ? double.NaN : limits[j];
        }

        return new SeparatedRows(separated, limits, rows.Kept, left == 0);
    }

    private static int[] Used(ReadOnlySpan<RowSide> sides, bool[] separated)
    {
        var used = new List<int>();
        for (var row = 0; row < separated.Length; row++)
        {
            if (!separated[row] && sides[row] != RowSide.LeftOut)
            {
                used.Add(row);
            }
        }

        return [.. used];
    }

    /// <summary>A separating direction of the rows still used, whose rows are marked; null when there is none.</summary>
    private static double[]? Separate(OrthonormalRows rows, int[] used, ReadOnlySpan<RowSide> sides, bool[] separated)
    {
        var r = rows.Kept.Length;
        var values = rows.RowMajor();
        var free = Free(values, r, used, sides);
        var d = r == 0 ? 0 : free.Length / r;
        if (d == 0)
        {
            return null;
        }

        var edge = new List<int>();
        var turned = new List<double>();
        var moved = new double[d];
        for (var i = 0; i < used.Length; i++)
        {
            if (sides[used[i]] == RowSide.Inside)
            {
                continue;
            }

            edge.Add(used[i]);
            var row = values.AsSpan(i * r, r);
            Dense.Multiply(free, row, moved);
            var stays = SpanMath.Norm(moved) <= Rounding * SpanMath.Norm(row);
            for (var k = 0; k < d; k++)
            {
                turned.Add(stays ? 0 : (int)sides[used[i]] * moved[k]);
            }
        }

        double[] cone = [.. turned];
        if (ConeProjection.Of(cone, d) is not { } projection)
        {
            return null;
        }

        var length = SpanMath.Norm(projection);
        var any = false;
        for (var i = 0; i < edge.Count; i++)
        {
            var row = cone.AsSpan(i * d, d);
            var moves = Dense.Dot(row, projection) > Rounding * length * SpanMath.Norm(row);
            separated[edge[i]] = moves;
            any |= moves;
        }

        if (!any)
        {
            return null;
        }

        var gamma = new double[r];
        Dense.MultiplyTransposed(free, projection, gamma);
        return rows.Direction(gamma);
    }

    /// <summary>An orthonormal basis of the γ with qᵀγ = 0 for all rows inside the range, d×r, row-major.</summary>
    private static double[] Free(double[] values, int r, int[] used, ReadOnlySpan<RowSide> sides)
    {
        var gram = new double[r * r];
        for (var i = 0; i < used.Length; i++)
        {
            if (sides[used[i]] == RowSide.Inside)
            {
                Dense.RankOneUpdateLower(1, values.AsSpan(i * r, r), gram);
            }
        }

        Dense.MirrorLower(gram, r);
        var eigenvalues = new double[r];
        var vectors = new double[r * r];
        SymmetricEigen.Decompose(gram, r, eigenvalues, vectors);
        var d = 0;
        while (d < r && eigenvalues[d] < Nothing)
        {
            d++;
        }

        return vectors[..(d * r)];
    }
}

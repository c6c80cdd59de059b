using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Statistics.Separation;

/// <summary>Some rows of a design X, written as X = QR with orthonormal columns in Q: no column's scale is left.</summary>
/// <remarks>Gram–Schmidt, each column twice (Björck 1994). Columns that repeat earlier ones are dropped.</remarks>
internal sealed class OrthonormalRows
{
    /// <summary>What is left of a column, as a share of it, when it repeats others.</summary>
    private const double Repeated = 1e-9;

    private readonly double[][] basis;
    private readonly double[] triangle;
    private readonly double[] norms;
    private readonly int columns;

    /// <summary>Orthonormalizes.</summary>
    /// <param name="design">X, n×p, column-major.</param>
    /// <param name="columns">p.</param>
    /// <param name="used">The rows to use.</param>
    /// <param name="scales">The size of each column in all rows, p: what is tiny beside it is zero.</param>
    public OrthonormalRows(ReadOnlySpan<double> design, int columns, int[] used, double[] scales)
    {
        this.columns = columns;
        var rows = columns == 0 ? 0 : design.Length / columns;
        triangle = new double[columns * columns];
        norms = new double[columns];
        var found = new List<double[]>();
        var kept = new List<int>();
        var projections = new double[columns];
        for (var j = 0; j < columns; j++)
        {
            var column = new double[used.Length];
            for (var i = 0; i < used.Length; i++)
            {
                column[i] = design[(j * rows) + used[i]];
            }

            norms[j] = SpanMath.Norm(column);
            projections.AsSpan().Clear();
            for (var round = 0; round < 2; round++)
            {
                for (var k = 0; k < found.Count; k++)
                {
                    var share = SpanMath.Dot(found[k], column);
                    projections[k] += share;
                    Dense.AddScaled(-share, found[k], column);
                }
            }

            for (var k = 0; k < found.Count; k++)
            {
                triangle[(k * columns) + j] = projections[k];
            }

            var rest = SpanMath.Norm(column);
            if (rest <= Repeated * Math.Max(norms[j], scales[j] * Repeated))
            {
                continue;
            }

            triangle[(found.Count * columns) + j] = rest;
            SpanMath.Divide(column, rest, column);
            found.Add(column);
            kept.Add(j);
        }

        basis = [.. found];
        Kept = [.. kept];
    }

    /// <summary>The columns that are no combination of earlier ones, r.</summary>
    public int[] Kept { get; }

    /// <summary>The rows of Q, m×r, row-major.</summary>
    public double[] RowMajor()
    {
        var r = Kept.Length;
        var rows = r == 0 ? 0 : basis[0].Length;
        var values = new double[rows * r];
        for (var k = 0; k < r; k++)
        {
            for (var i = 0; i < rows; i++)
            {
                values[(i * r) + k] = basis[k][i];
            }
        }

        return values;
    }

    /// <summary>The δ with Xδ = Qγ, p values, 0 for the columns dropped.</summary>
    /// <param name="gamma">γ, r values.</param>
    public double[] Direction(ReadOnlySpan<double> gamma)
    {
        var direction = new double[columns];
        Back(gamma, direction);
        return direction;
    }

    /// <summary>
    /// Whether each coefficient is determined by these rows: no direction that leaves all of Xβ as it is changes it.
    /// </summary>
    /// <param name="rounding">The share of a column that is rounding.</param>
    public bool[] Determined(double rounding)
    {
        var determined = new bool[columns];
        foreach (var j in Kept)
        {
            determined[j] = true;
        }

        var combination = new double[columns];
        var share = new double[Kept.Length];
        for (var dropped = 0; dropped < columns; dropped++)
        {
            if (Array.IndexOf(Kept, dropped) >= 0)
            {
                continue;
            }

            for (var k = 0; k < share.Length; k++)
            {
                share[k] = triangle[(k * columns) + dropped];
            }

            combination.AsSpan().Clear();
            Back(share, combination);
            foreach (var j in Kept)
            {
                determined[j] &= Math.Abs(combination[j]) * norms[j] <= rounding * norms[dropped];
            }
        }

        return determined;
    }

    private void Back(ReadOnlySpan<double> gamma, double[] direction)
    {
        for (var k = Kept.Length - 1; k >= 0; k--)
        {
            var value = gamma[k];
            for (var l = k + 1; l < Kept.Length; l++)
            {
                value -= triangle[(k * columns) + Kept[l]] * direction[Kept[l]];
            }

            direction[Kept[k]] = value / triangle[(k * columns) + Kept[k]];
        }
    }
}

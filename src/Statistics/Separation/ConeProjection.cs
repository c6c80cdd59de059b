using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Statistics.Separation;

/// <summary>
/// The direction δ nearest to Σbᵢ in the cone of those with bᵢᵀδ ≥ 0 for every row: 0 exactly when the cone holds nothing but 0.
/// </summary>
/// <remarks>
/// The columns of the bᵢ are orthonormal. So a δ of length 1 in the cone has bᵢᵀδ ≥ 0 whose squares add up to 1, and the values themselves
/// to no less: the projection is 0 or at least 1 long, whatever the scales, and one row in a million weighs as much as all others. It is
/// what the iterative rectifier of Correia, Guimarães and Zylkin (2019) tends to, found in finitely many steps: the projection is
/// Σbᵢ + Σaᵢbᵢ with the aᵢ ≥ 0 that make it shortest (Moreau 1962), by the active sets of Lawson and Hanson (1974, chapter 23).
/// </remarks>
internal sealed class ConeProjection
{
    /// <summary>A cosine this far below zero is rounding.</summary>
    private const double Rounding = 1e-10;

    /// <summary>A projection shorter than this is 0: none has a length between 0 and 1.</summary>
    private const double Shortest = 0.5;

    private readonly double[] rows;
    private readonly int d;
    private readonly double[] target;
    private readonly double[] lengths;
    private readonly List<int> active = [];
    private readonly List<double> weights = [];

    private ConeProjection(double[] rows, int d)
    {
        this.rows = rows;
        this.d = d;
        target = new double[d];
        lengths = new double[rows.Length / d];
        for (var i = 0; i < lengths.Length; i++)
        {
            SpanMath.Add(target, Row(i), target);
            lengths[i] = SpanMath.Norm(Row(i));
        }
    }

    /// <summary>The projection, d values; null when it is 0.</summary>
    /// <param name="rows">bᵢ, m×d, row-major, with orthonormal columns.</param>
    /// <param name="d">The length of a row.</param>
    public static double[]? Of(double[] rows, int d) => new ConeProjection(rows, d).Run();

    private double[]? Run()
    {
        var projection = (double[])target.Clone();
        var refused = new HashSet<int>();
        for (var step = 0; step < 100 * (d + 10); step++)
        {
            var length = SpanMath.Norm(projection);
            if (length < Shortest)
            {
                return null;
            }

            var worst = Worst(projection, length, refused);
            if (worst < 0)
            {
                return projection;
            }

            active.Add(worst);
            weights.Add(0);
            if (!Solve(projection))
            {
                refused.Add(worst);
            }
            else
            {
                refused.Clear();
            }
        }

        return null;
    }

    private ReadOnlySpan<double> Row(int i) => rows.AsSpan(i * d, d);

    /// <summary>The row whose condition the direction violates most, by the angle; −1 when there is none.</summary>
    private int Worst(double[] projection, double length, HashSet<int> refused)
    {
        var worst = -1;
        var least = -Rounding * length;
        for (var i = 0; i < lengths.Length; i++)
        {
            if (lengths[i] > 0 && Dense.Dot(Row(i), projection) / lengths[i] is var cosine && cosine < least
                && !refused.Contains(i) && !active.Contains(i))
            {
                (worst, least) = (i, cosine);
            }
        }

        return worst;
    }

    /// <summary>
    /// Makes the sum shortest over the active rows, dropping those whose weight would be negative; false when the last is.
    /// </summary>
    private bool Solve(double[] projection)
    {
        var entered = active[^1];
        while (true)
        {
            var solution = Shorten(projection);
            var share = 1.0;
            var blocking = -1;
            for (var k = 0; k < solution.Length; k++)
            {
                if (!(solution[k] > 0))
                {
                    var reach = weights[k] / Math.Max(weights[k] - solution[k], double.Epsilon);
                    (share, blocking) = blocking < 0 || reach < share ? (Math.Min(share, reach), k) : (share, blocking);
                }
            }

            for (var k = 0; k < solution.Length; k++)
            {
                weights[k] += share * (solution[k] - weights[k]);
            }

            if (blocking < 0)
            {
                return active.Contains(entered);
            }

            // The row whose weight reaches zero first leaves whatever rounding has left of it: so the loop ends.
            for (var k = solution.Length - 1; k >= 0; k--)
            {
                if (k == blocking || (!(solution[k] > 0) && weights[k] <= Rounding * Math.Abs(solution[k])))
                {
                    active.RemoveAt(k);
                    weights.RemoveAt(k);
                }
            }
        }
    }

    /// <summary>The weights, of any sign, that make the sum shortest, and that sum.</summary>
    private double[] Shorten(double[] projection)
    {
        var m = active.Count;
        target.CopyTo(projection, 0);
        var basis = new double[m][];
        var triangle = new double[m * m];
        var shares = new double[m];
        for (var k = 0; k < m; k++)
        {
            var vector = Row(active[k]).ToArray();
            SpanMath.Divide(vector, lengths[active[k]], vector);
            for (var round = 0; round < 2; round++)
            {
                for (var l = 0; l < k; l++)
                {
                    var share = Dense.Dot(basis[l], vector);
                    triangle[(l * m) + k] += share;
                    Dense.AddScaled(-share, basis[l], vector);
                }
            }

            var rest = SpanMath.Norm(vector);
            triangle[(k * m) + k] = rest;
            basis[k] = vector;
            if (rest > Rounding)
            {
                SpanMath.Divide(vector, rest, vector);
                shares[k] = -Dense.Dot(vector, projection);
                Dense.AddScaled(shares[k], vector, projection);
            }
            else
            {
                vector.AsSpan().Clear();
            }
        }

        for (var k = m - 1; k >= 0; k--)
        {
            for (var l = k + 1; l < m; l++)
            {
                shares[k] -= triangle[(k * m) + l] * shares[l];
            }

            shares[k] = triangle[(k * m) + k] > Rounding ? shares[k] / triangle[(k * m) + k] : 0;
        }

        return shares;
    }
}

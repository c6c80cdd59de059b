using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Functions;
using MarginalConditional.Statistics.LinearAlgebra;
using MathNet.Numerics.Integration;

namespace MarginalConditional.Statistics.Multiplicity;

/// <summary>The largest |T_j| of k statistics that are jointly Student's t with a given correlation. Immutable.</summary>
/// <remarks>
/// With the correlation AAᵀ, A of k rows and r columns (r its rank), the largest |T_j| is ‖w‖·m(u) over s, w normal in r dimensions, u its
/// direction and m(u) = max |a_jᵀu|. Length and s go together: P(max |T_j| ≥ t) = E P(F_{r,ν} ≥ t²/(r m(u)²)) over directions alone
/// (Deák 1980; Genz and Bretz 2009, section 4.1). No degrees of freedom need to be whole, and the correlation may be singular, as that of
/// all pairs is. In two dimensions the mean over directions is a sum of smooth integrals between the angles where another statistic becomes
/// the largest (Gauss and Legendre's rule, exact to rounding); beyond, it is taken over a lattice whose random shifts tell its error.
/// </remarks>
public sealed class LargestModulus
{
    /// <summary>An eigenvalue below this part of the largest is none.</summary>
    private const double RankTolerance = 1e-9;

    private const int Order = 32;

    [ThreadStatic]
    private static (double[] Correlation, LargestModulus Distribution)? known;

    private readonly int rank;
    private readonly double[][] moduli;
    private readonly double[][] weights;

    private LargestModulus(int rank, double[][] moduli, double[][] weights)
    {
        this.rank = rank;
        this.moduli = moduli;
        this.weights = weights;
    }

    /// <summary>The rank of the correlation.</summary>
    public int Rank => rank;

    /// <summary>Whether probabilities are exact to rounding, rather than means over a lattice.</summary>
    public bool IsExact => moduli.Length == 1;

    /// <summary>Prepares the directions.</summary>
    /// <remarks>
    /// Correlations are taken to twelve decimals, so that families which differ by rounding, as those at several values of a covariate,
    /// have one distribution, which a thread remembers.
    /// </remarks>
    /// <param name="correlation">k×k, of ones on the diagonal; may be singular.</param>
    /// <param name="count">k.</param>
    public static LargestModulus Of(ReadOnlySpan<double> correlation, int count)
    {
        var rounded = new double[count * count];
        for (var at = 0; at < rounded.Length; at++)
        {
            rounded[at] = Math.Round(correlation[at], 12) + 0.0;
        }

        if (known is not { } last || !last.Correlation.AsSpan().SequenceEqual(rounded))
        {
            known = last = (rounded, Prepared(rounded, count));
        }

        return last.Distribution;
    }

    private static LargestModulus Prepared(double[] correlation, int count)
    {
        var rows = Factor(correlation, count, out var rank);
        switch (rank)
        {
            case 1:
                return new LargestModulus(1, [[1]], [[1]]);
            case 2:
                var (places, shares) = Circle(rows, count);
                return new LargestModulus(2, [places], [shares]);
            default:
                var sphere = new DirectionLattice(rows, count, rank);
                return new LargestModulus(rank, sphere.Moduli, sphere.Weights);
        }
    }

    /// <summary>P(max |T_j| ≥ t).</summary>
    /// <param name="t">At least 0.</param>
    /// <param name="degreesOfFreedom">ν &gt; 0; infinite for the normal.</param>
    public double UpperTail(double t, double degreesOfFreedom)
    {
        if (double.IsNaN(t) || !(degreesOfFreedom > 0))
        {
            return double.NaN;
        }

        return Enumerable.Range(0, moduli.Length).Average(shift => Tail(shift, t, degreesOfFreedom));
    }

    /// <summary>The standard error of <see cref="UpperTail"/> over the lattice's shifts; 0 where it is exact.</summary>
    /// <param name="t">At least 0.</param>
    /// <param name="degreesOfFreedom">ν &gt; 0; infinite for the normal.</param>
    public double StandardError(double t, double degreesOfFreedom)
    {
        if (IsExact || double.IsNaN(t) || !(degreesOfFreedom > 0))
        {
            return 0;
        }

        double[] tails = [.. Enumerable.Range(0, moduli.Length).Select(shift => Tail(shift, t, degreesOfFreedom))];
        var mean = tails.Average();
        return Math.Sqrt(tails.Sum(tail => (tail - mean) * (tail - mean)) / (tails.Length * (tails.Length - 1.0)));
    }

    /// <summary>The t with P(max |T_j| ≥ t) = <paramref name="tail"/>.</summary>
    /// <param name="tail">In (0, 1).</param>
    /// <param name="degreesOfFreedom">ν &gt; 0; infinite for the normal.</param>
    public double UpperQuantile(double tail, double degreesOfFreedom) =>
        !(tail is > 0 and < 1) || !(degreesOfFreedom > 0)
            ? double.NaN
            : MonotoneRoot.Find(t => Math.Log(UpperTail(t, degreesOfFreedom) / tail), 1);

    private double Tail(int shift, double t, double degreesOfFreedom)
    {
        var sum = 0.0;
        for (var k = 0; k < moduli[shift].Length; k++)
        {
            var m = moduli[shift][k];
            sum += weights[shift][k] * FisherDistribution.UpperTail(t * t / (rank * m * m), rank, degreesOfFreedom);
        }

        return sum;
    }

    /// <summary>The rank of a correlation.</summary>
    /// <param name="correlation">k×k.</param>
    /// <param name="count">k.</param>
    internal static int RankOf(ReadOnlySpan<double> correlation, int count)
    {
        _ = Factor(correlation, count, out var rank);
        return rank;
    }

    /// <summary>A with AAᵀ the correlation, k×r row-major, rows of length 1.</summary>
    private static double[] Factor(ReadOnlySpan<double> correlation, int count, out int rank)
    {
        var (values, vectors) = (new double[count], new double[count * count]);
        SymmetricEigen.Decompose(correlation.ToArray(), count, values, vectors);
        var least = RankTolerance * values.Max();
        int[] kept = [.. Enumerable.Range(0, count).Where(k => values[k] > least)];
        rank = kept.Length;
        var rows = new double[count * rank];
        for (var i = 0; i < count; i++)
        {
            var row = rows.AsSpan(i * rank, rank);
            for (var a = 0; a < rank; a++)
            {
                row[a] = Math.Sqrt(values[kept[a]]) * vectors[(kept[a] * count) + i];
            }

            var length = Math.Sqrt(Dense.Dot(row, row));
            for (var a = 0; a < rank; a++)
            {
                row[a] /= length;
            }
        }

        return rows;
    }

    /// <summary>m(u) = cos of the angle to the nearest axis, over half a circle.</summary>
    private static (double[] Moduli, double[] Weights) Circle(double[] rows, int count)
    {
        double[] angles =
        [
            .. Enumerable.Range(0, count)
                .Select(i => Math.Atan2(rows[(2 * i) + 1], rows[2 * i]))
                .Select(angle => angle < 0 ? angle + Math.PI : angle >= Math.PI ? angle - Math.PI : angle)
                .Order(),
        ];
        var rule = new GaussLegendreRule(0, 1, Order);
        var (moduli, weights) = (new List<double>(), new List<double>());
        for (var i = 0; i < count; i++)
        {
            var gap = (i + 1 < count ? angles[i + 1] : angles[0] + Math.PI) - angles[i];
            for (var k = 0; k < Order && gap > 0; k++)
            {
                moduli.Add(Math.Cos(gap / 2 * rule.GetAbscissa(k)));
                weights.Add(gap / Math.PI * rule.GetWeight(k));
            }
        }

        return ([.. moduli], [.. weights]);
    }
}

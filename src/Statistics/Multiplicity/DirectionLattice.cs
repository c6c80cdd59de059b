using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Statistics.Multiplicity;

/// <summary>The distribution of m(u) = max |a_jᵀu| over directions u in three or more dimensions, by a lattice shifted at random.</summary>
/// <remarks>
/// Coordinates go in pairs of a squared radius and an angle: the squared radii are shares of 1 whose rests have the closed distribution
/// 1 − (1 − x)^b, so that r − 1 uniform numbers give a direction without any singularity. These run over Richtmyer's lattice (multiples of
/// the roots of primes), the shares folded by the baker's transform (Hickernell 2002). The values of m are gathered in narrow bins with
/// their means, so that each probability costs a few thousand terms.
/// </remarks>
internal sealed class DirectionLattice
{
    private const int Shifts = 8;
    private const int Points = 1 << 16;
    private const int Bins = 2048;

    /// <summary>The seed of the shifts: any number, always the same.</summary>
    private const ulong Seed = 20_090_401;

    /// <summary>Fills the bins of every shift.</summary>
    /// <param name="rows">a_j, k×r row-major, of length 1.</param>
    /// <param name="count">k.</param>
    /// <param name="rank">r.</param>
    public DirectionLattice(double[] rows, int count, int rank)
    {
        var generators = Generators(rank - 1);
        (Moduli, Weights) = (new double[Shifts][], new double[Shifts][]);
        for (var shift = 0; shift < Shifts; shift++)
        {
            var stream = new RandomStream(Seed, (ulong)rank, (ulong)shift);
            var start = new double[generators.Length];
            for (var a = 0; a < start.Length; a++)
            {
                start[a] = stream.NextUniform();
            }

            (Moduli[shift], Weights[shift]) = Gather(rows, count, generators, start);
        }
    }

    /// <summary>The bins' mean values of m, by shift.</summary>
    public double[][] Moduli { get; }

    /// <summary>Their shares, which add up to 1 a shift.</summary>
    public double[][] Weights { get; }

    private static (double[] Moduli, double[] Weights) Gather(double[] rows, int count, double[] generators, double[] start)
    {
        var rank = generators.Length + 1;
        var (sums, counts) = (new double[Bins + 1], new double[Bins + 1]);
        var (point, u) = (new double[rank - 1], new double[rank]);
        for (var n = 0; n < Points; n++)
        {
            for (var a = 0; a < point.Length; a++)
            {
                var x = (n * generators[a]) + start[a];
                point[a] = x - Math.Floor(x);
            }

            Direction(point, u);
            var largest = 0.0;
            for (var j = 0; j < count; j++)
            {
                largest = Math.Max(largest, Math.Abs(Dense.Dot(rows.AsSpan(j * rank, rank), u)));
            }

            var m = Math.Min(1, largest);
            var bin = (int)(m * Bins);
            sums[bin] += m;
            counts[bin]++;
        }

        int[] filled = [.. Enumerable.Range(0, Bins + 1).Where(bin => counts[bin] > 0)];
        return ([.. filled.Select(bin => sums[bin] / counts[bin])], [.. filled.Select(bin => counts[bin] / Points)]);
    }

    /// <summary>A direction from r − 1 numbers in [0, 1): angles of pairs first, then their shares.</summary>
    private static void Direction(ReadOnlySpan<double> point, Span<double> u)
    {
        var pairs = u.Length / 2;
        var rest = 1.0;
        for (var pair = 0; pair < pairs; pair++)
        {
            // What is left for the others has so many halves of a squared coordinate.
            var others = (u.Length - (2 * (pair + 1))) / 2.0;
            var share = rest;
            if (others > 0)
            {
                var folded = Math.Abs((2 * point[pairs + pair]) - 1);
                share = rest * (1 - Math.Pow(1 - folded, 1 / others));
            }

            rest -= share;
            var (sine, cosine) = Math.SinCos(2 * Math.PI * point[pair]);
            var radius = Math.Sqrt(share);
            u[2 * pair] = radius * cosine;
            u[(2 * pair) + 1] = radius * sine;
        }

        if (u.Length % 2 == 1)
        {
            u[^1] = Math.Sqrt(Math.Max(0, rest));
        }
    }

    /// <summary>The fractional parts of the roots of the first primes.</summary>
    private static double[] Generators(int count)
    {
        var generators = new List<double>();
        for (var candidate = 2; generators.Count < count; candidate++)
        {
            var number = candidate;
            if (!Enumerable.Range(2, Math.Max(0, (int)Math.Sqrt(number) - 1)).Any(divisor => number % divisor == 0))
            {
                generators.Add(Math.Sqrt(number) % 1);
            }
        }

        return [.. generators];
    }
}

using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Properties.Generators;

/// <summary>Generators of correlation parameters inside of their bounds, and of covariance matrices of random effects.</summary>
public static class CorrelationGenerators
{
    private const ulong Room = 0x636F7272656C6174;

    /// <summary>How near a bound a parameter comes, as a share of its range.</summary>
    private const double Margin = 0.02;

    /// <summary>The common correlation ρ of m waves: −1/(m − 1) &lt; ρ &lt; 1, so that the matrix is positive definite.</summary>
    /// <param name="waves">m, 2 or more.</param>
    public static Arbitrary<double> Exchangeable(int waves)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(waves, 2);
        return Between(-1.0 / (waves - 1), 1);
    }

    /// <summary>The correlation of neighbours of an autoregression: −1 &lt; ρ &lt; 1.</summary>
    public static Arbitrary<double> Autoregressive() => Between(-1, 1);

    /// <summary>A correlation matrix of m waves, by row, of any pattern: the products of rows of length one of a random triangle.</summary>
    /// <param name="waves">m, 1 or more.</param>
    public static Arbitrary<double[]> Unstructured(int waves)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(waves, 1);
        return Arb.From(
            Gen.Choose(0, int.MaxValue).Select(seed => Correlation(waves, seed)),
            matrix => TowardsIdentity(matrix, waves));
    }

    /// <summary>
    /// A covariance matrix of q random effects, by row: a correlation matrix with standard deviations of which some are zero, some tiny and
    /// some large.
    /// </summary>
    /// <param name="effects">q, 1 or more.</param>
    public static Arbitrary<double[]> RandomEffects(int effects)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(effects, 1);
        var deviations = Gen.Elements(0.0, 1e-3, 0.5, 1, 2, 30).ArrayOf(effects);
        var matrices = from correlation in Gen.Choose(0, int.MaxValue).Select(seed => Correlation(effects, seed))
                       from deviation in deviations
                       select Scaled(correlation, deviation);
        return Arb.From(matrices, matrix => TowardsIdentity(matrix, effects));
    }

    private static Arbitrary<double> Between(double lower, double upper) => Arb.From(
        Gen.Choose(0, 1000).Select(share => lower + ((upper - lower) * (Margin + ((1 - (2 * Margin)) * share / 1000)))),
        value => value == 0 ? [] : new[] { 0, Math.Round(value / 2, 2) }.Where(smaller => Math.Abs(smaller) < Math.Abs(value)));

    private static double[] Correlation(int m, int seed)
    {
        var stream = new RandomStream((ulong)seed, Room, 0);
        var rows = new double[m][];
        for (var j = 0; j < m; j++)
        {
            rows[j] = [.. Enumerable.Range(0, m).Select(k => k < j ? stream.NextNormal() : k == j ? 0.2 + stream.NextUniform() : 0)];
            var length = Math.Sqrt(rows[j].Sum(value => value * value));
            rows[j] = Array.ConvertAll(rows[j], value => value / length);
        }

        var matrix = new double[m * m];
        for (var j = 0; j < m; j++)
        {
            for (var k = 0; k < m; k++)
            {
                matrix[(j * m) + k] = j == k ? 1 : rows[j].Zip(rows[k], (a, b) => a * b).Sum();
            }
        }

        return matrix;
    }

    private static double[] Scaled(double[] correlation, double[] deviations)
    {
        var q = deviations.Length;
        return [.. correlation.Select((value, place) => value * deviations[place / q] * deviations[place % q])];
    }

    /// <summary>The matrix with one effect after the other independent of the rest, which leaves it a covariance.</summary>
    private static IEnumerable<double[]> TowardsIdentity(double[] matrix, int m)
    {
        for (var row = m - 1; row >= 0; row--)
        {
            double[] alone = [.. matrix];
            for (var k = 0; k < m; k++)
            {
                if (k != row)
                {
                    alone[(row * m) + k] = 0;
                    alone[(k * m) + row] = 0;
                }
            }

            if (!alone.SequenceEqual(matrix))
            {
                yield return alone;
            }
        }
    }
}

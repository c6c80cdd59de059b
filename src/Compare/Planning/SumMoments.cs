namespace MarginalConditional.Compare.Planning;

/// <summary>What a cluster's sum S tells of its counts and of its intercept: P(S), E(y_j | S), E(p_j | S) and the score of σ.</summary>
internal sealed class SumMoments
{
    private readonly int periods;
    private readonly double[] probability;
    private readonly double[][] counts;
    private readonly double[][] risks;
    private readonly double[] spread;
    private readonly double[][] binomials;
    private readonly double[][] before;
    private readonly double[][] after;

    /// <summary>Prepares the sums.</summary>
    /// <param name="periods">J.</param>
    /// <param name="total">The largest sum.</param>
    public SumMoments(int periods, int total)
    {
        this.periods = periods;
        (probability, spread) = (new double[total + 1], new double[total + 1]);
        counts = Rows(periods, total + 1);
        risks = Rows(periods, total + 1);
        binomials = new double[periods][];
        before = new double[periods + 1][];
        after = new double[periods + 1][];
    }

    /// <summary>Adds a point of the rule over the intercept.</summary>
    /// <param name="weight">Its weight.</param>
    /// <param name="z">The intercept in standard deviations.</param>
    /// <param name="chances">p_j there.</param>
    /// <param name="size">m.</param>
    public void Add(double weight, double z, double[] chances, int size)
    {
        for (var j = 0; j < periods; j++)
        {
            binomials[j] = Binomial(size, chances[j]);
        }

        (before[0], after[periods]) = ([1.0], [1.0]);
        for (var j = 0; j < periods; j++)
        {
            before[j + 1] = Convolved(before[j], binomials[j]);
            after[periods - j - 1] = Convolved(after[periods - j], binomials[periods - j - 1]);
        }

        var expected = size * chances.Sum();
        var all = before[periods];
        for (var s = 0; s < all.Length; s++)
        {
            probability[s] += weight * all[s];
            spread[s] += weight * all[s] * (s - expected) * z;
            for (var j = 0; j < periods; j++)
            {
                risks[j][s] += weight * all[s] * chances[j];
            }
        }

        for (var j = 0; j < periods; j++)
        {
            var weighted = Convolved(
                Convolved(before[j], after[j + 1]), [.. binomials[j].Select((chance, y) => weight * y * chance)]);
            for (var s = 0; s < weighted.Length; s++)
            {
                counts[j][s] += weighted[s];
            }
        }
    }

    /// <summary>Takes from E y yᵀ what makes it the products of the scores, and fills in the row of σ.</summary>
    /// <param name="information">(J + 1)×(J + 1), with E y_j y_k in its first J rows.</param>
    /// <param name="size">m.</param>
    public void Complete(double[] information, int size)
    {
        var stride = periods + 1;
        for (var s = 0; s < probability.Length; s++)
        {
            if (!(probability[s] > 0))
            {
                continue;
            }

            for (var j = 0; j < periods; j++)
            {
                var fitted = size * risks[j][s];
                for (var k = 0; k < periods; k++)
                {
                    information[(j * stride) + k] += ((fitted * size * risks[k][s]) - (counts[j][s] * size * risks[k][s])
                        - (fitted * counts[k][s])) / probability[s];
                }

                var shared = (counts[j][s] - fitted) * spread[s] / probability[s];
                information[(j * stride) + periods] += shared;
                information[(periods * stride) + j] += shared;
            }

            information[(stride * stride) - 1] += spread[s] * spread[s] / probability[s];
        }
    }

    private static double[][] Rows(int count, int length) => [.. Enumerable.Range(0, count).Select(_ => new double[length])];

    /// <summary>The binomial probabilities by their ratios from the mode, which neither overflow nor lose digits.</summary>
    internal static double[] Binomial(int size, double chance)
    {
        var values = new double[size + 1];
        var mode = Math.Clamp((int)((size + 1) * chance), 0, size);
        values[mode] = 1;
        var odds = chance / (1 - chance);
        for (var y = mode; y < size; y++)
        {
            values[y + 1] = values[y] * odds * (size - y) / (y + 1);
        }

        for (var y = mode; y > 0; y--)
        {
            values[y - 1] = values[y] / odds * y / (size - y + 1);
        }

        var sum = values.Sum();
        for (var y = 0; y <= size; y++)
        {
            values[y] /= sum;
        }

        return values;
    }

    private static double[] Convolved(double[] a, double[] b)
    {
        var result = new double[a.Length + b.Length - 1];
        for (var i = 0; i < a.Length; i++)
        {
            if (a[i] != 0)
            {
                Statistics.LinearAlgebra.Dense.AddScaled(a[i], b, result.AsSpan(i, b.Length));
            }
        }

        return result;
    }
}

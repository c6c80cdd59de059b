using MarginalConditional.Data;
using MarginalConditional.Data.Rows;

namespace MarginalConditional.Gee.Correlation;

/// <summary>
/// Individuals by periods within each cluster, and the sums over the three kinds of pairs that their correlations are estimated from.
/// </summary>
internal sealed class BlockLayout
{
    private static readonly string[] Kinds = ["of one period", "of neither one period nor one individual", "of one individual"];

    private readonly Clusters clusters;
    private readonly double[] divisors;

    public BlockLayout(CorrelationInput input, int[] individuals)
    {
        clusters = input.Frame.Clusters;
        Individuals = individuals;
        Periods = new int[individuals.Length];
        PeriodCounts = new int[clusters.Count];
        IndividualCounts = new int[clusters.Count];
        IsComplete = true;
        for (var i = 0; i < clusters.Count; i++)
        {
            Number(input.Frame.Waves.Slice(clusters.Start(i), clusters.Size(i)), i);
        }

        divisors = Divisors(input);
    }

    /// <summary>For each row the index of its individual within the cluster.</summary>
    public int[] Individuals { get; }

    /// <summary>For each row the index of its period among those of the cluster, in order of time.</summary>
    public int[] Periods { get; }

    /// <summary>The number of periods of each cluster.</summary>
    public int[] PeriodCounts { get; }

    /// <summary>The number of individuals of each cluster.</summary>
    public int[] IndividualCounts { get; }

    /// <summary>Whether every individual of every cluster is seen once in every period of the cluster.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Adds the products of pairs: of one period, of different individuals and periods, of one individual.</summary>
    public void AddMoments(int firstCluster, int endCluster, ReadOnlySpan<double> residuals, Span<double> sums)
    {
        var origin = clusters.Start(firstCluster);
        for (var i = firstCluster; i < endCluster; i++)
        {
            var rows = residuals.Slice(clusters.Start(i) - origin, clusters.Size(i));
            AddPairs(i, rows, sums);
        }
    }

    /// <summary>Whether two rows of some cluster are such a pair: of one period, of different individuals and periods, of one
    /// individual.</summary>
    public bool Occurs(int kind) => !double.IsPositiveInfinity(divisors[kind]);

    /// <summary>Says of which kind there are no pairs, or null.</summary>
    public string? Absent => AbsentPairs.Sentence(
        [.. Kinds.Where((_, kind) => !Occurs(kind))],
        kinds => $"No two rows of a cluster are {kinds}");

    /// <summary>The three correlations.</summary>
    public void Estimate(ReadOnlySpan<double> sums, double scale, Span<double> alpha)
    {
        for (var k = 0; k < 3; k++)
        {
            alpha[k] = divisors[k] > 0 ? sums[k] / scale / divisors[k] : double.NaN;
        }
    }

    /// <summary>The correlation of two different rows of a cluster.</summary>
    public double Correlation(ReadOnlySpan<double> alpha, int row, int otherRow) =>
        Individuals[row] == Individuals[otherRow] ? alpha[2] : Periods[row] == Periods[otherRow] ? alpha[0] : alpha[1];

    private void Number(ReadOnlySpan<int> waves, int cluster)
    {
        var start = clusters.Start(cluster);
        var distinct = waves.ToArray().Distinct().Order().ToArray();
        var seen = new HashSet<(int, int)>();
        for (var j = 0; j < waves.Length; j++)
        {
            Periods[start + j] = Array.BinarySearch(distinct, waves[j]);
            IndividualCounts[cluster] = Math.Max(IndividualCounts[cluster], Individuals[start + j] + 1);
            if (!seen.Add((Periods[start + j], Individuals[start + j])))
            {
                throw new InputException($"Cluster {clusters.Label(cluster)} has an individual twice in one period; block exchangeable "
                    + $"correlation needs each individual once a period.");
            }
        }

        PeriodCounts[cluster] = distinct.Length;
        IsComplete &= waves.Length == distinct.Length * IndividualCounts[cluster];
    }

    /// <summary>The same for one cluster.</summary>
    /// <remarks>
    /// All pairs less those of one period and those of one individual leave those that share neither; each by running sums.
    /// </remarks>
    public void AddPairs(int cluster, ReadOnlySpan<double> rows, Span<double> sums)
    {
        var start = clusters.Start(cluster);
        var groups = PeriodCounts[cluster] + IndividualCounts[cluster];
        Span<double> local = stackalloc double[groups <= 512 ? groups : 0];
        var totals = groups <= 512 ? local : new double[groups];
        totals.Clear();
        var byPeriod = totals[..PeriodCounts[cluster]];
        var byIndividual = totals[PeriodCounts[cluster]..];
        double total = 0, samePeriod = 0, sameIndividual = 0, all = 0;
        for (var j = 0; j < rows.Length; j++)
        {
            ref var period = ref byPeriod[Periods[start + j]];
            ref var individual = ref byIndividual[Individuals[start + j]];
            all += total * rows[j];
            samePeriod += period * rows[j];
            sameIndividual += individual * rows[j];
            total += rows[j];
            period += rows[j];
            individual += rows[j];
        }

        sums[0] += samePeriod;
        sums[1] += all - samePeriod - sameIndividual;
        sums[2] += sameIndividual;
    }

    /// <summary>The numbers of the three kinds of pairs in all clusters.</summary>
    public double[] PairCounts() => Sum(rows => 0.5 * rows.Count * (rows.Count - 1.0));

    private double[] Divisors(CorrelationInput input)
    {
        var totals = Sum(rows =>
        {
            double[] weights = [.. rows.Select(row => input.PairWeights.Length == 0 ? 1 : input.PairWeights[row])];
            return input.Convention.PairDivisorSum(weights);
        });
        return [.. totals.Select(total => total > 0 ? input.Convention.Divisor(total, input.Coefficients) : double.PositiveInfinity)];
    }

    /// <summary>All pairs less those of one period and those of one individual leave those that share neither.</summary>
    private double[] Sum(Func<IReadOnlyList<int>, double> pairs)
    {
        var totals = new double[3];
        for (var i = 0; i < clusters.Count; i++)
        {
            int[] rows = [.. Enumerable.Range(clusters.Start(i), clusters.Size(i))];
            var samePeriod = rows.GroupBy(row => Periods[row]).Sum(group => pairs([.. group]));
            var sameIndividual = rows.GroupBy(row => Individuals[row]).Sum(group => pairs([.. group]));
            totals[0] += samePeriod;
            totals[1] += pairs(rows) - samePeriod - sameIndividual;
            totals[2] += sameIndividual;
        }

        return totals;
    }
}

using MarginalConditional.Data.Rows;

namespace MarginalConditional.Gee.Correlation;

/// <summary>Block exchangeable correlation when every individual is seen in every period, in closed form.</summary>
/// <remarks>
/// With N individuals, T periods and correlations a (one period), b (neither shared), c (one individual), R has four eigenvalues:
/// e = 1 − a − c + b on what is left after row and column means, e + T(c − b) on differences between individuals, e + N(a − b) on
/// differences between periods, and e + T(c − b) + N(a − b) + NTb on the mean (Li, Turner and Preisser 2018). R^−½ costs O(n).
/// </remarks>
internal sealed class CompleteBlockKernel : CorrelationKernel
{
    private readonly NearestByCuts nearest = new();
    private readonly Clusters clusters;
    private readonly BlockLayout layout;
    private readonly double[] individualRoots;
    private readonly double[] periodRoots;
    private readonly double[] meanRoots;
    private double residualRoot = 1;

    public CompleteBlockKernel(CorrelationInput input, BlockLayout layout)
        : base(input.Tolerances, parameters: 3, moments: 3)
    {
        clusters = input.Frame.Clusters;
        this.layout = layout;
        individualRoots = new double[clusters.Count];
        periodRoots = new double[clusters.Count];
        meanRoots = new double[clusters.Count];
    }

    /// <inheritdoc/>
    public override bool Occurs(int parameter) => layout.Occurs(parameter);

    /// <inheritdoc/>
    public override string? Note => layout.Absent;

    public override void AddMoments(int firstCluster, int endCluster, ReadOnlySpan<double> residuals, Span<double> sums) =>
        layout.AddMoments(firstCluster, endCluster, residuals, sums);

    public override void Estimate(ReadOnlySpan<double> sums, double scale, Span<double> alpha) => layout.Estimate(sums, scale, alpha);

    public override string? Prepare()
    {
        var (a, b, c) = (Alpha[0], Alpha[1], Alpha[2]);
        var residual = 1 - a - c + b;
        residualRoot = 1 / Math.Sqrt(residual);
        for (var i = 0; i < clusters.Count; i++)
        {
            double individuals = layout.IndividualCounts[i], periods = layout.PeriodCounts[i];
            var individual = residual + (periods * (c - b));
            var period = residual + (individuals * (a - b));
            var mean = individual + period - residual + (individuals * periods * b);
            var smallest = Math.Min(mean, Math.Min(
                individuals > 1 ? individual : mean,
                Math.Min(periods > 1 ? period : mean, individuals > 1 && periods > 1 ? residual : mean)));
            if (!(smallest > 0))
            {
                return FormattableString.Invariant($"The block correlation ({a:G6} within periods, {b:G6} between, {c:G6} within ")
                    + FormattableString.Invariant($"individuals) is not positive definite for cluster {clusters.Label(i)} of ")
                    + FormattableString.Invariant($"{individuals} individuals and {periods} periods: its smallest eigenvalue is ")
                    + FormattableString.Invariant($"{smallest:G4}, and it must be above 0.");
            }

            individualRoots[i] = individuals > 1 ? 1 / Math.Sqrt(individual) : 0;
            periodRoots[i] = periods > 1 ? 1 / Math.Sqrt(period) : 0;
            meanRoots[i] = 1 / Math.Sqrt(mean);
        }

        return null;
    }

    /// <summary>The nearest of the matrices of all clusters together: each correlation counts as often as it stands in them.</summary>
    public override void Repair() => nearest.Project(layout.PairCounts(), Tolerances.RepairMargin, Smallest, Alpha);

    public override void Whiten(int firstCluster, int endCluster, Span<double> column)
    {
        var origin = clusters.Start(firstCluster);
        Span<double> local = stackalloc double[512];
        for (var i = firstCluster; i < endCluster; i++)
        {
            var start = clusters.Start(i);
            var rows = column.Slice(start - origin, clusters.Size(i));
            var (individuals, periods) = (layout.IndividualCounts[i], layout.PeriodCounts[i]);
            var buffer = individuals + periods <= local.Length ? local[..(individuals + periods)] : new double[individuals + periods];
            buffer.Clear();
            var byIndividual = buffer[..individuals];
            var byPeriod = buffer[individuals..];
            var mean = 0.0;
            for (var j = 0; j < rows.Length; j++)
            {
                byIndividual[layout.Individuals[start + j]] += rows[j] / periods;
                byPeriod[layout.Periods[start + j]] += rows[j] / individuals;
                mean += rows[j] / rows.Length;
            }

            // Without a second individual or period the residual space is empty and its root does not matter.
            var residual = individuals > 1 && periods > 1 ? residualRoot : 0;
            for (var j = 0; j < rows.Length; j++)
            {
                var individual = byIndividual[layout.Individuals[start + j]] - mean;
                var period = byPeriod[layout.Periods[start + j]] - mean;
                var rest = rows[j] - mean - individual - period;
                rows[j] = (residual * rest) + (individualRoots[i] * individual) + (periodRoots[i] * period) + (meanRoots[i] * mean);
            }
        }
    }

    /// <summary>The eigenvalues are linear in the correlations; those of empty spaces do not count.</summary>
    private double Smallest(double[] gradient)
    {
        var smallest = double.PositiveInfinity;
        for (var i = 0; i < clusters.Count; i++)
        {
            double individuals = layout.IndividualCounts[i], periods = layout.PeriodCounts[i];
            Offer(individuals - 1, (individuals - 1) * (periods - 1), periods - 1);
            if (individuals > 1)
            {
                Offer(-1, 1 - periods, periods - 1);
            }

            if (periods > 1)
            {
                Offer(individuals - 1, 1 - individuals, -1);
            }

            if (individuals > 1 && periods > 1)
            {
                Offer(-1, 1, -1);
            }
        }

        return smallest;

        void Offer(double byPeriod, double byNeither, double byIndividual)
        {
            var value = 1 + (byPeriod * Alpha[0]) + (byNeither * Alpha[1]) + (byIndividual * Alpha[2]);
            if (value < smallest)
            {
                (smallest, gradient[0], gradient[1], gradient[2]) = (value, byPeriod, byNeither, byIndividual);
            }
        }
    }
}

using MarginalConditional.Compare.Standardization;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Compare.Longitudinal;

/// <summary>
/// The sums over clusters that the means of a trial by period are made of: for each period and each kind of weight the cells' weights,
/// predicted means, and means and residuals of those given each arm.
/// </summary>
/// <remarks>
/// Within a period the mean under arm a is Σwm̄(a)/Σw + Σw1{a}(ȳ − m̄(a))/Σw1{a}, without a model Σw1{a}ȳ/Σw1{a}; over periods the means
/// are averaged by the periods' weights, for both arms before they are compared (Fang and others 2025, section 3).
/// </remarks>
internal sealed class PeriodSums : ClusterSums
{
    private readonly TrialPeriods periods;

    /// <summary>Prepares the sums.</summary>
    /// <param name="model">The working model, fitted to all periods.</param>
    /// <param name="trial">The rows observed, with their periods.</param>
    /// <param name="settings">Every row set to each arm, in the order of the arms.</param>
    public PeriodSums(WorkingModel model, TrialRows trial, IReadOnlyList<ArmSetting> settings)
        : base(model, trial, settings, [])
    {
        periods = trial.Periods ?? throw new ArgumentException("The trial has no periods.", nameof(trial));
        Layout = new PeriodLayout(periods.Count, settings.Count);
    }

    /// <summary>Where each sum and each mean stands.</summary>
    public PeriodLayout Layout { get; }

    /// <inheritdoc/>
    public override int Count => Layout.Sums;

    /// <inheritdoc/>
    public override int Estimates => Layout.Means;

    /// <inheritdoc/>
    public override bool ChangesOthers(int cluster) =>
        Enumerable.Range(0, periods.Count).Any(period => !periods.IsKept(period, cluster));

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> sums, int leftOut, Span<double> estimates)
    {
        for (var e = 0; e < PeriodEstimand.All.Count; e++)
        {
            var estimand = PeriodEstimand.All[e];
            for (var arm = 0; arm < Layout.Arms; arm++)
            {
                foreach (var augmented in (ReadOnlySpan<bool>)[false, true])
                {
                    var (total, weights) = (0.0, 0.0);
                    for (var period = 0; period < Layout.Periods; period++)
                    {
                        if (periods.IsKept(period, leftOut))
                        {
                            var weight = estimand.IsHorizontal ? sums[Layout.Weight(estimand.Weight, period)] : 1;
                            total += weight * Mean(sums, estimand.Weight, period, arm, augmented);
                            weights += weight;
                        }
                    }

                    estimates[Layout.Mean(e, arm, augmented)] = total / weights;
                }
            }
        }
    }

    /// <inheritdoc/>
    public override void Differentiate(ReadOnlySpan<double> sums, ReadOnlySpan<double> direction, Span<double> estimates)
    {
        Span<double> means = new double[Layout.Means];
        Evaluate(sums, -1, means);
        for (var e = 0; e < PeriodEstimand.All.Count; e++)
        {
            var estimand = PeriodEstimand.All[e];
            for (var arm = 0; arm < Layout.Arms; arm++)
            {
                foreach (var augmented in (ReadOnlySpan<bool>)[false, true])
                {
                    var (total, weights) = (0.0, 0.0);
                    var mean = Layout.Mean(e, arm, augmented);
                    for (var period = 0; period < Layout.Periods; period++)
                    {
                        var position = Layout.Weight(estimand.Weight, period);
                        var (weight, change) = estimand.IsHorizontal ? (sums[position], direction[position]) : (1, 0);
                        var own = Mean(sums, estimand.Weight, period, arm, augmented);
                        total += (weight * MeanChange(sums, direction, estimand.Weight, period, arm, augmented))
                            + (change * (own - means[mean]));
                        weights += weight;
                    }

                    estimates[mean] = total / weights;
                }
            }
        }
    }

    /// <inheritdoc/>
    protected override void Add(RowPoints points, int first, int setting, int cluster, int leftOut, Span<double> sums)
    {
        var arm = Arm(setting);
        Span<double> factors = stackalloc double[PeriodLayout.Kinds];
        var sizes = CellSizes(cluster);
        var total = KeptRows(sizes, leftOut);
        for (var i = Clusters.Start(cluster); i < Clusters.Start(cluster + 1); i++)
        {
            var (count, period) = (Trial.Counts[i], Trial.Period(i));
            if (count == 0 || !periods.IsKept(period, leftOut))
            {
                continue;
            }

            Factors(sizes[period], total, factors);
            var mean = points.Mean[i - first];
            var given = periods.Arm(cluster, period) == arm;
            for (var kind = 0; kind < PeriodLayout.Kinds; kind++)
            {
                var weight = count * factors[kind];
                sums[Layout.Predicted(kind, period, arm)] += weight * mean;
                if (given)
                {
                    sums[Layout.Given(kind, period, arm)] += weight;
                    sums[Layout.Residual(kind, period, arm)] += weight * (Trial.Outcomes[i] - mean);
                    sums[Layout.Observed(kind, period, arm)] += weight * Trial.Outcomes[i];
                }
            }
        }
    }

    /// <inheritdoc/>
    protected override void AddSizes(int cluster, int leftOut, Span<double> sums)
    {
        Span<double> factors = stackalloc double[PeriodLayout.Kinds];
        var sizes = CellSizes(cluster);
        var total = KeptRows(sizes, leftOut);
        for (var period = 0; period < periods.Count; period++)
        {
            if (sizes[period] > 0 && periods.IsKept(period, leftOut))
            {
                Factors(sizes[period], total, factors);
                for (var kind = 0; kind < PeriodLayout.Kinds; kind++)
                {
                    sums[Layout.Weight(kind, period)] += sizes[period] * factors[kind];
                }
            }
        }
    }

    /// <inheritdoc/>
    protected override void AddSlopes(RowPoints points, int setting, Span<double> slopes)
    {
        var arm = Arm(setting);
        var n = Trial.Outcomes.Length;
        double[] predictor = new double[n], spread = new double[n], factors = new double[PeriodLayout.Kinds];
        for (var kind = 0; kind < PeriodLayout.Kinds; kind++)
        {
            for (var period = 0; period < periods.Count; period++)
            {
                Weigh(kind, period, givenOnly: false);
                AddSlope(setting, predictor, spread, Layout.Predicted(kind, period, arm), slopes);
                Weigh(kind, period, givenOnly: true);
                AddSlope(setting, predictor, spread, Layout.Residual(kind, period, arm), slopes);
            }
        }

        void Weigh(int kind, int period, bool givenOnly)
        {
            Array.Clear(predictor);
            Array.Clear(spread);
            for (var c = 0; c < Clusters.Count; c++)
            {
                CancellationScope.Check();
                if (periods.Arm(c, period) < 0 || (givenOnly && periods.Arm(c, period) != arm))
                {
                    continue;
                }

                var sizes = CellSizes(c);
                Factors(sizes[period], KeptRows(sizes, -1), factors);
                for (var i = Clusters.Start(c); i < Clusters.Start(c + 1); i++)
                {
                    if (Trial.Period(i) == period)
                    {
                        var weight = (givenOnly ? -1 : 1) * Trial.Counts[i] * factors[kind];
                        predictor[i] = weight * points.MeanSlope[i];
                        spread[i] = weight * points.MeanSpreadSlope[i];
                    }
                }
            }
        }
    }

    /// <summary>What a row's count is multiplied by for each kind of weight.</summary>
    private static void Factors(double cell, double cluster, Span<double> factors)
    {
        factors[PeriodLayout.Persons] = 1;
        factors[PeriodLayout.Shares] = 1 / cluster;
        factors[PeriodLayout.Cells] = 1 / cell;
    }

    /// <summary>The mean under an arm within a period.</summary>
    private double Mean(ReadOnlySpan<double> sums, int kind, int period, int arm, bool augmented)
    {
        var given = sums[Layout.Given(kind, period, arm)];
        return augmented
            ? (sums[Layout.Predicted(kind, period, arm)] / sums[Layout.Weight(kind, period)])
                + (sums[Layout.Residual(kind, period, arm)] / given)
            : sums[Layout.Observed(kind, period, arm)] / given;
    }

    private double MeanChange(
        ReadOnlySpan<double> sums, ReadOnlySpan<double> direction, int kind, int period, int arm, bool augmented)
    {
        var given = Layout.Given(kind, period, arm);
        return augmented
            ? AverageLayout.Ratio(sums, direction, Layout.Predicted(kind, period, arm), Layout.Weight(kind, period))
                + AverageLayout.Ratio(sums, direction, Layout.Residual(kind, period, arm), given)
            : AverageLayout.Ratio(sums, direction, Layout.Observed(kind, period, arm), given);
    }

    /// <summary>N_ij, the rows of a cluster's cells.</summary>
    private double[] CellSizes(int cluster)
    {
        var sizes = new double[periods.Count];
        for (var i = Clusters.Start(cluster); i < Clusters.Start(cluster + 1); i++)
        {
            if (Trial.Counts[i] > 0)
            {
                sizes[Trial.Period(i)] += Trial.Counts[i];
            }
        }

        return sizes;
    }

    /// <summary>N_i, the rows of a cluster in the periods that are compared.</summary>
    private double KeptRows(ReadOnlySpan<double> sizes, int leftOut)
    {
        var rows = 0.0;
        for (var period = 0; period < sizes.Length; period++)
        {
            rows += periods.IsKept(period, leftOut) ? sizes[period] : 0;
        }

        return rows;
    }
}

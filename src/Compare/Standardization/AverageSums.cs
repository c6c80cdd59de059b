using MarginalConditional.Compare.Estimands;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Compare.Standardization;

/// <summary>
/// The sums over clusters that every rung of a ladder is made of: the cluster's size, its predicted means under each setting, their
/// transforms, and the residuals of those who were given the setting's arm.
/// </summary>
/// <remarks>
/// A block of each weighting, in which a cluster counts as its rows or as 1: the size, then for each setting Σm, for each ratio measure h
/// Σh(m) and ΣE_b[h(μ)], then Σ(y − m)/π and Σ1/π over the rows given the arm, by period where a trial has periods.
/// </remarks>
internal sealed class AverageSums : ClusterSums
{
    private readonly EffectMeasure[] ratios;

    /// <summary>Prepares the sums.</summary>
    /// <param name="model">The working model.</param>
    /// <param name="trial">The rows observed.</param>
    /// <param name="settings">What the rows are set to.</param>
    /// <param name="ratios">The measures that work on transformed means.</param>
    public AverageSums(WorkingModel model, TrialRows trial, IReadOnlyList<ArmSetting> settings, IReadOnlyList<EffectMeasure> ratios)
        : base(model, trial, settings, [.. ratios.Select(ratio => ratio.MeanOver(model.Link))])
    {
        this.ratios = [.. ratios];
        Layout = new AverageLayout(settings.Count, ratios.Count, trial.Periods?.Count ?? 1);
    }

    /// <summary>Where each sum and each average stands.</summary>
    public AverageLayout Layout { get; }

    /// <inheritdoc/>
    public override int Count => Layout.Sums;

    /// <inheritdoc/>
    public override int Estimates => Layout.Averages;

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> sums, int leftOut, Span<double> estimates) =>
        Layout.Evaluate(sums, Trial, leftOut, estimates);

    /// <inheritdoc/>
    public override bool IsOfModel(int estimate) => !Layout.IsRobust(estimate);

    /// <inheritdoc/>
    public override void Differentiate(ReadOnlySpan<double> sums, ReadOnlySpan<double> direction, Span<double> estimates) =>
        Layout.Differentiate(sums, Trial.HasKnownProbabilities, direction, estimates);

    /// <inheritdoc/>
    protected override void Add(RowPoints points, int first, int setting, int cluster, int leftOut, Span<double> sums)
    {
        var own = Trial.Totals[cluster] > 0 ? 1 / Trial.Totals[cluster] : 0;
        var arm = Arm(setting);
        var counts = Trial.Counts;
        var (start, end) = (Clusters.Start(cluster), Clusters.Start(cluster + 1));
        var means = 0.0;
        for (var i = start; i < end; i++)
        {
            if (counts[i] == 0)
            {
                continue;
            }

            var mean = points.Mean[i - first];
            means += counts[i] * mean;
            var given = counts[i] * Trial.InverseProbability(i, arm);
            if (given != 0)
            {
                var period = Trial.Period(i);
                AddBoth(Layout.Residual(0, setting, period), given * (Trial.Outcomes[i] - mean), own, sums);
                AddBoth(Layout.Given(0, setting, period), given, own, sums);
            }
        }

        AddBoth(Layout.Mean(0, setting), means, own, sums);
        for (var t = 0; t < ratios.Length; t++)
        {
            var (transformed, conditional) = (0.0, 0.0);
            for (var i = start; i < end; i++)
            {
                if (counts[i] != 0)
                {
                    transformed += counts[i] * ratios[t].Transform(points.Mean[i - first]);
                    conditional += counts[i] * points.Transformed(t, i - first);
                }
            }

            AddBoth(Layout.Transformed(0, setting, t), transformed, own, sums);
            AddBoth(Layout.Conditional(0, setting, t), conditional, own, sums);
        }
    }

    /// <inheritdoc/>
    protected override void AddSizes(int cluster, int leftOut, Span<double> sums)
    {
        var total = Trial.Totals[cluster];
        if (total == 0)
        {
            return;
        }

        AddBoth(Layout.Size(0), total, 1 / total, sums);
        for (var i = Clusters.Start(cluster); Layout.Periods > 1 && i < Clusters.Start(cluster + 1); i++)
        {
            if (Trial.Counts[i] > 0)
            {
                AddBoth(Layout.PeriodSize(0, Trial.Period(i)), Trial.Counts[i], 1 / total, sums);
            }
        }
    }

    /// <inheritdoc/>
    protected override void AddSlopes(RowPoints points, int setting, Span<double> slopes)
    {
        var n = Trial.Outcomes.Length;
        double[] shares = new double[n], weights = new double[n], predictorSlopes = new double[n], spreadSlopes = new double[n];
        for (var weighting = 0; weighting < AverageLayout.Weightings; weighting++)
        {
            FillShares(weighting, shares);
            AddMeanSlopes(shares, Layout.Mean(weighting, setting), slopes);
            for (var t = 0; t < ratios.Length; t++)
            {
                CancellationScope.Check();
                for (var i = 0; i < n; i++)
                {
                    weights[i] = shares[i] == 0 ? 0 : shares[i] * ratios[t].TransformSlope(points.Mean[i]);
                }

                AddMeanSlopes(weights, Layout.Transformed(weighting, setting, t), slopes);
                for (var i = 0; i < n; i++)
                {
                    (predictorSlopes[i], spreadSlopes[i]) = shares[i] == 0
                        ? (0, 0)
                        : (shares[i] * points.TransformSlope(t, i), shares[i] * points.TransformSpreadSlope(t, i));
                }

                AddSlope(setting, predictorSlopes, spreadSlopes, Layout.Conditional(weighting, setting, t), slopes);
            }

            for (var period = 0; period < Layout.Periods; period++)
            {
                for (var i = 0; i < n; i++)
                {
                    weights[i] = Trial.Period(i) == period ? -shares[i] * Trial.InverseProbability(i, Arm(setting)) : 0;
                }

                AddMeanSlopes(weights, Layout.Residual(weighting, setting, period), slopes);
            }
        }

        void AddMeanSlopes(double[] weight, int sum, Span<double> destination)
        {
            CancellationScope.Check();
            for (var i = 0; i < n; i++)
            {
                (predictorSlopes[i], spreadSlopes[i]) = weight[i] == 0
                    ? (0, 0)
                    : (weight[i] * points.MeanSlope[i], weight[i] * points.MeanSpreadSlope[i]);
            }

            AddSlope(setting, predictorSlopes, spreadSlopes, sum, destination);
        }
    }

    /// <summary>What each row counts for: its own count, or its share of its cluster.</summary>
    private void FillShares(int weighting, double[] shares)
    {
        Trial.Counts.CopyTo(shares);
        for (var c = 0; weighting == 1 && c < Clusters.Count; c++)
        {
            CancellationScope.Check();
            for (var i = Clusters.Start(c); i < Clusters.Start(c + 1); i++)
            {
                shares[i] = shares[i] == 0 ? 0 : shares[i] / Trial.Totals[c];
            }
        }
    }

    private void AddBoth(int index, double value, double own, Span<double> sums)
    {
        sums[index] += value;
        sums[index + Layout.Block] += own * value;
    }
}

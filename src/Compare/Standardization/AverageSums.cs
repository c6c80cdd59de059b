using MarginalConditional.Compare.Estimands;

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
        for (var i = Clusters.Start(cluster); i < Clusters.Start(cluster + 1); i++)
        {
            var count = Trial.Counts[i];
            if (count == 0)
            {
                continue;
            }

            var row = i - first;
            var mean = points.Mean[row];
            var given = count * Trial.InverseProbability(i, arm);
            var period = Trial.Period(i);
            AddBoth(Layout.Mean(0, setting), count * mean, own, sums);
            AddBoth(Layout.Residual(0, setting, period), given * (Trial.Outcomes[i] - mean), own, sums);
            AddBoth(Layout.Given(0, setting, period), given, own, sums);
            for (var t = 0; t < ratios.Length; t++)
            {
                AddBoth(Layout.Transformed(0, setting, t), count * ratios[t].Transform(mean), own, sums);
                AddBoth(Layout.Conditional(0, setting, t), count * points.Transformed(t, row), own, sums);
            }
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
        double[] predictorSlopes = new double[n], spreadSlopes = new double[n];
        for (var weighting = 0; weighting < AverageLayout.Weightings; weighting++)
        {
            Weigh((row, share) => (share * points.MeanSlope[row], share * points.MeanSpreadSlope[row]));
            AddSlope(setting, predictorSlopes, spreadSlopes, Layout.Mean(weighting, setting), slopes);
            for (var t = 0; t < ratios.Length; t++)
            {
                var (ratio, transformed) = (ratios[t], t);
                Weigh((row, share) =>
                {
                    var slope = share * ratio.TransformSlope(points.Mean[row]);
                    return (slope * points.MeanSlope[row], slope * points.MeanSpreadSlope[row]);
                });
                AddSlope(setting, predictorSlopes, spreadSlopes, Layout.Transformed(weighting, setting, t), slopes);
                Weigh((row, share) => (
                    share * points.TransformSlope(transformed, row),
                    share * points.TransformSpreadSlope(transformed, row)));
                AddSlope(setting, predictorSlopes, spreadSlopes, Layout.Conditional(weighting, setting, t), slopes);
            }

            for (var period = 0; period < Layout.Periods; period++)
            {
                var current = period;
                Weigh((row, share) =>
                {
                    var given = Trial.Period(row) == current ? -share * Trial.InverseProbability(row, Arm(setting)) : 0;
                    return (given * points.MeanSlope[row], given * points.MeanSpreadSlope[row]);
                });
                AddSlope(setting, predictorSlopes, spreadSlopes, Layout.Residual(weighting, setting, period), slopes);
            }

            void Weigh(Func<int, double, (double, double)> weigh)
            {
                for (var c = 0; c < Clusters.Count; c++)
                {
                    for (var i = Clusters.Start(c); i < Clusters.Start(c + 1); i++)
                    {
                        var share = Trial.Counts[i] == 0 ? 0 : weighting == 0 ? Trial.Counts[i] : Trial.Counts[i] / Trial.Totals[c];
                        (predictorSlopes[i], spreadSlopes[i]) = share == 0 ? (0, 0) : weigh(i, share);
                    }
                }
            }
        }
    }

    private void AddBoth(int index, double value, double own, Span<double> sums)
    {
        sums[index] += value;
        sums[index + Layout.Block] += own * value;
    }
}

using MarginalConditional.Compare.Estimands;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Compare.Standardization;

/// <summary>
/// The sums over clusters that every rung of a ladder is made of: s_c(ψ) with the cluster's size, its predicted means under each setting,
/// their transforms, and the residuals of those who were given the setting's arm.
/// </summary>
/// <remarks>
/// A block of each weighting, in which a cluster counts as its rows or as 1: the size, then for each setting Σm, for each ratio measure h
/// Σh(m) and ΣE_b[h(μ)], then Σ(y − m)/π and Σ1/π over the rows given the arm. All estimates are functions of the sums alone, so they can be
/// had without a cluster, and their influences follow from the sums' own.
/// </remarks>
internal sealed class AverageSums
{
    private readonly WorkingModel model;
    private readonly TrialRows trial;
    private readonly ArmSetting[] settings;
    private readonly PredictedRows[] rows;
    private readonly EffectMeasure[] ratios;
    private readonly TransformedMean?[] transforms;
    private readonly MarginalMean? integral;

    /// <summary>Prepares the sums.</summary>
    /// <param name="model">The working model.</param>
    /// <param name="trial">The rows observed.</param>
    /// <param name="settings">What the rows are set to.</param>
    /// <param name="ratios">The measures that work on transformed means.</param>
    public AverageSums(WorkingModel model, TrialRows trial, IReadOnlyList<ArmSetting> settings, IReadOnlyList<EffectMeasure> ratios)
    {
        this.model = model;
        this.trial = trial;
        this.settings = [.. settings];
        this.ratios = [.. ratios];
        rows = [.. settings.Select(setting => model.Under(setting.Design))];
        transforms = [.. ratios.Select(ratio => ratio.MeanOver(model.Link))];
        integral = MarginalMean.Exists(model.Link) ? MarginalMean.For(model.Link) : null;
        Layout = new AverageLayout(settings.Count, ratios.Count);
    }

    /// <summary>Where each sum and each average stands.</summary>
    public AverageLayout Layout { get; }

    /// <summary>The working model.</summary>
    public WorkingModel Model => model;

    /// <summary>The rows observed.</summary>
    public TrialRows Trial => trial;

    /// <summary>s_c(ψ) of one cluster.</summary>
    /// <param name="parameters">ψ.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="sums">Receives <see cref="AverageLayout.Sums"/> values.</param>
    public void Of(ReadOnlySpan<double> parameters, int cluster, Span<double> sums)
    {
        sums.Clear();
        Add(parameters, trial.Clusters.Start(cluster), trial.Clusters.Size(cluster), cluster, sums);
    }

    /// <summary>Σ_c s_c(ψ) over all clusters but one.</summary>
    /// <param name="parameters">ψ.</param>
    /// <param name="leftOut">The cluster left out.</param>
    /// <param name="sums">Receives <see cref="AverageLayout.Sums"/> values.</param>
    public void Without(ReadOnlySpan<double> parameters, int leftOut, Span<double> sums)
    {
        sums.Clear();
        var points = new RowPoints(trial.Outcomes.Length);
        for (var s = 0; s < rows.Length; s++)
        {
            rows[s].Predict(parameters, 0, points.Predictor, points.Spread);
            points.Evaluate(model.Link, integral, transforms);
            for (var c = 0; c < trial.Clusters.Count; c++)
            {
                if (c != leftOut)
                {
                    AddCluster(points, s, c, trial.Clusters.Start(c), sums, trial.Clusters.Start(c));
                }
            }
        }

        AddSizes(leftOut, sums);
    }

    /// <summary>∂/∂ψ Σ_c s_c at ψ̂.</summary>
    /// <param name="slopes">Receives <see cref="AverageLayout.Sums"/>×m values by rows.</param>
    public void Slopes(Span<double> slopes)
    {
        slopes.Clear();
        var n = trial.Outcomes.Length;
        var m = model.Parameters.Length;
        var points = new RowPoints(n);
        double[] predictorWeights = new double[n], spreadWeights = new double[n];
        for (var s = 0; s < rows.Length; s++)
        {
            rows[s].Predict(model.Parameters, 0, points.Predictor, points.Spread);
            points.Evaluate(model.Link, integral, transforms);
            for (var weighting = 0; weighting < AverageLayout.Weightings; weighting++)
            {
                Weigh((row, share) => (share * points.MeanSlope[row], share * points.MeanSpreadSlope[row]));
                rows[s].AddGradient(predictorWeights, spreadWeights, slopes.Slice(Layout.Mean(weighting, s) * m, m));
                for (var t = 0; t < ratios.Length; t++)
                {
                    var ratio = ratios[t];
                    var transformed = t;
                    Weigh((row, share) =>
                    {
                        var slope = share * ratio.TransformSlope(points.Mean[row]);
                        return (slope * points.MeanSlope[row], slope * points.MeanSpreadSlope[row]);
                    });
                    rows[s].AddGradient(predictorWeights, spreadWeights, slopes.Slice(Layout.Transformed(weighting, s, t) * m, m));
                    Weigh((row, share) => (
                        share * points.TransformSlope(transformed, row),
                        share * points.TransformSpreadSlope(transformed, row)));
                    rows[s].AddGradient(predictorWeights, spreadWeights, slopes.Slice(Layout.Conditional(weighting, s, t) * m, m));
                }

                Weigh((row, share) =>
                {
                    var given = -share * trial.InverseProbability(row, settings[s].Arm);
                    return (given * points.MeanSlope[row], given * points.MeanSpreadSlope[row]);
                });
                rows[s].AddGradient(predictorWeights, spreadWeights, slopes.Slice(Layout.Residual(weighting, s) * m, m));

                void Weigh(Func<int, double, (double, double)> weigh)
                {
                    for (var c = 0; c < trial.Clusters.Count; c++)
                    {
                        for (var i = trial.Clusters.Start(c); i < trial.Clusters.Start(c + 1); i++)
                        {
                            var share = trial.Counts[i] == 0 ? 0 : weighting == 0 ? trial.Counts[i] : trial.Counts[i] / trial.Totals[c];
                            (predictorWeights[i], spreadWeights[i]) = share == 0 ? (0, 0) : weigh(i, share);
                        }
                    }
                }
            }
        }
    }

    private void Add(ReadOnlySpan<double> parameters, int start, int size, int cluster, Span<double> sums)
    {
        var points = new RowPoints(size);
        for (var s = 0; s < rows.Length; s++)
        {
            rows[s].Predict(parameters, start, points.Predictor, points.Spread);
            points.Evaluate(model.Link, integral, transforms);
            AddCluster(points, s, cluster, start, sums, 0);
        }

        sums[Layout.Size(0)] += trial.Totals[cluster];
        sums[Layout.Size(1)] += trial.Totals[cluster] > 0 ? 1 : 0;
    }

    private void AddSizes(int leftOut, Span<double> sums)
    {
        for (var c = 0; c < trial.Clusters.Count; c++)
        {
            if (c != leftOut)
            {
                sums[Layout.Size(0)] += trial.Totals[c];
                sums[Layout.Size(1)] += trial.Totals[c] > 0 ? 1 : 0;
            }
        }
    }

    /// <summary>Adds one cluster's rows under one setting, for both weightings.</summary>
    /// <param name="points">The predictions.</param>
    /// <param name="setting">The setting.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="start">Its first row in the frame.</param>
    /// <param name="sums">Added to.</param>
    /// <param name="first">Its first row among the points.</param>
    private void AddCluster(RowPoints points, int setting, int cluster, int start, Span<double> sums, int first)
    {
        var own = trial.Totals[cluster] > 0 ? 1 / trial.Totals[cluster] : 0;
        var arm = settings[setting].Arm;
        for (var k = 0; k < trial.Clusters.Size(cluster); k++)
        {
            var count = trial.Counts[start + k];
            if (count == 0)
            {
                continue;
            }

            var row = first + k;
            var mean = points.Mean[row];
            var given = count * trial.InverseProbability(start + k, arm);
            AddBoth(Layout.Mean(0, setting), count * mean, own, sums);
            AddBoth(Layout.Residual(0, setting), given * (trial.Outcomes[start + k] - mean), own, sums);
            AddBoth(Layout.Given(0, setting), given, own, sums);
            for (var t = 0; t < ratios.Length; t++)
            {
                AddBoth(Layout.Transformed(0, setting, t), count * ratios[t].Transform(mean), own, sums);
                AddBoth(Layout.Conditional(0, setting, t), count * points.Transformed(t, row), own, sums);
            }
        }
    }

    private void AddBoth(int index, double value, double own, Span<double> sums)
    {
        sums[index] += value;
        sums[index + Layout.Block] += own * value;
    }
}

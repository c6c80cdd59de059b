using MarginalConditional.Compare.Standardization;
using MarginalConditional.Data.Rows;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.NormalMeans;
using MarginalConditional.Statistics.Ordinal;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Compare.Ordinal;

/// <summary>
/// The sums over clusters that the estimands of an ordered outcome are made of: for each arm and threshold the probabilities P(Y ≤ k),
/// their F⁻¹, the points given effects of 0, and the residuals of those given the arm.
/// </summary>
/// <remarks>As <see cref="AverageSums"/> for means, with the indicators 1(Y ≤ k) as outcomes.</remarks>
internal sealed class OrdinalSums : ClusterFunction
{
    private readonly OrdinalGlmmFit fit;
    private readonly OrdinalArm[] settings;
    private readonly int[] given;
    private readonly double[] counts;
    private readonly double[] totals;
    private readonly CumulativeMean mean;

    /// <summary>Prepares the sums.</summary>
    /// <param name="fit">The mixed model.</param>
    /// <param name="settings">All rows under each arm.</param>
    /// <param name="given">The arm that each row was given.</param>
    /// <param name="population">Which rows are averaged over; null for all.</param>
    public OrdinalSums(OrdinalGlmmFit fit, IReadOnlyList<OrdinalArm> settings, int[] given, IReadOnlyList<bool>? population = null)
    {
        this.fit = fit;
        this.settings = [.. settings];
        this.given = [.. given];
        mean = new CumulativeMean(fit.Link);
        Layout = new OrdinalAverages(settings.Count, fit.Layout.Thresholds);
        counts = fit.Frame.Weights.IsEmpty ? [.. Enumerable.Repeat(1.0, fit.Frame.Rows)] : fit.Frame.Weights.ToArray();
        for (var i = 0; population is not null && i < counts.Length; i++)
        {
            counts[i] = population[i] ? counts[i] : 0;
        }

        totals = new double[Clusters.Count];
        for (var c = 0; c < totals.Length; c++)
        {
            for (var i = Clusters.Start(c); i < Clusters.Start(c + 1); i++)
            {
                totals[c] += counts[i];
            }
        }
    }

    /// <summary>Where each sum and each average stands.</summary>
    public OrdinalAverages Layout { get; }

    /// <inheritdoc/>
    public override ReadOnlySpan<double> Parameters => fit.Parameters;

    /// <inheritdoc/>
    public override Clusters Clusters => fit.Frame.Clusters;

    /// <inheritdoc/>
    public override int ClustersSeen => totals.Count(total => total > 0);

    /// <inheritdoc/>
    public override int Count => Layout.Sums;

    /// <inheritdoc/>
    public override int Estimates => Layout.Averages;

    /// <inheritdoc/>
    public override void OfEach(ReadOnlySpan<double> changes, Span<double> sums)
    {
        sums.Clear();
        double[] points = new double[counts.Length], spreads = new double[counts.Length], parameters = Parameters.ToArray();
        for (var arm = 0; arm < settings.Length; arm++)
        {
            for (var k = 0; k < Layout.Thresholds; k++)
            {
                for (var c = 0; c < Clusters.Count; c++)
                {
                    CancellationScope.Check();
                    Move(changes, c, parameters);
                    var (start, size) = (Clusters.Start(c), Clusters.Size(c));
                    settings[arm].Points(parameters, k, start, points.AsSpan(start, size));
                    settings[arm].Spreads(parameters, start, spreads.AsSpan(start, size));
                }

                var results = Average(points, spreads, out var own);
                for (var c = 0; c < Clusters.Count; c++)
                {
                    CancellationScope.Check();
                    Add(arm, k, c, own, results, sums.Slice(c * Count, Count));
                }
            }
        }

        for (var c = 0; c < Clusters.Count; c++)
        {
            CancellationScope.Check();
            AddSizes(c, sums.Slice(c * Count, Count));
        }
    }

    /// <inheritdoc/>
    public override void Without(ReadOnlySpan<double> parameters, int leftOut, Span<double> sums)
    {
        sums.Clear();
        double[] points = new double[counts.Length], spreads = new double[counts.Length];
        for (var arm = 0; arm < settings.Length; arm++)
        {
            settings[arm].Spreads(parameters, 0, spreads);
            for (var k = 0; k < Layout.Thresholds; k++)
            {
                settings[arm].Points(parameters, k, 0, points);
                var results = Average(points, spreads, out var own);
                for (var c = 0; c < Clusters.Count; c++)
                {
                    CancellationScope.Check();
                    if (c != leftOut)
                    {
                        Add(arm, k, c, own, results, sums);
                    }
                }
            }
        }

        for (var c = 0; c < Clusters.Count; c++)
        {
            CancellationScope.Check();
            if (c != leftOut)
            {
                AddSizes(c, sums);
            }
        }
    }

    /// <inheritdoc/>
    public override void Slopes(Span<double> slopes)
    {
        slopes.Clear();
        var m = Parameters.Length;
        double[] points = new double[counts.Length], shares = new double[counts.Length], byPoint = new double[counts.Length],
            bySpread = new double[counts.Length];
        for (var weighting = 0; weighting < OrdinalAverages.Weightings; weighting++)
        {
            FillShares(weighting, shares);
            for (var arm = 0; arm < settings.Length; arm++)
            {
                for (var k = 0; k < Layout.Thresholds; k++)
                {
                    settings[arm].Points(Parameters, k, 0, points);
                    var results = Average(points, settings[arm].Spread.Values, out _);
                    Weigh(i => (results[i].MeanSlope, results[i].MeanSpreadSlope));
                    settings[arm].AddGradient(k, byPoint, bySpread, slopes.Slice(Layout.Mean(weighting, arm, k) * m, m));
                    Weigh(i => (results[i].PredictorSlope, results[i].PredictorSpreadSlope));
                    settings[arm].AddGradient(k, byPoint, bySpread, slopes.Slice(Layout.Transformed(weighting, arm, k) * m, m));
                    Weigh(_ => (1, 0));
                    settings[arm].AddGradient(k, byPoint, [], slopes.Slice(Layout.Point(weighting, arm, k) * m, m));
                    Weigh(i => given[i] == arm ? (-results[i].MeanSlope, -results[i].MeanSpreadSlope) : (0, 0));
                    settings[arm].AddGradient(k, byPoint, bySpread, slopes.Slice(Layout.Residual(weighting, arm, k) * m, m));
                }
            }
        }

        void Weigh(Func<int, (double Point, double Spread)> slope)
        {
            for (var i = 0; i < shares.Length; i++)
            {
                var (point, spread) = shares[i] == 0 ? (0, 0) : slope(i);
                (byPoint[i], bySpread[i]) = (shares[i] * point, shares[i] * spread);
            }
        }
    }

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> sums, int leftOut, Span<double> estimates)
    {
        for (var weighting = 0; weighting < OrdinalAverages.Weightings; weighting++)
        {
            var size = sums[Layout.Size(weighting)];
            for (var arm = 0; arm < settings.Length; arm++)
            {
                for (var k = 0; k < Layout.Thresholds; k++)
                {
                    var model = sums[Layout.Mean(weighting, arm, k)] / size;
                    estimates[Layout.Model(weighting, arm, k)] = model;
                    estimates[Layout.Robust(weighting, arm, k)] =
                        model + (sums[Layout.Residual(weighting, arm, k)] / sums[Layout.Given(weighting, arm)]);
                    estimates[Layout.AverageTransformed(weighting, arm, k)] = sums[Layout.Transformed(weighting, arm, k)] / size;
                    estimates[Layout.AveragePoint(weighting, arm, k)] = sums[Layout.Point(weighting, arm, k)] / size;
                }
            }
        }
    }

    /// <inheritdoc/>
    public override void Differentiate(ReadOnlySpan<double> sums, ReadOnlySpan<double> direction, Span<double> estimates)
    {
        for (var weighting = 0; weighting < OrdinalAverages.Weightings; weighting++)
        {
            var size = Layout.Size(weighting);
            for (var arm = 0; arm < settings.Length; arm++)
            {
                for (var k = 0; k < Layout.Thresholds; k++)
                {
                    var model = AverageLayout.Ratio(sums, direction, Layout.Mean(weighting, arm, k), size);
                    estimates[Layout.Model(weighting, arm, k)] = model;
                    estimates[Layout.Robust(weighting, arm, k)] = model
                        + AverageLayout.Ratio(sums, direction, Layout.Residual(weighting, arm, k), Layout.Given(weighting, arm));
                    estimates[Layout.AverageTransformed(weighting, arm, k)] =
                        AverageLayout.Ratio(sums, direction, Layout.Transformed(weighting, arm, k), size);
                    estimates[Layout.AveragePoint(weighting, arm, k)] =
                        AverageLayout.Ratio(sums, direction, Layout.Point(weighting, arm, k), size);
                }
            }
        }
    }

    /// <summary>The parameters without a cluster, where the others tell them.</summary>
    private void Move(ReadOnlySpan<double> changes, int cluster, double[] parameters)
    {
        Parameters.CopyTo(parameters);
        var own = changes.IsEmpty ? [] : changes.Slice(cluster * parameters.Length, parameters.Length);
        if (!own.IsEmpty && !own.Contains(double.NaN))
        {
            Dense.AddScaled(-1, own, parameters);
        }
    }

    /// <summary>The averages over the random effects; the points themselves are kept beside them.</summary>
    private MarginalPoint[] Average(double[] points, ReadOnlySpan<double> spreads, out double[] own)
    {
        own = [.. points];
        var results = new MarginalPoint[points.Length];
        mean.At(points, spreads, results);
        return results;
    }

    private void Add(int arm, int threshold, int cluster, double[] points, MarginalPoint[] results, Span<double> sums)
    {
        var share = totals[cluster] > 0 ? 1 / totals[cluster] : 0;
        double means = 0, transformed = 0, conditional = 0, residual = 0;
        for (var i = Clusters.Start(cluster); i < Clusters.Start(cluster + 1); i++)
        {
            if (counts[i] == 0)
            {
                continue;
            }

            means += counts[i] * results[i].Mean;
            transformed += counts[i] * results[i].Predictor;
            conditional += counts[i] * points[i];
            if (given[i] == arm)
            {
                residual += counts[i] * ((fit.Frame.Response[i] <= threshold ? 1 : 0) - results[i].Mean);
            }
        }

        AddBoth(Layout.Mean(0, arm, threshold), means, share, sums);
        AddBoth(Layout.Transformed(0, arm, threshold), transformed, share, sums);
        AddBoth(Layout.Point(0, arm, threshold), conditional, share, sums);
        AddBoth(Layout.Residual(0, arm, threshold), residual, share, sums);
    }

    private void AddSizes(int cluster, Span<double> sums)
    {
        if (totals[cluster] == 0)
        {
            return;
        }

        var share = 1 / totals[cluster];
        AddBoth(Layout.Size(0), totals[cluster], share, sums);
        for (var i = Clusters.Start(cluster); i < Clusters.Start(cluster + 1); i++)
        {
            AddBoth(Layout.Given(0, given[i]), counts[i], share, sums);
        }
    }

    private void AddBoth(int place, double value, double share, Span<double> sums)
    {
        sums[place] += value;
        sums[place + Layout.Block] += share * value;
    }

    /// <summary>What each row counts for: its own count, or its share of its cluster.</summary>
    private void FillShares(int weighting, double[] shares)
    {
        counts.CopyTo(shares, 0);
        for (var c = 0; weighting == 1 && c < Clusters.Count; c++)
        {
            CancellationScope.Check();
            for (var i = Clusters.Start(c); i < Clusters.Start(c + 1); i++)
            {
                shares[i] = shares[i] == 0 ? 0 : shares[i] / totals[c];
            }
        }
    }
}

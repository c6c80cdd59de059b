using MarginalConditional.Compare.Averaging;
using MarginalConditional.Compare.Influence;
using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Data.Rows;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Random;
using Xunit;

namespace MarginalConditional.Compare.Tests.Averaging;

/// <summary>Limits by way of a variance, against a search of the whole ellipsoid, and what they have to do whatever the numbers.</summary>
public sealed class SpreadIntervalTests
{
    private const int Clusters = 30;

    [Theory]
    [InlineData(0.7, 0.02, -0.05, 1, false)]
    [InlineData(0.7, 0.02, -0.05, 2, true)]
    [InlineData(0.2, 0.03, 0.001, 3, false)]
    [InlineData(0.05, 0.04, -0.01, 4, true)]
    [InlineData(1.5, 0.05, 0.3, 5, true)]
    public void Limits_are_the_extremes_over_the_ellipsoid(double sigma, double noise, double step, ulong stream, bool added)
    {
        var (spread, influence, rest) = Trial(sigma, noise, step, stream);
        (double, ClusterInfluence)? remainder = added ? (0.02, rest) : null;
        var interval = SpreadInterval.Of("step", (step, influence), spread, Clusters - 1, 0.95, remainder);

        var (lower, upper) = Searched(spread, (step, influence), added ? 0.02 : 0, added ? rest : null);
        Assert.Equal(Math.Min(lower, interval.Estimate), interval.Lower, 2e-3 * (upper - lower));
        Assert.Equal(Math.Max(upper, interval.Estimate), interval.Upper, 2e-3 * (upper - lower));
        Assert.Equal(step + (added ? 0.02 : 0), interval.Estimate, 1e-15);
    }

    [Theory]
    [InlineData(0.7, -0.05)]
    [InlineData(0.7, -0.08)]
    [InlineData(0.1, -0.01)]
    [InlineData(1.5, 0.06)]
    public void The_p_value_is_the_level_at_which_the_interval_reaches_0(double sigma, double step)
    {
        var (spread, influence, _) = Trial(sigma, 0.02, step, 9);
        var p = SpreadInterval.Of("step", (step, influence), spread, Clusters - 1, 0.95).PValue;

        Assert.InRange(p, 1e-4, 0.9);
        Assert.True(Includes(1 - (0.99 * p)));
        Assert.False(Includes(Math.Max(1e-6, 1 - (1.01 * p))));

        bool Includes(double level) =>
            SpreadInterval.Of("step", (step, influence), spread, Clusters - 1, level) is { Lower: <= 0, Upper: >= 0 };
    }

    [Fact]
    public void With_many_clusters_limits_are_those_of_the_normal()
    {
        const int Many = 4_000_000;
        var influence = new ClusterInfluence(Many, Values(Many, c => (c % 2 == 0 ? 1 : -1) * 1e-7));
        var spread = OfIntercept(0.8, Many, Values(Many, c => (c % 4 < 2 ? 1 : -1) * 1e-7), leavesOut: false);
        var interval = SpreadInterval.Of("step", (-0.1, influence), spread, null, 0.95);

        var half = Coefficient.CriticalValue(0.95, null) * influence.StandardError(0);
        Assert.Equal(-0.1 - half, interval.Lower, 1e-3 * half);
        Assert.Equal(-0.1 + half, interval.Upper, 1e-3 * half);
        Assert.Equal(0, interval.PValue, 1e-12);
    }

    [Fact]
    public void Without_spread_nothing_is_said_of_limits()
    {
        var spread = OfIntercept(0, Clusters, new double[Clusters], leavesOut: true);
        var interval = SpreadInterval.Of("step", (0, new ClusterInfluence(Clusters, new double[Clusters])), spread, 29, 0.95);
        Assert.Equal(0, interval.Estimate);
        Assert.Equal(0, interval.StandardError);
        Assert.True(double.IsNaN(interval.Lower) && double.IsNaN(interval.Upper) && double.IsNaN(interval.PValue));
    }

    /// <summary>A random intercept whose clusters move σ, a step and a remainder together.</summary>
    private static (SpreadEstimate Spread, ClusterInfluence Step, ClusterInfluence Added) Trial(
        double sigma, double noise, double step, ulong stream)
    {
        var random = new RandomStream(5, stream, 0);
        var (changes, own, rest) = (new double[Clusters], new double[Clusters], new double[Clusters]);
        for (var c = 0; c < Clusters; c++)
        {
            changes[c] = noise * random.NextNormal() * Math.Min(1, sigma);
            var without = (sigma - changes[c]) * (sigma - changes[c]) / (sigma * sigma);
            own[c] = (Clusters - 1.0) / Clusters * (step - ((step + (0.004 * random.NextNormal())) * without));
            rest[c] = (0.01 * random.NextNormal()) - (0.3 * own[c]);
        }

        return (OfIntercept(sigma, Clusters, changes, leavesOut: true), new(Clusters, own), new(Clusters, rest));
    }

    /// <summary>σ of a model with an intercept alone, two rows a cluster.</summary>
    private static SpreadEstimate OfIntercept(double sigma, int clusters, double[] changes, bool leavesOut)
    {
        double[] ones = [.. Enumerable.Repeat(1.0, clusters * 2)];
        var model = new ConditionalModel(
            TableFile.Design(("(Intercept)", ones)), Link.Logit, [0.2], [new RandomEffectBlock(ones, [sigma], 1, correlated: true)]);
        var all = new double[clusters * 2];
        for (var c = 0; c < clusters; c++)
        {
            all[(2 * c) + 1] = changes[c];
        }

        return SpreadEstimate.Of(
            model,
            [0.2, sigma],
            new Clusters("id", [.. Enumerable.Range(0, clusters + 1).Select(c => 2 * c)], c => $"{c}"),
            all,
            leavesOut);
    }

    /// <summary>Points all over the surface of the ellipsoid, which a Cholesky factor makes of the sphere's.</summary>
    private static (double Lower, double Upper) Searched(
        SpreadEstimate spread, (double Value, ClusterInfluence Influence) step, double remainder, ClusterInfluence? rest)
    {
        var (each, eachInfluence) = spread.PerUnit(step.Value, step.Influence);
        var error = spread.Influence.StandardError(0);
        var noise = Math.Max(0, (error * Math.Sqrt((Clusters - 1) / 2.0)) - spread.Variance);
        var level = spread.Variance + noise;
        ClusterInfluence logarithm = new(Clusters, Values(Clusters, c => spread.Influence.Values[c] / level));
        var v = ClusterInfluence.Join(logarithm, eachInfluence, rest ?? new ClusterInfluence(Clusters, new double[Clusters])).Covariance();
        var l = new double[9];
        for (var i = 0; i < 3; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = v[(i * 3) + j] - Enumerable.Range(0, j).Sum(k => l[(i * 3) + k] * l[(j * 3) + k]);
                l[(i * 3) + j] = i == j ? Math.Sqrt(Math.Max(0, sum)) : l[(j * 3) + j] > 0 ? sum / l[(j * 3) + j] : 0;
            }
        }

        var t = -StudentDistribution.Quantile(0.025, Clusters - 1);
        var (lower, upper) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var a = 0; a <= 400; a++)
        {
            for (var b = 0; b < 400; b++)
            {
                var (sine, x) = (Math.Sin(Math.PI * a / 400), t * Math.Cos(Math.PI * a / 400));
                var (y, z) = (t * sine * Math.Cos(Math.PI * b / 200), t * sine * Math.Sin(Math.PI * b / 200));
                var variance = Math.Max(0, (level * Clusters / (Clusters - 1.0) * Math.Exp(l[0] * x)) - noise);
                var value = ((each + (l[3] * x) + (l[4] * y)) * variance) + remainder + (l[6] * x) + (l[7] * y) + (l[8] * z);
                (lower, upper) = (Math.Min(lower, value), Math.Max(upper, value));
            }
        }

        return (lower, upper);
    }

    private static double[] Values(int count, Func<int, double> value) => [.. Enumerable.Range(0, count).Select(value)];
}

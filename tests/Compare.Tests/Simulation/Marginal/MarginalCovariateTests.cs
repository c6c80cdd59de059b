using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Effects;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Simulation.Marginal;

/// <summary>
/// Outcomes of given means and correlations that depend on covariates, and where these reach (<see cref="CovariateEnds"/>).
/// </summary>
public sealed class MarginalCovariateTests
{
    private const string Binary = "outcome: binary, baseline: -0.5, covariate: two-point(0.4), covariate-slope: 0.6, "
        + "cluster-covariate: two-point(0.5), cluster-covariate-slope: 0.3, covariate-interaction: 0.2, correlation: exchangeable(0.15)";

    [Theory]
    [InlineData("emrich-piedmonte", Binary)]
    [InlineData("gaussian-copula", Binary)]
    [InlineData("qaqish", Binary)]
    [InlineData("gaussian-copula", "outcome: count, baseline: 1, covariate: two-point(0.5), covariate-slope: 0.3, correlation: ar1(0.3)")]
    [InlineData(
        "gaussian-copula",
        "outcome: continuous, covariate: normal, covariate-slope: 2, correlation: exchangeable(0.4), residual-sd: 2")]
    public void Means_and_correlations_given_the_covariates_are_those_asked_for(string generation, string settings)
    {
        var mechanism = Read(60_000, 2, generation, settings);
        var isContinuous = mechanism.IsContinuous;
        var frame = mechanism.Open().Draw(new RandomStream(7, 1, 0), 0);
        string[] names = [.. mechanism.Covariates.Select(covariate => covariate.Name)];

        // Clusters whose rows have the same arm and covariates; normal outcomes are taken less their means.
        var groups = new Dictionary<string, List<(double First, double Second)>>(StringComparer.Ordinal);
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            var row = frame.Clusters.Start(c);
            var key = isContinuous ? "all" : $"{Predictor(mechanism, frame, row):0.0000} {Predictor(mechanism, frame, row + 1):0.0000}";
            var shift = isContinuous ? (Predictor(mechanism, frame, row), Predictor(mechanism, frame, row + 1)) : (0, 0);
            groups.TryAdd(key, []);
            groups[key].Add((frame.Response[row] - shift.Item1, frame.Response[row + 1] - shift.Item2));
        }

        Assert.Equal(isContinuous ? 1 : names.Length == 2 ? 16 : 8, groups.Count);
        var correlation = mechanism.Generation!.Correlation.Between(0, 1, 0, 0);
        foreach (var (key, pairs) in groups)
        {
            var n = pairs.Count;
            var (first, second) = (pairs.Average(pair => pair.First), pairs.Average(pair => pair.Second));
            var (one, other) = (pairs.Average(pair => Square(pair.First - first)), pairs.Average(pair => Square(pair.Second - second)));
            if (!isContinuous)
            {
                double[] means =
                [
                    .. key.Split(' ').Select(text =>
                        mechanism.Link.Mean(double.Parse(text, System.Globalization.CultureInfo.InvariantCulture))),
                ];
                Assert.InRange((first - means[0]) / Math.Sqrt(one / n), -4.5, 4.5);
                Assert.InRange((second - means[1]) / Math.Sqrt(other / n), -4.5, 4.5);
            }

            double[] products = [.. pairs.Select(pair => (pair.First - first) * (pair.Second - second) / Math.Sqrt(one * other))];
            var spread = Math.Sqrt(products.Average(product => Square(product - products.Average())) / n);
            Assert.InRange((products.Average() - correlation) / spread, -4.5, 4.5);
        }

        static double Square(double x) => x * x;
    }

    [Fact]
    public void Truths_are_the_model_s_own_given_covariates_and_averages_over_them()
    {
        var mechanism = Read(40, 6, "qaqish", Binary.Replace("covariate-interaction: 0.2, ", string.Empty, StringComparison.Ordinal));
        Assert.Equal(0.7, StudyTarget.MarginalGivenCovariates.Truth(mechanism), 1e-10);
        Assert.Equal(double.NaN, StudyTarget.Conditional.Truth(mechanism));
        var means = new double[2];
        foreach (var (x, p) in Points(0.4))
        {
            foreach (var (z, q) in Points(0.5))
            {
                for (var arm = 0; arm < 2; arm++)
                {
                    means[arm] += p * q / (1 + Math.Exp(0.5 - (0.7 * arm) - (0.6 * x) - (0.3 * z)));
                }
            }
        }

        Assert.Equal(Logit(means[1]) - Logit(means[0]), StudyTarget.Marginal.Truth(mechanism), 1e-10);

        static double Logit(double p) => Math.Log(p / (1 - p));

        // Mean 0 and standard deviation 1, the higher value with probability p.
        static (double Value, double Weight)[] Points(double p) =>
            [(-Math.Sqrt(p / (1 - p)), 1 - p), (Math.Sqrt((1 - p) / p), p)];
    }

    [Theory]
    [InlineData("emrich-piedmonte", "covariate: normal, covariate-slope: 1, correlation: exchangeable(0.3)", "their Fréchet bounds")]
    [InlineData("qaqish", "covariate: two-point(0.5), covariate-slope: 1.5, correlation: exchangeable(0.45)", "reach less far")]
    [InlineData(
        "gaussian-copula", "outcome: count, covariate: normal, covariate-slope: 5, correlation: exchangeable(0.01)", "no outcomes vary")]
    public void Correlations_that_the_covariates_ends_do_not_have_are_refused_with_the_bound(
        string generation, string settings, string message)
    {
        var refusal = Assert.Throws<InputException>(() => Read(40, 5, generation, settings));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("ends", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Covariates_that_reach_far_and_weigh_little_are_taken()
    {
        var study = Study(60, 8, "emrich-piedmonte", "covariate: normal, covariate-slope: 0.25, correlation: exchangeable(0.03)");
        var result = SimulationRunner.Run(study with { Replicates = 40 }, new SimulationOptions { Threads = 2 });
        foreach (var row in result.Scenarios[0].Performance)
        {
            Assert.Equal(0, row.Failed);
            Assert.InRange(row.Bias.Value / row.Bias.MonteCarloError, -4, 4);
        }

        Assert.Equal((-1, 1), CovariateEnds.Ends(EffectLaw.TwoPoint(1, 0.5)));
        Assert.Equal(6, CovariateEnds.Ends(EffectLaw.Normal(1)).Most, 0.01);
    }

    private static Mechanism Read(int clusters, int size, string generation, string settings) =>
        Study(clusters, size, generation, settings).Scenarios[0].Mechanism!;

    private static Study Study(int clusters, int size, string generation, string settings) => StudyReader.Parse(
        $$"""
        study: covariates
        seed: 2
        replicates: 2
        data-generating-mechanisms:
          { clusters: {{clusters}}, cluster-size: {{size}}, effect: 0.7, generation: {{generation}}, {{settings}} }
        estimands: [marginal, marginal-given-covariates]
        methods: [gee, gee: {name: adjusted, adjust: covariates}]
        """,
        "study.yaml");

    private static double Predictor(Mechanism mechanism, ModelFrame frame, int row)
    {
        var treated = frame.Design.Column(1)[row] == 1;
        return mechanism.Effects.Baseline + (treated ? mechanism.Effects.Effect : 0) + mechanism.Covariates.Sum(covariate =>
            covariate.SlopeOf(treated) * ((NumericColumn)frame.Auxiliary(covariate.Name)).Values[row]);
    }
}

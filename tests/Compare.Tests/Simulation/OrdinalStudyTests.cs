using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ordinal;
using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Compare.Tests.Simulation.Methods;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Statistics.Ordinal;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Simulation;

/// <summary>
/// Studies of ordered outcomes: <see cref="OrdinalOutcome"/>, <see cref="OrdinalLimit"/> and the methods.
/// </summary>
public sealed class OrdinalStudyTests
{
    internal const string Trial =
        "clusters: 30, cluster-size: 8, outcome: ordinal, categories: '0.2, 0.5, 0.3', sigma: 0.8, effect: 0.6";

    private static readonly double[] Cuts = [-1, 0.5, 2];

    public static TheoryData<string> Links => ["logit", "probit", "cloglog", "loglog"];

    [Theory]
    [MemberData(nameof(Links))]
    public void Truths_of_probabilities_are_sums_over_a_fine_grid(string name)
    {
        var mechanism = Mechanism(name, sigma: 1.2, effect: 0.8) with
        {
            Covariates = [new Covariate { Name = "x", Slope = 0.5 }],
        };
        var spread = Math.Sqrt((1.2 * 1.2) + (0.5 * 0.5));
        var (control, treated) = (Slow(name, 0, spread), Slow(name, 0.8, spread));
        var (win, score) = (0.0, 0.0);
        for (var k = 0; k < control.Length; k++)
        {
            for (var other = 0; other < control.Length; other++)
            {
                win += treated[k] * control[other] * (k > other ? 1 : k == other ? 0.5 : 0);
            }

            score += (k + 1) * (treated[k] - control[k]);
            Assert.Equal(treated[k] - control[k], StudyTarget.CategoryDifference(k + 1).Truth(mechanism), 1e-10);
        }

        Assert.Equal(win, StudyTarget.WinProbability.Truth(mechanism), 1e-10);
        Assert.Equal(Math.Log(win / (1 - win)), StudyTarget.LogWinOdds.Truth(mechanism), 1e-9);
        Assert.Equal(score, StudyTarget.MeanScoreDifference.Truth(mechanism), 1e-9);
        Assert.Equal(double.NaN, StudyTarget.RiskDifference.Truth(mechanism));
        Assert.Equal(double.NaN, StudyTarget.CategoryDifference(5).Truth(mechanism));
        Assert.Equal(0.8, StudyTarget.Conditional.Truth(mechanism));
    }

    [Theory]
    [MemberData(nameof(Links))]
    public void The_limit_of_the_marginal_model_is_where_the_expected_likelihood_is_flat(string name)
    {
        var link = Link(name);
        var mechanism = Mechanism(name, sigma: 1.2, effect: 0.8);
        var psi = OrdinalLimit.Solve(LimitRow.Of(mechanism, new Population(mechanism), adjusted: false), link, Cuts, [0.8]);
        double[][] truths = [Slow(name, 0, 1.2), Slow(name, 0.8, 1.2)];
        Assert.Equal(psi[^1], StudyTarget.Marginal.Truth(mechanism), 1e-13);
        for (var place = 0; place < psi.Length; place++)
        {
            const double step = 1e-5;
            double[] above = [.. psi.Select((value, k) => k == place ? value + step : value)];
            double[] below = [.. psi.Select((value, k) => k == place ? value - step : value)];
            Assert.InRange((Expected(above) - Expected(below)) / (2 * step), -1e-8, 1e-8);
            Assert.True(Expected(above) < Expected(psi));
        }

        double Expected(double[] parameters) => truths.Select((truth, arm) => truth.Select((probability, k) =>
        {
            var eta = arm * parameters[^1];
            var upper = k == Cuts.Length ? 1 : Cumulative(name, parameters[k] - eta);
            return probability * Math.Log(upper - (k == 0 ? 0 : Cumulative(name, parameters[k - 1] - eta)));
        }).Sum()).Sum();
    }

    [Fact]
    public void Probit_coefficients_shrink_by_the_known_factor_and_without_clusters_not_at_all()
    {
        var probit = Mechanism("probit", sigma: 0.9, effect: 0.7);
        Assert.Equal(0.7 / Math.Sqrt(1 + (0.9 * 0.9)), StudyTarget.Marginal.Truth(probit), 1e-10);
        Assert.Equal(0.7, StudyTarget.Marginal.Truth(Mechanism("logit", sigma: 0, effect: 0.7)), 1e-11);
        var adjusted = probit with { Covariates = [new Covariate { Name = "x", Slope = 0.5 }] };
        Assert.Equal(0.7 / Math.Sqrt(1 + (0.9 * 0.9)), StudyTarget.MarginalGivenCovariates.Truth(adjusted), 1e-9);
        Assert.Equal(0.7 / Math.Sqrt(1 + (0.9 * 0.9) + (0.5 * 0.5)), StudyTarget.Marginal.Truth(adjusted), 1e-9);
    }

    [Fact]
    public void Rungs_are_means_over_the_thresholds()
    {
        var mechanism = Mechanism("logit", sigma: 1.2, effect: 0.8);
        var (control, treated) = (Slow("logit", 0, 1.2), Slow("logit", 0.8, 1.2));
        var mean = Enumerable.Range(1, Cuts.Length).Average(k => Logit(treated[k..].Sum()) - Logit(control[k..].Sum()));
        foreach (var rung in new[] { 1, 2, 3, 4 })
        {
            var target = StudyTarget.Rung(rung, ClusterWeighting.Participant, EffectMeasure.OddsRatio);
            Assert.Equal(mean, target.Truth(mechanism), 1e-9);
        }

        Assert.Equal(0.8, StudyTarget.Rung(0, ClusterWeighting.Cluster, EffectMeasure.OddsRatio).Truth(mechanism), 1e-12);
        Assert.Equal(double.NaN, StudyTarget.Rung(2, ClusterWeighting.Cluster, EffectMeasure.Difference).Truth(mechanism));

        static double Logit(double p) => Math.Log(p / (1 - p));
    }

    [Theory]
    [MemberData(nameof(Links))]
    public void Categories_are_drawn_with_their_probabilities(string name)
    {
        var mechanism = Mechanism(name, sigma: 0.5, effect: 0.8) with { Clusters = 10_000, Size = SizeLaw.OfSize(4) };
        var frame = new TrialGenerator(mechanism).Draw(new RandomStream(3, 1, 0));
        Assert.Equal(["1", "2", "3", "4"], frame.Categories);
        for (var arm = 0; arm < 2; arm++)
        {
            var expected = Slow(name, 0.8 * arm, 0.5);
            var counts = new double[4];
            for (var row = 0; row < frame.Rows; row++)
            {
                counts[(int)frame.Response[row]] += frame.Design.Column(1)[row] == arm ? 1 : 0;
            }

            var n = counts.Sum();
            for (var k = 0; k < 4; k++)
            {
                // Rows of a cluster are alike, so that their variance is up to four times that of single rows.
                Assert.InRange(counts[k] / n, expected[k] - (8 * Math.Sqrt(0.25 / n)), expected[k] + (8 * Math.Sqrt(0.25 / n)));
            }
        }
    }

    [Fact]
    public void Categories_of_the_population_and_of_an_average_cluster_are_what_was_asked()
    {
        var own = Study(Trial).Scenarios[0].Mechanism!;
        Assert.Equal(Math.Log(0.2 / 0.8), own.Ordinal!.Thresholds[0], 1e-12);
        Assert.Equal(Math.Log(0.7 / 0.3), own.Ordinal.Thresholds[1], 1e-12);
        var all = Study(Trial + ", baseline-scale: population-mean, link: cloglog, random-effect: gamma(2), covariate: normal, "
            + "covariate-slope: 0.4").Scenarios[0].Mechanism!;
        var probabilities = new Population(all).Probabilities(0);
        foreach (var (expected, actual) in new[] { 0.2, 0.5, 0.3 }.Zip(probabilities))
        {
            Assert.Equal(expected, actual, 1e-10);
        }

        var latent = Study(Trial.Replace("sigma: 0.8", "icc: 0.1, icc-scale: latent, effect-scale: odds-ratio", StringComparison.Ordinal))
            .Scenarios[0].Mechanism!;
        Assert.Equal(Math.Sqrt(0.1 / 0.9) * Math.PI / Math.Sqrt(3), latent.RandomEffect.StandardDeviation, 1e-10);
        Assert.Equal(Math.Log(0.6), latent.Effects.Effect, 1e-12);
    }

    [Fact]
    public void Methods_are_those_of_the_commands_on_the_replicate_s_file()
    {
        var study = Study(
            Trial,
            "gee: {se: mancl-derouen}",
            "glmm: {nodes: 9}",
            "compare: {row: win-probability}",
            "compare: {name: s, row: mean-score}",
            "compare: {name: k, row: category-3}",
            "compare: {name: r, rung: 2, scale: log-odds-ratio}",
            "compare: {name: c, row: conditional}");
        var replicate = Drawn.Replicate(study);
        var frame = ModelFrameBuilder.Build(Drawn.Data(replicate), new FrameRequest
        {
            Formula = FormulaParser.Parse("y ~ treatment"),
            Cluster = "cluster",
            HasOrderedOutcome = true,
        });
        var estimates = study.Methods.Select(method => method.Estimate(replicate)).ToArray();
        Assert.All(estimates, estimate => Assert.True(estimate.IsUsable));
        var gee = GeeInference.Of(
            OrdinalGeeFitter.Fit(frame, new OrdinalGeeOptions()).Indicators, GeeVariance.ManclDeRouen, GeeDegreesOfFreedom.Normal);
        Drawn.Same(gee.Fit.Coefficients[2], estimates[0].Value);
        Drawn.Same(gee.StandardErrors()[2], estimates[0].StandardError);
        var glmm = OrdinalGlmmFitter.Fit(frame, new OrdinalGlmmOptions { Nodes = 9 });
        Drawn.Same(glmm.Parameters[2], estimates[1].Value, 1e-7);
        Drawn.Same(Math.Sqrt(glmm.JointCovariance[(2 * glmm.ParameterCount) + 2]), estimates[1].StandardError, 1e-6);
        var comparison = OrdinalModelComparer.Compare(
            frame, new OrdinalComparisonOptions { Treatment = "treatment", Glmm = new() { Nodes = 15 } });
        var contrast = comparison.Standardized.First(one => one.IsRobust && one.Weighting == ClusterWeighting.Participant).Contrasts[0];
        Drawn.Same(contrast.Win.Inference.Estimate, estimates[2].Value, 1e-7);
        Drawn.Same(contrast.Win.Inference.StandardError, estimates[2].StandardError, 1e-7);
        Drawn.Same(contrast.Score.Inference.Estimate, estimates[3].Value, 1e-7);
        Drawn.Same(contrast.Probabilities[2].Inference.Estimate, estimates[4].Value, 1e-7);
        Drawn.Same(
            comparison.Ladder.Rungs.First(row => row.Rung == 2 && row.Weighting == ClusterWeighting.Participant).Inference.Estimate,
            estimates[5].Value,
            1e-7);
        Drawn.Same(comparison.Effects[0].Conditional.Inference.Estimate, estimates[6].Value, 1e-7);
    }

    [Fact]
    public void Categories_that_no_row_has_are_left_out_of_the_fit()
    {
        var study = Study(Trial.Replace("0.2, 0.5, 0.3", "0.0000001, 0.4999999, 0.5", StringComparison.Ordinal), "gee", "glmm");
        var replicate = Drawn.Replicate(study);
        Assert.DoesNotContain(0.0, replicate.Frame.Response.ToArray());
        Assert.All(study.Methods, method => Assert.True(method.Estimate(replicate).IsUsable));
    }

    /// <summary>
    /// Too few nodes for clusters this unlike: the command's fit says so, at the cost of a second one; the method fits once and says
    /// nothing.
    /// </summary>
    [Theory]
    [InlineData("probit", 3)]
    [InlineData("cloglog", 5)]
    [InlineData("logit", 25)]
    public void The_mixed_model_has_the_study_s_link_and_the_method_s_nodes(string link, int nodes)
    {
        var study = Study(
            Trial.Replace("sigma: 0.8", $"sigma: 3, link: {link}", StringComparison.Ordinal),
            FormattableString.Invariant($"glmm: {{nodes: {nodes}}}"));
        var replicate = Drawn.Replicate(study);
        var fit = OrdinalGlmmFitter.Fit(
            replicate.Frame.WithoutEmptyCategories(),
            new OrdinalGlmmOptions { Link = Link(link), Nodes = nodes, CheckNodes = nodes < 10, Threads = 1 });
        Assert.Equal(nodes < 10, fit.Warnings.Any(warning => warning.Contains("use more --nodes", StringComparison.Ordinal)));
        var estimate = study.Methods[0].Estimate(replicate);
        Assert.Equal(EstimateOutcome.Converged, estimate.Outcome);
        Drawn.Same(fit.Parameters[2], estimate.Value, 1e-7);
        Drawn.Same(Math.Sqrt(fit.JointCovariance[(2 * fit.ParameterCount) + 2]), estimate.StandardError, 1e-6);
    }

    /// <summary>All of the treated are in the highest category.</summary>
    [Fact]
    public void An_arm_that_is_all_in_one_category_has_no_estimate_of_the_mixed_model()
    {
        var study = Study(Trial.Replace("effect: 0.6", "effect: 60", StringComparison.Ordinal), "glmm: {nodes: 5}");
        var replicate = Drawn.Replicate(study);
        var highest = replicate.Frame.Categories.Count - 1;
        Assert.All(
            replicate.Frame.Response.ToArray().Zip(replicate.Frame.Design.Column(1).ToArray()),
            row => Assert.True(row.Second == 0 || row.First == highest));
        var estimate = study.Methods[0].Estimate(replicate);
        Assert.Equal(EstimateOutcome.Failed, estimate.Outcome);
        Assert.False(estimate.IsUsable);
        Assert.True(double.IsNaN(estimate.Value));
    }

    [Fact]
    public void Biases_are_within_their_Monte_Carlo_errors()
    {
        var study = Study(
            Trial.Replace("clusters: 30", "clusters: 60", StringComparison.Ordinal),
            "gee: {se: mancl-derouen}",
            "glmm: {nodes: 7}",
            "compare: {row: win-probability, nodes: 7}") with
        { Replicates = 60 };
        var result = SimulationRunner.Run(study, new SimulationOptions { Threads = 2 });
        foreach (var row in result.Scenarios[0].Performance)
        {
            Assert.Equal(0, row.Failed);
            Assert.InRange(row.Bias.Value / row.Bias.MonteCarloError, -3.5, 3.5);
            Assert.InRange(row.Coverage.Value, 0.88, 0.995);
        }
    }

    internal static Study Study(string mechanism, params string[] methods) => StudyReader.Parse(
        $$"""
        study: ordered
        seed: 5
        replicates: 3
        data-generating-mechanisms: { {{mechanism}} }
        estimands: [conditional, marginal, win-probability, log-win-odds, mean-score-difference, category-3-difference,
          rung-2-log-odds-ratio, risk-difference]
        methods:
        {{string.Concat(methods.DefaultIfEmpty("gee").Select(method => $"  - {method}\n"))}}
        """,
        "study.yaml");

    private static Mechanism Mechanism(string link, double sigma, double effect) => new()
    {
        Clusters = 20,
        Size = SizeLaw.OfSize(5),
        Effects = new TrialEffects { Effect = effect },
        RandomEffect = MarginalConditional.Compare.Simulation.Effects.EffectLaw.Normal(sigma),
        Link = Link(link).Marginal,
        Ordinal = new OrdinalOutcome(Link(link), Cuts),
    };

    private static CumulativeLink Link(string name) =>
        CumulativeLink.TryParse(name, out var link) ? link : throw new ArgumentException(name);

    /// <summary>F, written out.</summary>
    private static double Cumulative(string link, double x) => link switch
    {
        "logit" => 1 / (1 + Math.Exp(-x)),
        "probit" => MathNet.Numerics.Distributions.Normal.CDF(0, 1, x),
        "cloglog" => 1 - Math.Exp(-Math.Exp(x)),
        _ => Math.Exp(-Math.Exp(-x)),
    };

    /// <summary>The probabilities of the categories over a normal effect, by a sum of 4,001 points.</summary>
    private static double[] Slow(string link, double predictor, double spread)
    {
        const double step = 0.005;
        var sums = new double[Cuts.Length + 1];
        for (var point = -2000; point <= 2000; point++)
        {
            var z = point * step;
            var weight = step * Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI);
            var below = 0.0;
            for (var k = 0; k <= Cuts.Length; k++)
            {
                var upto = k == Cuts.Length ? 1 : Cumulative(link, Cuts[k] - predictor - (spread * z));
                sums[k] += weight * (upto - below);
                below = upto;
            }
        }

        return sums;
    }
}

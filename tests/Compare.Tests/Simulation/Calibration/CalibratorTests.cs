using MarginalConditional.Compare.Simulation.Calibration;
using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Effects;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Simulation.Calibration;

/// <summary>Parameters solved from what a trial is to look like, integrated back by another rule, and seen in a large sample.</summary>
public sealed class CalibratorTests
{
    public static TheoryData<string, string> LawsAndLinks
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var law in new[] { "normal", "bridge", "t", "gamma", "two-point" })
            {
                foreach (var link in new[] { "logit", "probit", "cloglog" })
                {
                    data.Add(law, link);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(LawsAndLinks))]
    public void The_population_has_the_risk_the_icc_and_the_effect_asked_for(string lawName, string linkName)
    {
        var link = new[] { Link.Logit, Link.Probit, Link.Cloglog }.Single(candidate => candidate.Name == linkName);
        foreach (var (risk, icc, scale, effect) in new[]
        {
            (0.2, 0.05, EffectScale.MarginalOddsRatio, 1.5), (0.35, 0.2, EffectScale.RiskDifference, -0.1),
            (0.04, 0.01, EffectScale.RiskRatio, 0.6), (0.6, 0.1, EffectScale.MarginalCoefficient, 0.4),
        })
        {
            var calibrator = new Calibrator(Family.Binomial, link, 1, sigma => Law(lawName, sigma));
            var solved = calibrator.Solve(
                new CalibrationTarget
                {
                    Baseline = risk,
                    BaselineScale = BaselineScale.PopulationMean,
                    Icc = icc,
                    Effect = effect,
                    EffectScale = scale,
                },
                out var problem);
            Assert.Null(problem);
            var law = Law(lawName, solved!.Sigma);
            var control = Expect(law, b => link.Mean(solved.Baseline + b));
            var treated = Expect(law, b => link.Mean(solved.Baseline + solved.Effect + b));
            var square = Expect(law, b => Math.Pow(link.Mean(solved.Baseline + b), 2));
            Assert.Equal(risk, control, 1e-10);
            Assert.Equal(icc, (square - (control * control)) / (control * (1 - control)), 1e-10);
            Assert.Equal(effect, Measured(scale, control, treated, link), 1e-9);
            Assert.Equal((control, treated, icc), (solved.ControlMean, solved.TreatedMean, solved.Icc), Within(1e-10));
        }
    }

    /// <summary>R 4.2.2: <c>uniroot</c> over <c>integrate</c>, normal effects.</summary>
    [Theory]
    [InlineData("logit", 0.2, 0.05, "marginal-odds-ratio", 1.5, -1.4805480692181, 0.57442718492554, 0.42900512837814)]
    [InlineData("logit", 0.35, 0.2, "risk-difference", -0.1, -0.78003804097681, 1.1455826114342, -0.59296920436623)]
    [InlineData("cloglog", 0.1, 0.02, "risk-ratio", 0.7, -2.3345298503852, 0.43617772262951, -0.3762225114383)]
    [InlineData("probit", 0.6, 0.3, "risk-ratio", 1.2, 0.344432244092, 0.92103954652233, 0.44795656088984)]
    public void Parameters_agree_with_R(
        string linkName, double risk, double icc, string scale, double effect, double baseline, double sigma, double coefficient)
    {
        var link = new[] { Link.Logit, Link.Probit, Link.Cloglog }.Single(candidate => candidate.Name == linkName);
        var solved = new Calibrator(Family.Binomial, link, 1, EffectLaw.Normal).Solve(
            new CalibrationTarget
            {
                Baseline = risk,
                BaselineScale = BaselineScale.PopulationMean,
                Icc = icc,
                Effect = effect,
                EffectScale = EffectScale.All.Single(candidate => candidate.Name == scale),
            },
            out _)!;
        Assert.Equal(baseline, solved.Baseline, 1e-9);
        Assert.Equal(sigma, solved.Sigma, 1e-9);
        Assert.Equal(coefficient, solved.Effect, 1e-9);
    }

    [Fact]
    public void Closed_forms_are_met()
    {
        // Probit: coefficients shrink by √(1 + σ²).
        var probit = new Calibrator(Family.Binomial, Link.Probit, 1, EffectLaw.Normal).Solve(
            new CalibrationTarget { Baseline = -0.5, Effect = 0.3, EffectScale = EffectScale.MarginalCoefficient, Sigma = 1.2 }, out _)!;
        Assert.Equal(0.3 * Math.Sqrt(1 + 1.44), probit.Effect, 1e-11);

        // Latent ICC: σ² = ρ/(1 − ρ)·π²/3.
        var logit = new Calibrator(Family.Binomial, Link.Logit, 1, EffectLaw.Normal).Solve(
            new CalibrationTarget { Baseline = 0.3, BaselineScale = BaselineScale.ClusterMean, Icc = 0.1, IccScale = IccScale.Latent },
            out _)!;
        Assert.Equal(Math.PI / Math.Sqrt(27), logit.Sigma, 1e-14);
        Assert.Equal(Math.Log(0.3 / 0.7), logit.Baseline, 1e-14);

        // Counts with normal effects: mean exp(η + σ²/2), variance between clusters m²(exp σ² − 1).
        var counts = new Calibrator(Family.Poisson, Link.Log, 1, EffectLaw.Normal).Solve(
            new CalibrationTarget
            {
                Baseline = 2,
                BaselineScale = BaselineScale.PopulationMean,
                Icc = 0.3,
                Effect = 1.25,
                EffectScale = EffectScale.MeanRatio,
            },
            out _)!;
        var between = 4 * (Math.Exp(counts.Sigma * counts.Sigma) - 1);
        Assert.Equal(0.3, between / (between + 2), 1e-11);
        Assert.Equal(Math.Log(2) - (counts.Sigma * counts.Sigma / 2), counts.Baseline, 1e-11);
        Assert.Equal(Math.Log(1.25), counts.Effect, 1e-11);

        // Identity: σ² = ρ/(1 − ρ) times the residual variance, by either scale.
        foreach (var scale in IccScale.All)
        {
            var normal = new Calibrator(Family.Gaussian, Link.Identity, 3, EffectLaw.Normal).Solve(
                new CalibrationTarget { Baseline = 10, Effect = -1, EffectScale = EffectScale.MeanDifference, Icc = 0.2, IccScale = scale },
                out _)!;
            Assert.Equal((10, -1, 1.5), (normal.Baseline, normal.Effect, normal.Sigma), Within(1e-11));
        }

        // The logit of the bridge law shrinks by φ.
        var bridge = new Calibrator(Family.Binomial, Link.Logit, 1, EffectLaw.Bridge).Solve(
            new CalibrationTarget { Baseline = -1, Effect = 2, EffectScale = EffectScale.MarginalOddsRatio, Sigma = 1.5 }, out _)!;
        Assert.Equal(Math.Log(2) / BridgeDistribution.AttenuationOf(1.5), bridge.Effect, 1e-10);
    }

    [Fact]
    public void A_large_sample_looks_like_the_target()
    {
        var solved = new Calibrator(Family.Binomial, Link.Logit, 1, sigma => EffectLaw.Student(sigma, 5)).Solve(
            new CalibrationTarget
            {
                Baseline = 0.3,
                BaselineScale = BaselineScale.PopulationMean,
                Icc = 0.15,
                Effect = 0.12,
                EffectScale = EffectScale.RiskDifference,
            },
            out _)!;
        const int Clusters = 400_000;
        var frame = new TrialGenerator(new Mechanism
        {
            Clusters = Clusters,
            Size = SizeLaw.OfSize(2),
            Effects = new TrialEffects { Baseline = solved.Baseline, Effect = solved.Effect },
            RandomEffect = EffectLaw.Student(solved.Sigma, 5),
        }).Draw(new RandomStream(8, 9, 10));
        var (sums, pairs) = (new double[2], new double[2]);
        for (var c = 0; c < Clusters; c++)
        {
            sums[c % 2] += (frame.Response[2 * c] + frame.Response[(2 * c) + 1]) / Clusters;
            pairs[c % 2] += frame.Response[2 * c] * frame.Response[(2 * c) + 1] / (Clusters / 2);
        }

        Assert.Equal(0.3, sums[0], 0.004);
        Assert.Equal(0.42, sums[1], 0.004);
        Assert.Equal(0.15, (pairs[0] - 0.09) / 0.21, 0.015);
    }

    [Fact]
    public void What_no_parameters_give_is_refused_with_its_setting()
    {
        var calibrator = new Calibrator(Family.Binomial, Link.Logit, 1, sigma => EffectLaw.TwoPoint(sigma, 0.3));
        var target = new CalibrationTarget { Baseline = 0.2, BaselineScale = BaselineScale.PopulationMean, Icc = 0.9, Effect = 0 };

        // Risk 0.2 with at most three in ten clusters high: μ = 2/3 or 0, so Var μ = 0.3·(2/3)² − 0.04 and the correlation is below 7/12.
        AssertProblem(calibrator, target, "icc", "a correlation of at most about 0.58");
        AssertProblem(calibrator, target with { Baseline = 1.2 }, "baseline", "it must be a risk, between 0 and 1.");
        AssertProblem(
            calibrator,
            target with { Icc = 0.1, Effect = 0.85, EffectScale = EffectScale.RiskDifference },
            "effect",
            "With a mean of 0.2 under control, risk-difference 0.85 would need a mean of 1.05 under treatment; a risk lies between");
        AssertProblem(
            calibrator, target with { Icc = 0.1, Effect = -1, EffectScale = EffectScale.OddsRatio }, "effect", "as a ratio (odds-ratio)");
        AssertProblem(
            new Calibrator(Family.Poisson, Link.Log, 1, EffectLaw.Normal),
            target with { Icc = 0.1, IccScale = IccScale.Latent },
            "icc-scale",
            "With a log link no latent variable has an ICC");
    }

    [Fact]
    public void The_scales_of_an_outcome_are_those_with_a_meaning()
    {
        Assert.Equal(
            ["coefficient", "odds-ratio", "marginal-coefficient", "marginal-odds-ratio", "risk-ratio", "risk-difference"],
            EffectScale.Of(Family.Binomial, Link.Logit).Select(scale => scale.Name));
        Assert.Equal(
            ["coefficient", "marginal-coefficient", "mean-difference"],
            EffectScale.Of(Family.Gaussian, Link.Identity).Select(scale => scale.Name));
    }

    private static void AssertProblem(Calibrator calibrator, CalibrationTarget target, string setting, string text)
    {
        Assert.Null(calibrator.Solve(target, out var problem));
        Assert.Equal(setting, problem!.Setting);
        Assert.Contains(text, problem.Text);
    }

    private static EffectLaw Law(string name, double sigma) => name switch
    {
        "normal" => EffectLaw.Normal(sigma),
        "bridge" => EffectLaw.Bridge(sigma),
        "t" => EffectLaw.Student(sigma, 5),
        "gamma" => EffectLaw.Gamma(sigma, 2),
        _ => EffectLaw.TwoPoint(sigma, 0.4),
    };

    private static double Measured(EffectScale scale, double control, double treated, Link link) =>
        scale == EffectScale.MarginalOddsRatio ? treated * (1 - control) / (control * (1 - treated))
            : scale == EffectScale.RiskDifference ? treated - control
            : scale == EffectScale.RiskRatio ? treated / control
            : link.Predictor(treated) - link.Predictor(control);

    // b = Q{Φ(x)}: the trapezoidal rule in x, which knows the law by its quantiles alone.
    private static double Expect(EffectLaw law, Func<double, double> function)
    {
        if (law.Name.StartsWith("two-point", StringComparison.Ordinal))
        {
            return (0.6 * function(law.Quantile(0.1))) + (0.4 * function(law.Quantile(0.9)));
        }

        const double Step = 1.0 / 64;
        var sum = 0.0;
        for (var x = -8.2; x <= 8.2; x += Step)
        {
            // The upper tail of a quantile has no digits beyond 1 − 1e-16.
            var u = Math.Clamp(StandardNormal.Cumulative(x), 1e-300, 1 - 1.2e-16);
            sum += Step * StandardNormal.Density(x) * function(law.Quantile(u));
        }

        return sum;
    }

    private static Comparer Within(double tolerance) => new(tolerance);

    private sealed class Comparer(double tolerance) : IEqualityComparer<(double, double, double)>
    {
        public bool Equals((double, double, double) x, (double, double, double) y) =>
            Math.Abs(x.Item1 - y.Item1) < tolerance && Math.Abs(x.Item2 - y.Item2) < tolerance && Math.Abs(x.Item3 - y.Item3) < tolerance;

        public int GetHashCode((double, double, double) obj) => 0;
    }
}

using MarginalConditional.Compare.Exploration;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Compare.Tests.Exploration;

/// <summary>The integrals of a setting against brute force, closed forms and the other integrals of the library.</summary>
public sealed class SettingIntegralsTests
{
    public static TheoryData<double, double, double, double> Settings() => new()
    {
        { 0.2, -0.7, 1, 0.5 },
        { 0.5, 1.2, 2.5, 0 },
        { 0.03, -0.8, 4, 1.7 },
        { 0.9, 2, 0.3, 3 },
        { 0.001, 5, 0.01, 2 },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public void Normal_effects_and_normal_covariates_add_up_to_one_normal_effect(double risk, double effect, double sigma, double covariate)
    {
        var answers = TrialAnswers.Of(Setting(risk, effect, sigma, covariate), CovariateLaw.Normal);
        var mean = new MarginalMean.Logit();
        var (control, treated) = (Logit(risk), Logit(risk) + effect);
        var both = Math.Sqrt((sigma * sigma) + (covariate * covariate));
        Assert.Equal(mean.At(control, both).Mean, answers.ControlRisk, 1e-11);
        Assert.Equal(mean.At(treated, both).Mean, answers.TreatedRisk, 1e-11);
        Assert.Equal(mean.At(treated, both).Predictor - mean.At(control, both).Predictor, answers.Population, 1e-9);
        Assert.Equal(answers.TreatedRisk - answers.ControlRisk, answers.RiskDifference);

        double Variance(double eta) => mean.Shared(eta, sigma, covariate).Value - Math.Pow(mean.At(eta, both).Mean, 2);
        double Spread(double eta) => mean.At(eta, both).Mean * (1 - mean.At(eta, both).Mean);
        Assert.Equal((Variance(control) + Variance(treated)) / (Spread(control) + Spread(treated)), answers.OutcomeCorrelation, 1e-9);
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Patients_like_this_one_are_the_average_over_the_covariates(double risk, double effect, double sigma, double covariate)
    {
        var answers = TrialAnswers.Of(Setting(risk, effect, sigma, covariate), CovariateLaw.Normal);
        var mean = new MarginalMean.Logit();
        var expected = BruteForce.NormalMean(
            z => mean.At(Logit(risk) + effect + (covariate * z), sigma).Predictor - mean.At(Logit(risk) + (covariate * z), sigma).Predictor,
            spread: 0.1);
        Assert.Equal(expected, answers.GivenCovariates, 1e-9);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(3)]
    public void Under_bridge_effects_all_patients_with_the_same_covariates_have_the_attenuated_effect(double sigma)
    {
        var answers = TrialAnswers.Of(Setting(0.2, -0.7, sigma, 0.8) with { Law = "bridge" }, CovariateLaw.Normal);
        Assert.Equal(-0.7 * BridgeDistribution.AttenuationOf(sigma), answers.GivenCovariates, 1e-10);
    }

    [Fact]
    public void Two_kinds_of_clusters_are_two_terms()
    {
        var answers = TrialAnswers.Of(Setting(0.2, 0.9, 1.5, 0) with { Law = "two-point(0.2)", Size = 12 }, CovariateLaw.Normal);
        var (high, low) = (1.5 * Math.Sqrt(0.8 / 0.2), -1.5 * Math.Sqrt(0.2 / 0.8));
        double Risk(double effect) => (0.2 * Expit(Logit(0.2) + effect + high)) + (0.8 * Expit(Logit(0.2) + effect + low));
        Assert.Equal(Risk(0), answers.ControlRisk, 1e-14);
        Assert.Equal(Risk(0.9), answers.TreatedRisk, 1e-14);
        Assert.Equal(answers.Population, answers.GivenCovariates, 1e-12);
        double Variance(double effect) => 0.2 * 0.8 * Math.Pow(
            Expit(Logit(0.2) + effect + high) - Expit(Logit(0.2) + effect + low), 2);
        var rho = (Variance(0) + Variance(0.9)) / ((Risk(0) * (1 - Risk(0))) + (Risk(0.9) * (1 - Risk(0.9))));
        Assert.Equal(rho, answers.OutcomeCorrelation, 1e-13);
        Assert.Equal(1 + (11 * rho), answers.DesignEffect, 1e-12);
    }

    [Fact]
    public void Rows_as_they_were_seen_are_sums_over_rows()
    {
        double[] control = [-2, -1, -1, 0.5];
        double[] treated = [-1.5, -0.8, -0.8, 1.7];
        double[] counts = [1, 2, 1, 4];
        var (law, mean, effect, deviation) = CovariateLaw.Of(control, treated, counts);
        Assert.Equal(3, law.Values.Length);
        var setting = new TrialSetting { Risk = Expit(mean), Effect = effect, Covariate = deviation, Sigma = 1.3 };
        var answers = TrialAnswers.Of(setting, law);
        var over = new MarginalMean.Logit();
        double Average(Func<int, double> of) => Enumerable.Range(0, 4).Sum(i => counts[i] * of(i)) / counts.Sum();
        Assert.Equal(Average(i => over.At(control[i], 1.3).Mean), answers.ControlRisk, 1e-12);
        Assert.Equal(Average(i => over.At(treated[i], 1.3).Mean), answers.TreatedRisk, 1e-12);
        Assert.Equal(
            Average(i => over.At(treated[i], 1.3).Predictor - over.At(control[i], 1.3).Predictor), answers.GivenCovariates, 1e-11);
        Assert.Equal(Average(i => treated[i] - control[i]), answers.Conditional, 1e-14);
    }

    [Fact]
    public void Without_clusters_and_covariates_there_is_one_odds_ratio()
    {
        var answers = TrialAnswers.Of(Setting(0.3, 0.6, 0, 0), CovariateLaw.Normal);
        Assert.Equal(0.6, answers.GivenCovariates);
        Assert.Equal(0.6, answers.Population, 1e-12);
        Assert.Equal(0, answers.OutcomeCorrelation);
        Assert.Equal(1, answers.DesignEffect);
    }

    [Fact]
    public void Without_an_effect_every_rung_is_zero_and_the_power_is_the_level()
    {
        var answers = TrialAnswers.Of(Setting(0.3, 0, 2, 1), CovariateLaw.Normal);
        Assert.Equal(0, answers.GivenCovariates);
        Assert.Equal(0, answers.Population);
        Assert.Equal(0.05, answers.Power);
        Assert.Null(answers.ClustersNeeded);
        Assert.Null(SettingTexts.PlanCommand(answers));
    }

    [Theory]
    [InlineData("normal")]
    [InlineData("bridge")]
    [InlineData("t(5)")]
    [InlineData("gamma(1)")]
    [InlineData("two-point(0.2)")]
    public void Curves_are_the_answers_at_other_settings(string law)
    {
        var setting = Setting(0.2, -0.7, 2, 0.9) with { Law = law };
        var answers = TrialAnswers.Of(setting, CovariateLaw.Normal);
        var curves = SettingCurves.Of(answers, CovariateLaw.Normal);
        foreach (var (sigma, given, population) in curves.Attenuation.Where((_, k) => k % 5 == 0))
        {
            var there = TrialAnswers.Of(setting with { Sigma = sigma }, CovariateLaw.Normal);
            Assert.Equal(there.GivenCovariates, given, 1e-8);
            Assert.Equal(there.Population, population, 1e-8);
        }

        for (var k = 0; k < curves.Predictors.Count; k += 12)
        {
            var there = TrialAnswers.Of(setting with { Risk = Expit(curves.Predictors[k]) }, CovariateLaw.Normal);
            Assert.Equal(there.ControlRisk, curves.Population[k], 1e-8);
            Assert.Equal(Expit(curves.Predictors[k]), curves.Typical[k], 1e-13);
        }

        // Forty clusters of equal probability average to about the mean over the law.
        var middle = curves.Predictors.Count / 2;
        var ofClusters = TrialAnswers.Of(
            setting with { Risk = Expit(curves.Predictors[middle]), Covariate = 0 }, CovariateLaw.Normal).ControlRisk;
        Assert.Equal(ofClusters, curves.Clusters.Average(cluster => cluster[middle]), 0.01);
    }

    private static TrialSetting Setting(double risk, double effect, double sigma, double covariate) =>
        new() { Risk = risk, Effect = effect, Sigma = sigma, Covariate = covariate };

    private static double Logit(double risk) => Math.Log(risk / (1 - risk));

    private static double Expit(double eta) => 1 / (1 + Math.Exp(-eta));
}

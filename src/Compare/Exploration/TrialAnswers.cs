using MarginalConditional.Compare.Estimands;
using MarginalConditional.Gee.Planning;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Exploration;

/// <summary>What follows from a setting: every rung of the ladder, risks, correlation, power. Exact integrals. Immutable.</summary>
/// <example>
/// <code>
/// using MarginalConditional.Compare.Exploration;
///
/// var answers = TrialAnswers.Of(new TrialSetting { Risk = 0.2, Effect = -0.7, Sigma = 1.5 }, CovariateLaw.Normal);
/// Console.WriteLine(answers);
/// </code>
/// </example>
public sealed record TrialAnswers
{
    private const double WantedPower = 0.8;

    private TrialAnswers(TrialSetting setting) => Setting = setting;

    /// <summary>The setting.</summary>
    public TrialSetting Setting { get; }

    /// <summary>Rung 0: the log odds ratio given cluster and covariates.</summary>
    public double Conditional => Setting.Effect;

    /// <summary>
    /// Rung 1: averaged over clusters given the covariates, E[logit m(1, x) − logit m(0, x)] with m the mean over clusters.
    /// </summary>
    public required double GivenCovariates { get; init; }

    /// <summary>
    /// Rung 2: of all patients. Rungs 3 and 4 are the same here, since the model holds and a cluster's size tells nothing.
    /// </summary>
    public required double Population { get; init; }

    /// <summary>The risk of all patients without treatment.</summary>
    public required double ControlRisk { get; init; }

    /// <summary>The risk of all patients with treatment.</summary>
    public required double TreatedRisk { get; init; }

    /// <summary>The correlation of the outcomes of two patients of a cluster, both arms together.</summary>
    public required double OutcomeCorrelation { get; init; }

    /// <summary>The probability that a two-sided test at 5 % finds the marginal effect.</summary>
    public required double Power { get; init; }

    /// <summary>The plan behind the power; null without an effect.</summary>
    public required TrialPlan? Plan { get; init; }

    /// <summary>Risk with treatment less risk without.</summary>
    public double RiskDifference => EffectMeasure.Difference.Value(ControlRisk, TreatedRisk);

    /// <summary>The log of the ratio of the risks.</summary>
    public double LogRiskRatio => EffectMeasure.Ratio.Value(ControlRisk, TreatedRisk);

    /// <summary>Patients to be treated for one event more or fewer.</summary>
    public NumberNeededToTreat NumberNeeded =>
        NumberNeededToTreat.Of(Coefficient.NotEstimable("risk difference") with { Estimate = RiskDifference });

    /// <summary>The correlation within clusters on the latent logistic scale, σ²/(σ² + π²/3).</summary>
    public double LatentCorrelation =>
        Setting.Sigma * Setting.Sigma / ((Setting.Sigma * Setting.Sigma) + Link.Logit.LatentVariance!.Value);

    /// <summary>How much larger the variance of the effect is than without clusters, the size over the information of a cluster.</summary>
    public double DesignEffect => Setting.Size / ClusterInformation.Exchangeable(OutcomeCorrelation).Of(Setting.Size);

    /// <summary>The clusters that 80 % power needs; null without an effect or beyond a hundred million.</summary>
    public int? ClustersNeeded => Plan?.Clusters(WantedPower);

    /// <summary>Answers a setting.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="covariates">The law of what covariates add.</param>
    public static TrialAnswers Of(TrialSetting setting, CovariateLaw covariates) =>
        new SettingIntegrals(setting, covariates).Answers();

    internal static TrialAnswers Of(
        TrialSetting setting, double givenCovariates, double controlRisk, double treatedRisk, double correlation)
    {
        // Rounding may leave a correlation of no clusters a little below 0.
        var rho = Math.Clamp(correlation, 0, 1 - 1e-12);
        var plan = controlRisk == treatedRisk ? null : new TrialPlan
        {
            Outcome = PlannedOutcome.Binary(controlRisk, treatedRisk),
            Information = ClusterInformation.Exchangeable(rho).Of(setting.Size),
        };
        return new TrialAnswers(setting)
        {
            GivenCovariates = givenCovariates,
            Population = EffectMeasure.OddsRatio.Value(controlRisk, treatedRisk),
            ControlRisk = controlRisk,
            TreatedRisk = treatedRisk,
            OutcomeCorrelation = rho,
            Plan = plan,
            Power = plan?.Power(setting.Clusters) ?? 0.05,
        };
    }
}

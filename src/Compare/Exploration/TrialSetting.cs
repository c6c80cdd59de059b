using MarginalConditional.Compare.Simulation.Effects;

namespace MarginalConditional.Compare.Exploration;

/// <summary>
/// A trial of whole clusters with a binary outcome, as a handful of numbers: logit P = α + effect·arm + x + b, with x from the covariates
/// of a patient and b the effect of a cluster.
/// </summary>
public sealed record TrialSetting
{
    /// <summary>The risk of a patient without treatment, whose covariates are average, in a typical cluster. Default 0.2.</summary>
    public double Risk { get; init; } = 0.2;

    /// <summary>The log odds ratio of treatment given cluster and covariates. Default −0.7.</summary>
    public double Effect { get; init; } = -0.7;

    /// <summary>σ, the standard deviation of the clusters' effects, logit scale. Default 1.</summary>
    public double Sigma { get; init; } = 1;

    /// <summary>The law of the clusters' effects, one of <see cref="SettingRules.Laws"/>. Default normal.</summary>
    public string Law { get; init; } = "normal";

    /// <summary>The standard deviation of what a patient's covariates add, logit scale. Default 0.5.</summary>
    public double Covariate { get; init; } = 0.5;

    /// <summary>The number of clusters, both arms together. Default 40.</summary>
    public int Clusters { get; init; } = 40;

    /// <summary>Patients a cluster. Default 30.</summary>
    public int Size { get; init; } = 30;

    /// <summary>Whether the outcome's event is unwanted. Default: yes.</summary>
    public bool EventIsHarm { get; init; } = true;

    /// <summary>α, the logit of <see cref="Risk"/>.</summary>
    public double Baseline => Math.Log(Risk / (1 - Risk));

    /// <summary>The law with its standard deviation.</summary>
    public EffectLaw EffectLaw => LawAt(Sigma);

    /// <summary>The law with another standard deviation.</summary>
    /// <param name="sigma">At least 0, logit scale.</param>
    public EffectLaw LawAt(double sigma) => SettingRules.LawNamed(Law)(sigma);
}

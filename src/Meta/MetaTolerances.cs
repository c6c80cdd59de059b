using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Meta;

/// <summary>The thresholds of a meta-analysis: how exact τ² is, and from where a circumstance is worth a sentence. Immutable.</summary>
public sealed record MetaTolerances
{
    /// <summary>The relative step of τ² below which Q(τ²) is solved (Paule–Mandel, Q-profile). Default 1e-15, the last bits.</summary>
    public double Root { get; init; } = 1e-15;

    /// <summary>
    /// Where the search for maxima of τ²'s likelihood begins, as a share of the smallest
    /// sampling variance; below it τ² is taken as 0 or found from 0. Default 1e-6.
    /// </summary>
    public double SmallestSearched { get; init; } = 1e-6;

    /// <summary>
    /// The number of places a decade of τ² at which the slope of its likelihood
    /// is looked at: two maxima closer than that count as one. Default 8.
    /// </summary>
    public int StepsPerDecade { get; init; } = 8;

    /// <summary>
    /// The weighted spread of standard errors, a study, below which they are
    /// equal and the funnel's asymmetry cannot be tested. Default 1e-12.
    /// </summary>
    public double EqualErrors { get; init; } = 1e-12;

    /// <summary>
    /// The amount by which Q has to fall short of k − 1 before Hartung and Knapp's interval is called too narrow. Default 1e-6.
    /// </summary>
    public double Agreement { get; init; } = 1e-6;

    /// <summary>The p-value of homogeneity below which one common effect is called into question. Default 0.05.</summary>
    public double Heterogeneity { get; init; } = 0.05;

    /// <summary>
    /// The log-likelihood that a step of the search for several variances has to gain; below it the search ends. Default 1e-20.
    /// </summary>
    public double Gain { get; init; } = 1e-20;

    /// <summary>
    /// The gain from which a step has to be seen in the log-likelihood itself, whose last digits are rounding. Default 1e-9.
    /// </summary>
    public double VisibleGain { get; init; } = 1e-9;

    /// <summary>The relative width at which a limit of a variance's profile is found. Default 1e-7.</summary>
    public double Limit { get; init; } = 1e-7;

    /// <summary>The most steps of that search. Default 500.</summary>
    public int MostSteps { get; init; } = 500;

    /// <summary>
    /// The share of its size below which a direction of a cluster's residuals is determined by the coefficients, so that a robust
    /// variance leaves it out. Default 1e-12.
    /// </summary>
    public double DeterminedDirection { get; init; } = 1e-12;

    /// <summary>
    /// The share of its usual variance below which a variance made from residuals says that there are none. Default 1e-20.
    /// </summary>
    public double NoVariance { get; init; } = 1e-20;

    /// <summary>The degrees of freedom below which a robust interval is called unreliable. Default 4.</summary>
    public double FewDegrees { get; init; } = 4;

    /// <summary>The number of studies below which the variance between them is called poorly known. Default 5.</summary>
    public int FewStudies { get; init; } = 5;

    /// <summary>All of them, in the order they are shown.</summary>
    public IReadOnlyList<Tolerance> All =>
    [
        new(nameof(Root), Root, "relative step of tau2 at which Q(tau2) is solved"),
        new(nameof(SmallestSearched), SmallestSearched, "share of the smallest sampling variance where the search for tau2 begins"),
        new(nameof(StepsPerDecade), StepsPerDecade, "places a decade at which the likelihood of tau2 is looked at"),
        new(nameof(EqualErrors), EqualErrors, "weighted spread of standard errors, a study, that is none"),
        new(nameof(Agreement), Agreement, "shortfall of Q that makes the Hartung-Knapp interval too narrow"),
        new(nameof(Heterogeneity), Heterogeneity, "p-value below which one common effect is called into question"),
        new(nameof(Gain), Gain, "log-likelihood that a step of the search for several variances has to gain"),
        new(nameof(VisibleGain), VisibleGain, "gain from which the log-likelihood itself has to show it"),
        new(nameof(Limit), Limit, "relative width at which a limit of a variance's profile is found"),
        new(nameof(MostSteps), MostSteps, "steps of that search"),
        new(nameof(DeterminedDirection), DeterminedDirection, "share below which the coefficients determine a direction of residuals"),
        new(nameof(NoVariance), NoVariance, "share of the usual variance below which residuals give none"),
        new(nameof(FewDegrees), FewDegrees, "degrees of freedom below which a robust interval is unreliable"),
        new(nameof(FewStudies), FewStudies, "studies below which tau2 is poorly known"),
    ];
}

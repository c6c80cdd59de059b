using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Gee;

/// <summary>
/// The thresholds that decide when the equations hold, and what is said when they do not. Immutable; the defaults suit all data we know.
/// </summary>
public sealed record GeeTolerances
{
    /// <summary>The defaults, which options have unless they are given others.</summary>
    internal static GeeTolerances Usual { get; } = new();

    /// <summary>
    /// The largest scaled score |U_j| / √M_jj, and the largest change of α and of log φ, at which an iteration may stop. Default: 1e-9.
    /// </summary>
    public double Equations { get; init; } = 1e-9;

    /// <summary>
    /// The scaled score, in standard errors, at which the start under independence is left to the iteration with correlation. Default: 0.1.
    /// </summary>
    public double Start { get; init; } = 0.1;

    /// <summary>How often a step of the start is halved until the deviance does not grow. Default: 30.</summary>
    public int StartHalvings { get; init; } = 30;

    /// <summary>How often a step is halved until all means are inside the family's domain. Default: 20.</summary>
    public int DomainHalvings { get; init; } = 20;

    /// <summary>The scaled score above which a step is halved when the score has more than doubled. Default: 1.</summary>
    public double FarAway { get; init; } = 1;

    /// <summary>How many estimates of α in a row may be inadmissible before the iteration ends. Default: 3.</summary>
    public int Overshoots { get; init; } = 3;

    /// <summary>
    /// An inadmissible estimate of a correlation of more than this size is not repaired: with a scale held far from that of the residuals
    /// it is no correlation. Default: 100.
    /// </summary>
    public double NoCorrelation { get; init; } = 100;

    /// <summary>The number of passes with correlation after which steps are mixed. Default: 8.</summary>
    public int PlainPasses { get; init; } = 8;

    /// <summary>The share of its diagonal element that a pivot of R has to exceed. Default: 1e-12.</summary>
    public double PositiveDefinite { get; init; } = 1e-12;

    /// <summary>The smallest eigenvalue that a repaired correlation has. Default: 0.05.</summary>
    /// <remarks>
    /// With less, the inverse would give single contrasts of residuals weights of hundreds and more, and the iteration would seldom settle.
    /// </remarks>
    public double RepairMargin { get; init; } = 0.05;

    /// <summary>How far a repair has to move α to be reported. Default: 1e-9.</summary>
    public double Repaired { get; init; } = 1e-9;

    /// <summary>The change of log θ at which the rounds for the dispersion of the negative binomial end. Default: 1e-9.</summary>
    public double Theta { get; init; } = 1e-9;

    /// <summary>The largest number of these rounds. Default: 50.</summary>
    public int ThetaRounds { get; init; } = 50;

    /// <summary>The smallest θ of the negative binomial. Default: 1e-6.</summary>
    public double SmallestTheta { get; init; } = 1e-6;

    /// <summary>The largest θ of the negative binomial; there it is the Poisson family. Default: 1e8.</summary>
    public double LargestTheta { get; init; } = 1e8;

    /// <summary>The eigenvalue below which scaled contrasts of a score test repeat others. Default: 1e-10.</summary>
    public double ContrastRank { get; init; } = 1e-10;

    /// <summary>The log local odds ratio of ordered outcomes beyond which it has no finite estimate. Default: 25.</summary>
    public double LargestLogOddsRatio { get; init; } = 25;

    /// <summary>All of them, in this order.</summary>
    public IReadOnlyList<Tolerance> All =>
    [
        new(
            nameof(Equations),
            Equations,
            "the largest scaled score, and change of the correlation and of the log scale, at which the iteration ends"),
        new(nameof(Start), Start, "the scaled score at which the start under independence gives way to the iteration with correlation"),
        new(nameof(StartHalvings), StartHalvings, "how often a step of the start is halved until the deviance does not grow"),
        new(nameof(DomainHalvings), DomainHalvings, "how often a step is halved until all means are inside their domain"),
        new(nameof(FarAway), FarAway, "the scaled score above which a step after which it doubled is halved"),
        new(nameof(Overshoots), Overshoots, "how many inadmissible correlations in a row end the iteration"),
        new(nameof(NoCorrelation), NoCorrelation, "the size of a correlation beyond which it is not repaired"),
        new(nameof(PlainPasses), PlainPasses, "after how many passes with correlation steps are mixed"),
        new(nameof(PositiveDefinite), PositiveDefinite, "the share of its diagonal that a pivot of the working correlation has to exceed"),
        new(nameof(RepairMargin), RepairMargin, "the smallest eigenvalue of a repaired working correlation"),
        new(nameof(Repaired), Repaired, "how far a repair has to move the correlation to be reported"),
        new(nameof(Theta), Theta, "the change of log theta at which the rounds for the negative binomial end"),
        new(nameof(ThetaRounds), ThetaRounds, "the largest number of these rounds"),
        new(nameof(SmallestTheta), SmallestTheta, "the smallest theta of the negative binomial"),
        new(nameof(LargestTheta), LargestTheta, "the largest theta of the negative binomial"),
        new(nameof(ContrastRank), ContrastRank, "the eigenvalue below which contrasts of a score test repeat others"),
        new(
            nameof(LargestLogOddsRatio),
            LargestLogOddsRatio,
            "the log local odds ratio of ordered outcomes beyond which it has no finite estimate"),
    ];
}

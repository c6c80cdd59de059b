using MarginalConditional.Glmm.Effects;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Glmm;

/// <summary>The thresholds of a generalized linear mixed model's fit. Immutable; scaled columns have a standard deviation near 1.</summary>
public sealed record GlmmTolerances
{
    /// <summary>The defaults, which options have unless they are given others.</summary>
    internal static GlmmTolerances Usual { get; } = new();

    /// <summary>The distance to the maximum, √(gᵀH⁻¹g) in standard errors, at which the climb stops. Default 1e-7.</summary>
    public double Distance { get; init; } = 1e-7;

    /// <summary>The movement of the log-likelihood with more nodes that is worth a warning, or more nodes. Default 1e-3.</summary>
    public double Nodes { get; init; } = 1e-3;

    /// <summary>The distance at which the model without random effects, where the climb starts, stops. Default 1e-10.</summary>
    public double StartDistance { get; init; } = 1e-10;

    /// <summary>The longest step in any scaled parameter: beyond it the quadratic model is not to be believed. Default 3.</summary>
    public double LongestStep { get; init; } = 3;

    /// <summary>The share of what the slope promises that a step has to gain. Default 1e-4.</summary>
    public double Gain { get; init; } = 1e-4;

    /// <summary>The loss of log-likelihood, as a share of 1 + |ℓ|, that is rounding. Default 1e-13.</summary>
    public double Loss { get; init; } = 1e-13;

    /// <summary>
    /// When a full step leaves more than this share of the distance, Louis' information was not good enough. Default 0.1.
    /// </summary>
    public double SlowRatio { get; init; } = 0.1;

    /// <summary>
    /// Within this distance, in standard errors, one slow step is enough to leave Louis' information for differences. Default 0.03.
    /// </summary>
    public double Near { get; init; } = 0.03;

    /// <summary>Farther away so many slow steps in a row are. Default 3.</summary>
    public int Patience { get; init; } = 3;

    /// <summary>
    /// A differenced information, kept up by updates, serves until a step leaves more than this share of the distance. Default 0.3.
    /// </summary>
    public double KeepRatio { get; init; } = 0.3;

    /// <summary>The step of the differenced gradient, in standard errors. Default 1e-5.</summary>
    public double DifferenceStep { get; init; } = 1e-5;

    /// <summary>
    /// Gradients that a climb spends on differenced informations before each further one has to be paid for by as many steps under
    /// updates of the last. Default 300.
    /// </summary>
    public int DifferencedGradients { get; init; } = 300;

    /// <summary>Differences taken this close to the solution, in standard errors, need not be taken again. Default 1e-5.</summary>
    public double SamePlace { get; init; } = 1e-5;

    /// <summary>
    /// Standard deviations of random effects below this (link scale, scaled columns) may be zero, and are tried there. Default 0.02.
    /// </summary>
    public double SuspiciousDeviation { get; init; } = 0.02;

    /// <summary>The fall of the log-likelihood with which a variance is still zero. Default 1e-9.</summary>
    public double BoundaryLoss { get; init; } = 1e-9;

    /// <summary>
    /// What rounding leaves of a parameter on the boundary: set to zero. Default 1e-7: where the likelihood ends on the boundary it is
    /// flat in a standard deviation σ to second order, so that rounding of 1e-16 in the likelihood leaves σ up to 1e-8 (seen with
    /// beta-binomial responses, cbpp).
    /// </summary>
    public double BoundaryRounding { get; init; } = 1e-7;

    /// <summary>
    /// A diagonal of the Cholesky factor of D below this share of its standard deviation is zero: D is singular. Default 1e-7.
    /// </summary>
    public double SingularShare { get; init; } = 1e-7;

    /// <summary>
    /// Standard deviations of random effects (link scale, scaled columns) beyond which the likelihood at infinity is looked at, where
    /// several effects make that costly. Default 4.
    /// </summary>
    public double SuspiciouslyLarge { get; init; } = 4;

    /// <summary>
    /// A standard deviation of random effects (link scale, scaled columns) beyond which a climb is on its way to infinity. Default 40.
    /// </summary>
    public double UnboundedDeviation { get; init; } = 40;

    /// <summary>
    /// A dispersion below this, in units of the response's variance or of 1, belongs to data that are fitted exactly: the likelihood rises
    /// for ever as it falls. Default 1e-16.
    /// </summary>
    public double NoDispersion { get; init; } = 1e-16;

    /// <summary>
    /// After so many steps a climb ends when a standard deviation is beyond <see cref="UnboundedDeviation"/> or the dispersion below
    /// <see cref="NoDispersion"/>. Default 15.
    /// </summary>
    public int RunawaySteps { get; init; } = 15;

    /// <summary>
    /// A negative binomial whose variance exceeds the mean by less than this share is a Poisson distribution. Default 1e-6.
    /// </summary>
    public double NoOverdispersion { get; init; } = 1e-6;

    /// <summary>
    /// Pearson's statistic over its degrees of freedom beyond which counts or proportions are overdispersed. Default 1.3.
    /// </summary>
    public double Overdispersed { get; init; } = 1.3;

    /// <summary>The tail probability below which that is not chance. Default 1e-3.</summary>
    public double OverdispersionLevel { get; init; } = 1e-3;

    /// <summary>The distance to the maximum, in standard errors, at which the climbs of a profile stop. Default 1e-6.</summary>
    public double ProfileDistance { get; init; } = 1e-6;

    /// <summary>
    /// A climb of a profile that stopped no farther away than this, in standard errors, is right enough for a limit. Default 1e-3.
    /// </summary>
    public double ProfileSufficient { get; init; } = 1e-3;

    /// <summary>Evaluations of the likelihood that the search for one limit of a profile may take. Default 800.</summary>
    public int ProfileEvaluations { get; init; } = 800;

    /// <summary>
    /// Evaluations that the profiles of all coefficients, of all variance parameters, or of the curves of a picture may take. Default 4000.
    /// </summary>
    public int AllProfileEvaluations { get; init; } = 4_000;

    /// <summary>
    /// A profile whose deviance falls below zero by more than this has found a higher maximum than the fit, and there are no limits.
    /// Default 0.01.
    /// </summary>
    public double ProfileRise { get; init; } = ProfileCurve.DefaultRise;

    /// <summary>
    /// So many standard errors from the estimate a profile of a coefficient or deviation that has not fallen is flat. Default 1e4.
    /// </summary>
    public double ProfileFar { get; init; } = 1e4;

    /// <summary>
    /// Without a usable standard error: so many standard deviations of a column, or logarithms of a dispersion. Default 40.
    /// </summary>
    public double ProfileFarUnits { get; init; } = 40;

    /// <summary>A correlation this close to ±1 is said to be on the boundary. Default 1e-8.</summary>
    public double UnitCorrelation { get; init; } = 1e-8;

    /// <summary>
    /// A Newton step for a cluster's mode this short, in posterior standard
    /// deviations, is the last: it leaves an error of its square. Always 1e-6.
    /// </summary>
    public double ModeStep => ModeSearch.LastStep;

    /// <summary>
    /// Likelihood-ratio statistics of variances below this are zero: two maximizations that end at the same place. Default 1e-6.
    /// </summary>
    public double TestRounding { get; init; } = 1e-6;

    /// <summary>What the searches of a table of profiles may take.</summary>
    internal ProfileBudget ProfileBudget() => new(ProfileEvaluations, AllProfileEvaluations);

    /// <summary>All of them, in the order they are shown.</summary>
    public IReadOnlyList<Tolerance> All =>
    [
        new(nameof(Distance), Distance, "distance to the maximum, in standard errors, at which the climb stops"),
        new(nameof(Nodes), Nodes, "movement of the log-likelihood with more nodes that is worth a warning"),
        new(nameof(StartDistance), StartDistance, "distance at which the model without random effects stops"),
        new(nameof(LongestStep), LongestStep, "longest step in a scaled parameter"),
        new(nameof(Gain), Gain, "share of the promised gain that a step has to make"),
        new(nameof(Loss), Loss, "relative loss of log-likelihood that is rounding"),
        new(nameof(SlowRatio), SlowRatio, "share of the distance left by a step that is slow"),
        new(nameof(Near), Near, "distance within which one slow step asks for differenced information"),
        new(nameof(Patience), Patience, "slow steps in a row that ask for it farther away"),
        new(nameof(KeepRatio), KeepRatio, "share of the distance left by a step up to which updated information is kept"),
        new(nameof(DifferenceStep), DifferenceStep, "step of the differenced gradient, in standard errors"),
        new(
            nameof(DifferencedGradients),
            DifferencedGradients,
            "gradients spent on differenced informations before each further one waits for as many steps"),
        new(nameof(SamePlace), SamePlace, "distance within which differences serve at the solution"),
        new(nameof(SuspiciousDeviation), SuspiciousDeviation, "standard deviation of random effects below which zero is tried"),
        new(nameof(BoundaryLoss), BoundaryLoss, "fall of the log-likelihood with which it is zero"),
        new(nameof(BoundaryRounding), BoundaryRounding, "size of a parameter that is rounding on the boundary"),
        new(nameof(SingularShare), SingularShare, "share of a standard deviation below which its own part is zero"),
        new(
            nameof(SuspiciouslyLarge),
            SuspiciouslyLarge,
            "standard deviation of several random effects beyond which infinity is looked at"),
        new(
            nameof(UnboundedDeviation),
            UnboundedDeviation,
            "standard deviation of random effects beyond which a climb is on its way to infinity"),
        new(nameof(NoDispersion), NoDispersion, "dispersion below which the data are fitted exactly"),
        new(nameof(RunawaySteps), RunawaySteps, "steps after which a parameter that grows without bound ends a climb"),
        new(nameof(NoOverdispersion), NoOverdispersion, "share of the mean below which the overdispersion is zero"),
        new(nameof(Overdispersed), Overdispersed, "Pearson's statistic over its degrees of freedom beyond which there is overdispersion"),
        new(nameof(OverdispersionLevel), OverdispersionLevel, "tail probability of Pearson's statistic below which that is not chance"),
        new(nameof(ProfileDistance), ProfileDistance, "distance at which the climbs of a profile stop"),
        new(nameof(ProfileSufficient), ProfileSufficient, "distance that is right enough for a limit"),
        new(nameof(ProfileEvaluations), ProfileEvaluations, "evaluations of the likelihood that one limit of a profile may take"),
        new(nameof(AllProfileEvaluations), AllProfileEvaluations, "evaluations that a table of profiles may take"),
        new(nameof(ProfileRise), ProfileRise, "deviance below zero with which a profile has found a higher maximum than the fit"),
        new(nameof(ProfileFar), ProfileFar, "standard errors from the estimate at which a profile that has not fallen is flat"),
        new(
            nameof(ProfileFarUnits),
            ProfileFarUnits,
            "standard deviations of a column, or logarithms of a dispersion, that stand in for them"),
        new(nameof(UnitCorrelation), UnitCorrelation, "distance from ±1 at which a correlation is on the boundary"),
        new(nameof(ModeStep), ModeStep, "last step of the search of a cluster's mode, in posterior standard deviations"),
        new(nameof(TestRounding), TestRounding, "likelihood-ratio statistic of a variance that is zero"),
    ];
}

using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Optimization;

namespace MarginalConditional.Lmm;

/// <summary>Every threshold that decides something about a linear mixed model, beside <see cref="LmmOptions.Tolerance"/>.</summary>
/// <remarks>θ are relative factors: an effect whose factor is one contributes as much as the residual.</remarks>
public sealed record LmmTolerances
{
    /// <summary>Convergence of the search over a few clusters for a start, in minus twice the log-likelihood. Default: 1e-4.</summary>
    public double PilotConvergence { get; init; } = 1e-4;

    /// <summary>
    /// A start with a diagonal of Λ below this is not used: so near to the boundary the gradient says little. Default: 0.05.
    /// </summary>
    public double NearBoundary { get; init; } = 0.05;

    /// <summary>A diagonal of Λ below this is tried at zero. Default: 5e-3.</summary>
    public double BoundaryCandidate { get; init; } = 5e-3;

    /// <summary>
    /// A point on the boundary is kept when minus twice the log-likelihood there
    /// is higher by this at most, and left when it falls by more. Default: 1e-9.
    /// </summary>
    public double BoundaryRise { get; init; } = 1e-9;

    /// <summary>
    /// An eigenvalue of ΛΛᵀ below this share of the largest (or of one) counts
    /// as zero: a direction in which the boundary may be left. Default: 1e-12.
    /// </summary>
    public double NullDirection { get; init; } = 1e-12;

    /// <summary>The diagonal of Λ with which an uncorrelated effect leaves the boundary. Default: 0.3.</summary>
    public double DeviationOffBoundary { get; init; } = 0.3;

    /// <summary>What is added to ΛΛᵀ along the direction in which correlated effects leave the boundary. Default: 0.1.</summary>
    public double VarianceOffBoundary { get; init; } = 0.1;

    /// <summary>A residual quadratic form below this share of n squared ranges of the response is an exact fit. Default: 1e-12.</summary>
    public double ExactFit { get; init; } = 1e-12;

    /// <summary>A correlation of random effects is on the boundary when it is within this of ±1. Default: 1e-8.</summary>
    public double PerfectCorrelation { get; init; } = 1e-8;

    /// <summary>A wave's residual variance below this share of the largest is none. Default: 1e-10.</summary>
    public double NoVariance { get; init; } = 1e-10;

    /// <summary>
    /// The same beside random effects, which keep the likelihood bounded: the
    /// search stops on its way to zero where the slope is gone. Default: 1e-7.
    /// </summary>
    public double NoVarianceBesideRandomEffects { get; init; } = 1e-7;

    /// <summary>An eigenvalue of a residual correlation matrix below this says that the matrix is singular. Default: 1e-8.</summary>
    public double NoEigenvalue { get; init; } = 1e-8;

    /// <summary>
    /// The step of differences by θ, for a parameter of size one: of the search, and of Satterthwaite's curvature. Default: 1e-4.
    /// </summary>
    public double DifferenceStep { get; init; } = 1e-4;

    /// <summary>
    /// Directions of covariance parameters with a scaled curvature below this are left out of Satterthwaite's covariance. Default: 1e-8.
    /// </summary>
    public double FlatDirection { get; init; } = 1e-8;

    /// <summary>
    /// An eigenvalue of I − H below this is a direction that one cluster determines
    /// alone: a sandwich has no residual there to correct. Default: 1e-10.
    /// </summary>
    public double DeterminedDirection { get; init; } = 1e-10;

    /// <summary>
    /// An eigenvalue of contrasts' covariance below this share of the largest does not count in their rank. Default: 1e-12.
    /// </summary>
    public double ContrastRank { get; init; } = 1e-12;

    /// <summary>Convergence of a profile's searches, in minus twice the log-likelihood. Default: 1e-9.</summary>
    public double ProfileConvergence { get; init; } = 1e-9;

    /// <summary>
    /// How near its cutoff the signed root of a profile is at a limit, and the relative precision of the limit. Default: 1e-6.
    /// </summary>
    public double ProfilePrecision { get; init; } = SignedRoot.DefaultPrecision;

    /// <summary>Evaluations of the likelihood that the search for one limit of a profile may take. Default: 1000.</summary>
    public int ProfileEvaluations { get; init; } = 1_000;

    /// <summary>
    /// Evaluations that the profiles of all coefficients, of all covariance parameters, or of the curves of a picture may take. Default:
    /// 8000.
    /// </summary>
    public int AllProfileEvaluations { get; init; } = 8_000;

    /// <summary>Linear mixed models without a maximum after which a fit by pseudo-likelihood gives up. Default: 5.</summary>
    public int FailedLinearizations { get; init; } = 5;

    /// <summary>
    /// So many linearizations in a row that change estimates no less than one before end a fit by pseudo-likelihood: they go round.
    /// Default: 25.
    /// </summary>
    public int IdleLinearizations { get; init; } = 25;

    /// <summary>
    /// Gradients that the Hessians of a search may take; each further Hessian waits for as many steps as it takes gradients. Default: 500.
    /// </summary>
    public int DifferencedGradients { get; init; } = 500;

    /// <summary>
    /// A profile whose deviance falls below zero by more than this has found a higher maximum than the fit, and there are no limits.
    /// Default: 0.01.
    /// </summary>
    public double ProfileRise { get; init; } = ProfileCurve.DefaultRise;

    /// <summary>
    /// The smallest standard deviation of a profile, as a share of the estimate: when it is not rejected, neither is zero. Default: 1e-4.
    /// </summary>
    public double SmallestDeviation { get; init; } = 1e-4;

    /// <summary>
    /// How near a profile goes to the end of a correlation's range, as a share of
    /// half of it: when that is not rejected, neither is the end. Default: 1e-6.
    /// </summary>
    public double FurthestCorrelation { get; init; } = 1e-6;

    /// <summary>Every threshold in force, in the order in which a fit meets them.</summary>
    public IReadOnlyList<Tolerance> All =>
    [
        new(nameof(PilotConvergence), PilotConvergence, "where the search over a few clusters for a start ends"),
        new(nameof(NearBoundary), NearBoundary, "the diagonal of Λ below which a start is not used"),
        new(nameof(BoundaryCandidate), BoundaryCandidate, "the diagonal of Λ below which zero is tried"),
        new(nameof(BoundaryRise), BoundaryRise, "the change of minus twice the log-likelihood that decides for or against the boundary"),
        new(nameof(NullDirection), NullDirection, "the share of the largest eigenvalue of ΛΛᵀ below which one counts as zero"),
        new(nameof(DeviationOffBoundary), DeviationOffBoundary, "the diagonal of Λ with which an uncorrelated effect leaves the boundary"),
        new(nameof(VarianceOffBoundary), VarianceOffBoundary, "what correlated effects gain in ΛΛᵀ when they leave the boundary"),
        new(nameof(ExactFit), ExactFit, "the share of the response's squared range below which the residual is zero"),
        new(nameof(PerfectCorrelation), PerfectCorrelation, "the distance from ±1 below which a correlation is on the boundary"),
        new(nameof(NoVariance), NoVariance, "the share of the largest residual variance below which a wave has none"),
        new(nameof(NoVarianceBesideRandomEffects), NoVarianceBesideRandomEffects, "the same beside random effects"),
        new(nameof(NoEigenvalue), NoEigenvalue, "the eigenvalue below which a residual correlation matrix is singular"),
        new(nameof(DifferenceStep), DifferenceStep, "the step of differences by covariance parameters"),
        new(nameof(FlatDirection), FlatDirection, "the scaled curvature below which Satterthwaite's method leaves a direction out"),
        new(
            nameof(DeterminedDirection),
            DeterminedDirection,
            "the eigenvalue of I − H below which one cluster determines a direction alone"),
        new(nameof(ContrastRank), ContrastRank, "the share of the largest eigenvalue below which contrasts count as dependent"),
        new(nameof(ProfileConvergence), ProfileConvergence, "where the searches of a profile end"),
        new(nameof(ProfilePrecision), ProfilePrecision, "how near its cutoff a profile is at a limit"),
        new(nameof(ProfileEvaluations), ProfileEvaluations, "evaluations of the likelihood that one limit of a profile may take"),
        new(nameof(AllProfileEvaluations), AllProfileEvaluations, "evaluations that a table of profiles may take"),
        new(nameof(FailedLinearizations), FailedLinearizations, "linear fits without a maximum after which pseudo-likelihood gives up"),
        new(nameof(IdleLinearizations), IdleLinearizations, "linearizations without progress after which pseudo-likelihood gives up"),
        new(nameof(DifferencedGradients), DifferencedGradients, "gradients that the Hessians of a search may take before they wait"),
        new(nameof(ProfileRise), ProfileRise, "deviance below zero with which a profile has found a higher maximum than the fit"),
        new(
            nameof(SmallestDeviation),
            SmallestDeviation,
            "the share of an estimate that stands for zero in the profile of a standard deviation"),
        new(
            nameof(FurthestCorrelation),
            FurthestCorrelation,
            "the distance from the end of a correlation's range that stands for the end in its profile"),
    ];

    /// <summary>The steps of a search.</summary>
    internal QuasiNewtonControl Search(double tolerance, int iterations) =>
        new()
        {
            Tolerance = tolerance,
            MaximumIterations = iterations,
            DifferenceStep = DifferenceStep,
            DifferencedGradients = DifferencedGradients,
        };

    /// <summary>What the searches of a table of profiles may take.</summary>
    internal ProfileBudget ProfileBudget() => new(ProfileEvaluations, AllProfileEvaluations);

    /// <summary>The steps of a profile's searches.</summary>
    internal QuasiNewtonControl ProfileSearch => Search(ProfileConvergence, 100);
}

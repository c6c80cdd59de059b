using MarginalConditional.Cli.Predictions;
using MarginalConditional.Cli.Saving;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Means;
using MarginalConditional.Mixed;
using MarginalConditional.Lmm.Reports;

namespace MarginalConditional.Cli.Commands.Lmm;

/// <summary>What was asked for beside the coefficients of a linear mixed model; an empty list was not asked for.</summary>
internal sealed record LmmExtras
{
    /// <summary>Every residual structure with its fit.</summary>
    public IReadOnlyList<StructureComparison> Structures { get; init; } = [];

    /// <summary>Whether likelihood-ratio tests were asked for.</summary>
    public bool AsksLikelihoodRatios { get; init; }

    /// <summary>Likelihood-ratio tests of the terms.</summary>
    public IReadOnlyList<LikelihoodRatioTest> LikelihoodRatios { get; init; } = [];

    /// <summary>Profile-likelihood intervals of coefficients, then of covariance parameters.</summary>
    public IReadOnlyList<ProfileInterval> Profiles { get; init; } = [];

    /// <summary>What the tests of terms say.</summary>
    public TermHypothesis Hypothesis { get; init; } = TermHypothesis.Balanced;

    /// <summary>Estimated means, their comparisons, slopes and joint tests.</summary>
    public EstimatedMeans? Means { get; init; }

    /// <summary>Predictions of new rows.</summary>
    public PredictedRows? Predictions { get; init; }

    /// <summary>Where the fit is kept, and which one it repeats.</summary>
    public Keeping? Keeping { get; init; }

    /// <summary>Empirical and fitted correlations by lag.</summary>
    public IReadOnlyList<CorrelationByLag> Lags { get; init; } = [];
}

using MarginalConditional.Meta.Heterogeneity;
using MarginalConditional.Meta.Pooling;

namespace MarginalConditional.Meta;

/// <summary>How a meta-analysis is made.</summary>
public sealed record MetaAnalysisOptions
{
    /// <summary>The estimator of τ²; restricted maximum likelihood by default.</summary>
    public HeterogeneityEstimator Estimator { get; init; } = HeterogeneityEstimator.Restricted;

    /// <summary>The interval of the combined effect; Wald by default.</summary>
    public MeanInterval Interval { get; init; } = MeanInterval.Wald;

    /// <summary>
    /// Whether the prediction interval uses Student's t with k − 2 degrees of freedom (Higgins, Thompson and Spiegelhalter 2009);
    /// false by default: it then uses the distribution of <see cref="Interval"/>.
    /// </summary>
    public bool StudentPrediction { get; init; }

    /// <summary>
    /// Whether the exact model computes its profile interval of τ², which takes
    /// several fits; true by default. The other methods always have theirs.
    /// </summary>
    public bool ProfilesTau2 { get; init; } = true;

    /// <summary>The thresholds that decide something.</summary>
    public MetaTolerances Tolerances { get; init; } = new();

    /// <summary>The coverage of all intervals, in (0, 1); 0.95 by default.</summary>
    public double Level { get; init; } = 0.95;
}

using MarginalConditional.Compare.Simulation.Effects;
using MarginalConditional.Compare.Simulation.Marginal;
using MarginalConditional.Compare.Simulation.Missingness;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>
/// A data-generating mechanism: a design, clusters with random effects, and an outcome given the effects and the covariates. Immutable.
/// </summary>
public sealed record Mechanism : IDataSource
{
    /// <summary>Who is treated when. Default: parallel.</summary>
    public ITrialDesign Design { get; init; } = TrialDesign.Parallel;

    /// <summary>The number of clusters, 2 or more.</summary>
    public required int Clusters { get; init; }

    /// <summary>Rows a cluster.</summary>
    public required ISizeLaw Size { get; init; }

    /// <summary>The fixed effects given the cluster.</summary>
    public TrialEffects Effects { get; init; } = new();

    /// <summary>The law of the random intercepts.</summary>
    public required IEffectLaw RandomEffect { get; init; }

    /// <summary>
    /// The law of the random intercepts of clusters that are not in the first arm, where whole clusters are treated; null (the default)
    /// means the same as in the first.
    /// </summary>
    public IEffectLaw? TreatedEffect { get; init; }

    /// <summary>What varies at random beside the intercepts. Default: nothing.</summary>
    public RandomVariation Variation { get; init; } = RandomVariation.None;

    /// <summary>How outcomes go with the size of their cluster. Default: not at all.</summary>
    public SizeDependence SizeDependence { get; init; } = SizeDependence.None;

    /// <summary>The covariates, independent of each other and of everything else. Default: none.</summary>
    public IReadOnlyList<Covariate> Covariates { get; init; } = [];

    /// <summary>The outcome's distribution given the cluster: binomial, Poisson or gaussian.</summary>
    public Family Family { get; init; } = Family.Binomial;

    /// <summary>The link.</summary>
    public Link Link { get; init; } = Link.Logit;

    /// <summary>
    /// How an ordered outcome is cut from the linear predictor, with <see cref="Family"/> and <see cref="Link"/> those of its indicators;
    /// null (the default) for every other outcome.
    /// </summary>
    public OrdinalOutcome? Ordinal { get; init; }

    /// <summary>The standard deviation of a continuous outcome around its conditional mean. Default 1.</summary>
    public double ResidualDeviation { get; init; } = 1;

    /// <summary>
    /// How outcomes are made from their means and correlations, with random effects of 0; null (the default) means that they are
    /// independent given the random effects.
    /// </summary>
    public MarginalGeneration? Generation { get; init; }

    /// <summary>Which rows are seen; null (the default) means all.</summary>
    public IMissingness? Missingness { get; init; }

    /// <inheritdoc/>
    public bool IsContinuous => Family == Family.Gaussian && ResidualDeviation > 0;

    /// <inheritdoc/>
    public AnalysisModel ModelOf(ModelFrame frame) => new(Family, Link, Design.EffectColumn) { Cumulative = Ordinal?.Link };

    /// <inheritdoc/>
    public IDataGenerator Open()
    {
        IDataGenerator complete = Generation is null ? new TrialGenerator(this) : new MarginalTrialGenerator(this);
        return Missingness is null ? complete : new ObservedTrials(complete, Missingness);
    }

    /// <summary>The law of the intercepts of an arm.</summary>
    internal IEffectLaw EffectOf(int sequence) => sequence > 0 && TreatedEffect is { } own ? own : RandomEffect;
}

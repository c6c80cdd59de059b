using MarginalConditional.Compare.Simulation.Effects;
using MarginalConditional.Compare.Simulation.Missingness;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>A data-generating mechanism: a design, clusters with random intercepts, and an outcome given the intercept.</summary>
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

    /// <summary>The outcome's distribution given the cluster: binomial, Poisson or gaussian.</summary>
    public Family Family { get; init; } = Family.Binomial;

    /// <summary>The link.</summary>
    public Link Link { get; init; } = Link.Logit;

    /// <summary>The standard deviation of a continuous outcome around its conditional mean. Default 1.</summary>
    public double ResidualDeviation { get; init; } = 1;

    /// <summary>Which rows are seen; null (the default) means all.</summary>
    public IMissingness? Missingness { get; init; }

    /// <inheritdoc/>
    public AnalysisModel Model => new(Family, Link, Design.EffectColumn);

    /// <inheritdoc/>
    public IDataGenerator Open() => new TrialGenerator(this);
}

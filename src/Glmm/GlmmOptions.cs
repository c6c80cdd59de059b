using MarginalConditional.Glmm.Densities;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm;

/// <summary>How to fit a generalized linear mixed model. Immutable; the defaults suit most trials.</summary>
public sealed record GlmmOptions
{
    /// <summary>The name of the beta-binomial.</summary>
    public const string BetaBinomialName = "beta-binomial";

    /// <summary>What the names of distributions with excess zeros begin with.</summary>
    public const string ZeroInflated = "zero-inflated-";

    /// <summary>The conditional distribution of the response given the random effects.</summary>
    public required Family Family { get; init; }

    /// <summary>The link; null means the family's default.</summary>
    public Link? Link { get; init; }

    /// <summary>
    /// Whether the probability of every row has a beta distribution around its mean, so that its events vary more than a binomial number:
    /// the beta-binomial. Default false; true needs <see cref="Family.Binomial"/> and numbers of trials.
    /// </summary>
    public bool BetaBinomial { get; init; }

    /// <summary>
    /// Whether rows may be 0 whatever their mean, with a probability whose log odds are linear in the columns of <see
    /// cref="Data.Frames.ModelFrame.Inflation"/>, or one for all without them. Default false; true needs a family of counts.
    /// </summary>
    public bool ZeroInflation { get; init; }

    /// <summary>
    /// Quadrature nodes a dimension; 1 is the Laplace approximation; 0, the
    /// default, means 15 in one dimension, 9 in two, 7 in three. At most 200.
    /// </summary>
    public int Nodes { get; init; }

    /// <summary>
    /// Whether the number of nodes is raised until the log-likelihood is stable to <see cref="GlmmTolerances.Nodes"/>. Default false.
    /// </summary>
    public bool AutomaticNodes { get; init; }

    /// <summary>
    /// Whether the nodes are centred and scaled at each cluster's mode
    /// (default). False gives the ordinary Gauss–Hermite rule, for teaching.
    /// </summary>
    public bool Adaptive { get; init; } = true;

    /// <summary>Whether the log-likelihood is evaluated with more nodes at the solution, to warn when it moves. Default true.</summary>
    public bool CheckNodes { get; init; } = true;

    /// <summary>
    /// The dispersion φ to hold fixed (the residual variance, 1 / shape, 1
    /// / size, 1 / precision of a beta-binomial); null, the default, estimates it where the family has one.
    /// </summary>
    public double? Dispersion { get; init; }

    /// <summary>
    /// Standard deviation, on the link scale and per standard deviation of a
    /// covariate, of a normal penalty on the slopes; null (default) means none.
    /// </summary>
    public double? PenaltyScale { get; init; }

    /// <summary>
    /// Whether the covariance of the estimates is computed. Default true; false saves time when only the estimates matter.
    /// </summary>
    public bool ComputeCovariance { get; init; } = true;

    /// <summary>The largest number of iterations. Default 100.</summary>
    public int MaximumIterations { get; init; } = 100;

    /// <summary>The thresholds on the way: when the iteration stops, what counts as zero, singular or separated.</summary>
    public GlmmTolerances Tolerances { get; init; } = GlmmTolerances.Usual;

    /// <summary>Threads to use; 0, the default, means all processors. Results have the same bits for any number.</summary>
    public int Threads { get; init; }

    /// <summary>The link in force: <see cref="Link"/> or the family's default.</summary>
    public Link EffectiveLink => Link ?? Family.DefaultLink;

    /// <summary>The name of the distribution: the family's, <c>beta-binomial</c>, or <c>zero-inflated-</c> and the family's.</summary>
    public string DistributionName => BetaBinomial ? BetaBinomialName : ZeroInflation ? ZeroInflated + Family.Name : Family.Name;

    /// <summary>Whether rows have another distribution than the family's, and with it another likelihood.</summary>
    public bool HasMixture => Mixture != OutcomeMixture.None;

    /// <summary>What lies between a row's mean and its outcome beside the family.</summary>
    internal OutcomeMixture Mixture =>
        BetaBinomial ? OutcomeMixture.Beta : ZeroInflation ? OutcomeMixture.Zeros : OutcomeMixture.None;
}

namespace MarginalConditional.Statistics.Families;

/// <summary>A distribution of the exponential family: variance function v(μ), deviance, and log-density, with its canonical link.</summary>
public abstract partial class Family
{
    private Family(string name) => Name = name;

    /// <summary>The family's name as the program spells it, such as <c>binomial</c> or <c>inverse-gaussian</c>.</summary>
    public string Name { get; }

    /// <summary>
    /// The link used when none is asked for: the canonical one, except log for gamma, inverse Gaussian and negative binomial.
    /// </summary>
    public abstract Link DefaultLink { get; }

    /// <summary>
    /// Whether the dispersion φ is 1 by definition (binomial, Poisson, negative binomial) and not estimated by likelihood.
    /// </summary>
    public abstract bool HasUnitDispersion { get; }

    /// <summary>v(μ).</summary>
    public abstract double Variance(double mean);

    /// <summary>v(μ) for each mean. The spans may be the same.</summary>
    public abstract void Variance(ReadOnlySpan<double> mean, Span<double> variance);

    /// <summary>v′(μ), for a mean inside the domain.</summary>
    public abstract double VarianceSlope(double mean);

    /// <summary>The unit deviance d(y, μ) ≥ 0 (times weight and summed: the deviance).</summary>
    public abstract double UnitDeviance(double response, double mean);

    /// <summary>
    /// The quasi-likelihood Q(y, μ) without weight and dispersion, up to a
    /// function of y (McCullagh and Nelder 1989, section 9.2); QIC uses it.
    /// </summary>
    public abstract double QuasiLikelihood(double response, double mean);

    /// <summary>The log-density of y with all constants.</summary>
    /// <param name="response">y; for the binomial the proportion of events.</param>
    /// <param name="mean">μ on the response scale.</param>
    /// <param name="weight">Number of trials for the binomial, else the prior weight that divides the dispersion.</param>
    /// <param name="dispersion">φ.</param>
    public abstract double LogDensity(double response, double mean, double weight, double dispersion);

    /// <summary>A mean to start the iteration from (GLM convention), strictly inside the domain.</summary>
    public abstract double StartingMean(double response, double weight);

    /// <summary>Whether a response value is possible, such as 0 ≤ y ≤ 1 for the binomial.</summary>
    public abstract bool IsResponseValid(double response);

    /// <summary>What a response must be, as the end of a sentence: "between 0 and 1".</summary>
    public abstract string ResponseRequirement { get; }

    /// <summary>Whether a mean is inside the domain.</summary>
    public abstract bool IsMeanValid(double mean);

    /// <summary>Whether the link gives means that suit the family, as R's families decide it.</summary>
    /// <param name="link">The link asked for.</param>
    /// <param name="reason">When refused: a full sentence that says why and names the links allowed. Else empty.</param>
    public bool Allows(Link link, out string reason)
    {
        ArgumentNullException.ThrowIfNull(link);
        if (AllowedLinks.Contains(link))
        {
            reason = "";
            return true;
        }

        var allowed = string.Join(", ", AllowedLinks.Select(candidate => candidate.Name));
        reason = $"The {link.Name} link does not suit the {Name} family: its means must be {MeanRequirement}. Choose one of: {allowed}.";
        return false;
    }

    /// <summary>The links the family may be used with, the usual one first.</summary>
    public abstract IReadOnlyList<Link> AllowedLinks { get; }

    /// <summary>What a mean must be, as the end of a sentence: "between 0 and 1".</summary>
    protected abstract string MeanRequirement { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

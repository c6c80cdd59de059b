using MarginalConditional.Properties.Estimators;

namespace MarginalConditional.Properties.Laws;

/// <summary>Something that holds of every estimator of its domain. Immutable.</summary>
public abstract class Law
{
    private protected Law(string name, string statement, string domain, string source)
    {
        Name = name;
        Statement = statement;
        Domain = domain;
        Source = source;
    }

    /// <summary>As <c>margcond verify --law</c> takes it.</summary>
    public string Name { get; }

    /// <summary>
    /// What it says, in mathematics: θ̂ is the estimate, s its standard error, of n rows in K clusters with p coefficients.
    /// </summary>
    public string Statement { get; }

    /// <summary>Of which estimators it holds.</summary>
    public string Domain { get; }

    /// <summary>Where it is shown, or why it is plain.</summary>
    public string Source { get; }

    /// <summary>Why the law is not about an estimator; null where it is.</summary>
    public abstract string? WhyOutside(ITrialEstimator estimator);

    /// <summary>Tries the law.</summary>
    /// <param name="estimator">The estimator.</param>
    /// <param name="options">How; null for the defaults.</param>
    public LawResult Check(ITrialEstimator estimator, LawOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        options ??= new LawOptions();
        return WhyOutside(estimator) is { } reason
            ? new LawResult { Law = this, Estimator = estimator.Name, Verdict = LawVerdict.OutsideDomain, Reason = reason }
            : Try(estimator, options);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Tries the law on an estimator of its domain.</summary>
    private protected abstract LawResult Try(ITrialEstimator estimator, LawOptions options);
}

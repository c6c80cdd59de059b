using MarginalConditional.Properties.Estimators;
using MarginalConditional.Properties.Generators;

namespace MarginalConditional.Properties.Laws;

/// <summary>A law that one data set can break. Make one of your own from its parts.</summary>
public sealed class TrialLaw : Law
{
    private readonly Func<ITrialEstimator, string?> whyOutside;
    private readonly Func<ITrialEstimator, TrialShape> shape;
    private readonly Func<ITrialEstimator, LawCase, LawTolerances, LawOutcome> check;

    /// <summary>Makes a law.</summary>
    /// <param name="name">Lower case, with hyphens.</param>
    /// <param name="statement">What it says, in mathematics.</param>
    /// <param name="domain">Of which estimators it holds, in words.</param>
    /// <param name="source">Where it is shown, or why it is plain.</param>
    /// <param name="whyOutside">Why it is not about an estimator; null where it is.</param>
    /// <param name="shape">The trials that it is tried on.</param>
    /// <param name="check">Tries it on one of them. What it throws counts as no answer.</param>
    public TrialLaw(
        string name,
        string statement,
        string domain,
        string source,
        Func<ITrialEstimator, string?> whyOutside,
        Func<ITrialEstimator, TrialShape> shape,
        Func<ITrialEstimator, LawCase, LawTolerances, LawOutcome> check)
        : base(name, statement, domain, source)
    {
        ArgumentNullException.ThrowIfNull(whyOutside);
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(check);
        this.whyOutside = whyOutside;
        this.shape = shape;
        this.check = check;
    }

    /// <inheritdoc/>
    public override string? WhyOutside(ITrialEstimator estimator) => whyOutside(estimator);

    /// <summary>The trials that the law is tried on.</summary>
    public TrialShape Shape(ITrialEstimator estimator) => shape(estimator);

    /// <summary>Tries the law on one case.</summary>
    public LawOutcome CheckOne(ITrialEstimator estimator, LawCase instance, LawTolerances? tolerances = null)
    {
        try
        {
            return check(estimator, instance, tolerances ?? new LawTolerances());
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return LawOutcome.Unanswered(exception.Message);
        }
    }

    /// <inheritdoc/>
    private protected override LawResult Try(ITrialEstimator estimator, LawOptions options) => LawSearch.Run(this, estimator, options);
}

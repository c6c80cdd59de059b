namespace MarginalConditional.Statistics.Families;

/// <summary>A link g between the mean μ and the linear predictor η = g(μ), with its inverse and the inverse's derivatives.</summary>
/// <remarks>
/// Kernels take whole spans so that they vectorise; source and destination may be the same span. At |η| = 700 no kernel overflows,
/// and means stay strictly inside the family's domain.
/// </remarks>
public abstract partial class Link
{
    /// <summary>
    /// Means on (0, 1) stay this far from 0 and 1, positive means this far from 0, and derivatives that tend to 0 stop here: 2⁻⁵².
    /// </summary>
    /// <remarks>
    /// The same thresholds as in R's <c>make.link</c>; they keep iteratively reweighted least squares defined in the tails.
    /// </remarks>
    public const double Threshold = 2.220446049250313e-16;

    private Link(string name) => Name = name;

    /// <summary>
    /// The link's name as the program spells it: <c>logit</c>, <c>probit</c>,
    /// <c>cloglog</c>, <c>log</c>, <c>identity</c>, <c>inverse</c>, <c>sqrt</c>.
    /// </summary>
    public string Name { get; }

    /// <summary>
    /// The variance of the continuous variable whose threshold a binary outcome is under this link; null where there is no such variable.
    /// </summary>
    /// <remarks>
    /// π²/3 for the logistic, 1 for the normal, π²/6 for the extreme value distribution (Snijders and Bosker 2012, section 17.3.2).
    /// </remarks>
    public virtual double? LatentVariance => null;

    /// <summary>η = g(μ) for one mean in the link's domain.</summary>
    public abstract double Predictor(double mean);

    /// <summary>μ = g⁻¹(η).</summary>
    public abstract double Mean(double predictor);

    /// <summary>dμ/dη at η.</summary>
    public abstract double Derivative(double predictor);

    /// <summary>d²μ/dη² at η.</summary>
    public abstract double SecondDerivative(double predictor);

    /// <summary>Whether g⁻¹ is defined at η: any finite number, but η ≠ 0 for the inverse and η &gt; 0 for the square root.</summary>
    public virtual bool IsPredictorValid(double predictor) => double.IsFinite(predictor);

    /// <summary>μ for each η. The spans may be the same.</summary>
    public abstract void Mean(ReadOnlySpan<double> predictor, Span<double> mean);

    /// <summary>
    /// μ and dμ/dη for each η. <paramref name="mean"/> may be <paramref name="predictor"/>; <paramref name="derivative"/> may not.
    /// </summary>
    public abstract void MeanAndDerivative(ReadOnlySpan<double> predictor, Span<double> mean, Span<double> derivative);

    /// <inheritdoc/>
    public override string ToString() => Name;
}

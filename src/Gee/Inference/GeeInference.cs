using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Equations;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Gee.Inference;

/// <summary>Standard errors, tests and intervals of a fit by one variance estimator, one reference and one level. Immutable.</summary>
public sealed class GeeInference
{
    private readonly double[] covariance;
    private readonly double[] informations;

    private GeeInference(GeeFit fit, GeeVariance variance, GeeDegreesOfFreedom reference, double level, double[] informations)
    {
        Fit = fit;
        Variance = variance;
        Reference = reference;
        Level = level;
        this.informations = informations;
        covariance = Compute(fit, variance, informations);
        Ways = WaysOf(fit, variance);
        Warnings = [.. fit.Warnings, .. WarningsOf(fit, variance, reference, Ways)];
    }

    /// <summary>The fit.</summary>
    public GeeFit Fit { get; }

    /// <summary>The variance estimator.</summary>
    public GeeVariance Variance { get; }

    /// <summary>What t tests and intervals refer to.</summary>
    public GeeDegreesOfFreedom Reference { get; }

    /// <summary>The level of intervals.</summary>
    public double Level { get; }

    /// <summary>The covariance matrix of β̂, p×p.</summary>
    public ReadOnlySpan<double> Covariance => covariance;

    /// <summary>The sandwich over two ways of clustering, whose covariance it is; null where the clusters are the only way.</summary>
    public TwoWaySandwich? Ways { get; }

    /// <summary>What the reader should know, one sentence each: of the fit, then of its standard errors.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>
    /// Prepares inference on a fit: computes the covariance and, where variance or reference need them, the informations of the clusters.
    /// </summary>
    /// <param name="fit">The fit.</param>
    /// <param name="variance">The variance estimator; null (the default) means robust.</param>
    /// <param name="degreesOfFreedom">The reference of t tests; null (the default) means the normal.</param>
    /// <param name="level">The confidence level, in (0, 1). Default: 0.95.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1.</exception>
    public static GeeInference Of(
        GeeFit fit,
        GeeVariance? variance = null,
        GeeDegreesOfFreedom? degreesOfFreedom = null,
        double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (level is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "The confidence level must lie between 0 and 1.");
        }

        variance ??= GeeVariance.Robust;
        degreesOfFreedom ??= GeeDegreesOfFreedom.Normal;
        return new GeeInference(
            fit,
            variance,
            degreesOfFreedom,
            level,
            Informations(fit.Finite ?? fit, variance, degreesOfFreedom.ReadsInformations, []));
    }

    /// <summary>The same with another variance estimator; what is known of the clusters is not computed again.</summary>
    /// <param name="variance">The variance estimator.</param>
    public GeeInference With(GeeVariance variance)
    {
        ArgumentNullException.ThrowIfNull(variance);
        return new GeeInference(Fit, variance, Reference, Level, Informations(Fit.Finite ?? Fit, variance, needed: false, informations));
    }

    /// <summary>The same with another reference of tests and intervals.</summary>
    /// <param name="reference">The reference.</param>
    public GeeInference With(GeeDegreesOfFreedom reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return new GeeInference(
            Fit, Variance, reference, Level, Informations(Fit.Finite ?? Fit, Variance, reference.ReadsInformations, informations));
    }

    /// <summary>The standard errors of β̂, p values.</summary>
    public double[] StandardErrors() => Sandwich.StandardErrors(covariance);

    /// <summary>The degrees of freedom of each coefficient's t test, p values; null means a normal reference.</summary>
    public double[]? DegreesOfFreedom()
    {
        var p = Fit.Coefficients.Length;
        var degrees = new double[p];
        var contrast = new double[p];
        for (var j = 0; j < p; j++)
        {
            contrast[j] = 1;
            if (DegreesOfFreedom(contrast) is not { } value)
            {
                return null;
            }

            degrees[j] = value;
            contrast[j] = 0;
        }

        return degrees;
    }

    /// <summary>The degrees of freedom for a contrast lᵀβ; null means a normal reference.</summary>
    /// <param name="contrast">l, p values.</param>
    public double? DegreesOfFreedom(ReadOnlySpan<double> contrast)
    {
        if (Fit.Separated is null)
        {
            return Reference.ForContrast(Fit, informations, contrast);
        }

        return Fit.Finite is { } finite && Fit.Separated.Restrict(contrast) is { } restricted
            ? Reference.ForContrast(finite, informations, restricted)
            : Reference == GeeDegreesOfFreedom.Normal ? null : double.NaN;
    }

    /// <summary>Estimates with standard errors, tests and intervals, in the order of the design's columns.</summary>
    public CoefficientTable CoefficientTable() =>
        new(Fit.Frame.Design.Names, Fit.Coefficients, StandardErrors(), DegreesOfFreedom() ?? [], Level);

    /// <summary>Estimate, test and interval of a linear combination of the coefficients.</summary>
    public Coefficient Test(Contrast contrast)
    {
        ArgumentNullException.ThrowIfNull(contrast);
        return contrast.Test(Fit.Coefficients, covariance, DegreesOfFreedom(contrast.Weights), Level);
    }

    /// <summary>The joint Wald test that contrasts are zero, with the smallest of their degrees of freedom.</summary>
    public WaldTest Test(IReadOnlyList<Contrast> contrasts)
    {
        ArgumentNullException.ThrowIfNull(contrasts);
        double? smallest = null;
        foreach (var contrast in contrasts)
        {
            if (DegreesOfFreedom(contrast.Weights) is { } value)
            {
                smallest = Math.Min(smallest ?? double.PositiveInfinity, value);
            }
        }

        return WaldTest.Joint(contrasts, Fit.Coefficients, covariance, smallest);
    }

    /// <summary>
    /// φ_c, the influence of each cluster on β̂, K×p by rows: M⁻¹U_c, with the scores
    /// corrected as by Mancl and DeRouen, Kauermann and Carroll, or Fay and Graubard.
    /// </summary>
    /// <remarks>Estimators that do not correct scores give M⁻¹U_c.</remarks>
    public double[] ClusterInfluences() => Variance.Influences(Fit.Finite ?? Fit, informations);

    private static double[] Compute(GeeFit fit, GeeVariance variance, double[] informations) => fit switch
    {
        { Separated: null } => variance.Compute(fit, informations),
        { Finite: { } finite } => fit.Separated.SpreadMatrix(variance.Compute(finite, informations)),
        _ => Sandwich.Undefined(fit.Coefficients.Length),
    };

    private static double[] Informations(GeeFit fit, GeeVariance variance, bool needed, double[] known) =>
        known.Length == 0 && (needed || variance.ReadsInformations) ? fit.ClusterInformations() : known;

    private static TwoWaySandwich? WaysOf(GeeFit fit, GeeVariance variance) =>
        fit.Separated is null ? variance.Ways(fit) : fit.Finite is { } finite ? variance.Ways(finite) : null;

    private static IEnumerable<string> WarningsOf(
        GeeFit fit, GeeVariance variance, GeeDegreesOfFreedom reference, TwoWaySandwich? ways)
    {
        var (clusters, coefficients) = (fit.Frame.Clusters.Count, fit.Coefficients.Length);
        if (double.IsNaN(fit.Coefficients[0]))
        {
            yield break;
        }

        if (ways is not null)
        {
            foreach (var warning in FewClusters.OfTwoWays(ways, reference == GeeDegreesOfFreedom.Normal))
            {
                yield return warning;
            }
        }
        else if (clusters <= coefficients)
        {
            if (variance != GeeVariance.Model)
            {
                yield return clusters == 1
                    ? "There is one cluster only: the robust variance is zero by construction and says nothing; use --se model."
                    : $"There are {clusters} clusters and {coefficients} coefficients: the robust variance is singular, and tests based on "
                        + "it are void; use fewer coefficients, or --se model, which believes the working correlation.";
            }
        }
        else if (FewClusters.Cure(fit.Frame.Clusters, variance, reference) is { } cure)
        {
            var what = variance == GeeVariance.Robust ? "robust standard errors are too small" : "normal intervals are too short";
            yield return $"There are {FewClusters.Count(fit.Frame.Clusters)}: with fewer than {FewClusters.Enough} {what}; use {cure}.";
        }
    }

    /// <summary>The fit, and which standard errors and degrees of freedom are asked of it.</summary>
    public override string ToString() => $"{Fit}; {Variance} standard errors, {Reference}";
}

using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Pooling;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Meta.Regression;

/// <summary>Mean effects as a function of moderators, with what is left between studies.</summary>
/// <remarks>All effects are on the analysis scale (logarithm of a ratio, or a difference).</remarks>
public sealed class MetaRegressionFit
{
    private readonly double[] covariance;
    private readonly double[] fitted;
    private readonly ModeratorBasis basis;
    private readonly double unit;
    private readonly RobustVariance? robust;

    internal MetaRegressionFit(
        ModeratedStudies data,
        MetaAnalysisOptions options,
        ScaledStudies scaled,
        double[] covariance,
        RobustVariance? robust,
        double[] fitted)
    {
        Data = data;
        Options = options;
        basis = scaled.Basis!;
        unit = scaled.Unit;
        this.covariance = covariance;
        this.robust = robust;
        this.fitted = fitted;
    }

    /// <summary>The studies with their moderators.</summary>
    public ModeratedStudies Data { get; }

    /// <summary>How they were combined.</summary>
    public MetaAnalysisOptions Options { get; }

    /// <summary>The studies combined.</summary>
    public StudyEffects Studies => Data.Studies;

    /// <summary>Whether true effects vary beside what the moderators explain.</summary>
    public bool IsRandom => Options.Estimator.IsRandom;

    /// <summary>Whether it is the exact model of the counts.</summary>
    public bool IsExact { get; init; }

    /// <summary>Whether effects are grouped by random effects, such as several effects a study.</summary>
    public bool IsMultilevel => Data.Groupings.Count > 0;

    /// <summary>The coefficients with tests and intervals, p.</summary>
    public required CoefficientTable Coefficients { get; init; }

    /// <summary>The covariance of the coefficients, p×p: Wald, Hartung–Knapp or robust.</summary>
    public ReadOnlySpan<double> Covariance => covariance;

    /// <summary>k − p, of Student's t where the interval asks for it; null for the normal; a robust variance has its own.</summary>
    public required double? DegreesOfFreedom { get; init; }

    /// <summary>The variances of true effects: one between studies, or one for each grouping.</summary>
    public required IReadOnlyList<HeterogeneityComponent> Components { get; init; }

    /// <summary>τ², the variance of a true effect around its mean: the sum of the components.</summary>
    public double Tau2 => Components.Sum(component => component.Variance);

    /// <summary>The interval of τ² by Q-profile; null where there are several components, or none.</summary>
    public required Interval? Tau2Interval { get; init; }

    /// <summary>
    /// The test that all moderators have no effect: χ², F, or Hotelling's T² with robust variances; null without moderators.
    /// </summary>
    public required WaldTest? ModeratorTest { get; init; }

    /// <summary>
    /// Q_E, Σ(y − ŷ)²/v with inverse-variance weights: χ² with k − p degrees of freedom where nothing is left between studies.
    /// </summary>
    public required double ResidualQ { get; init; }

    /// <summary>k − p.</summary>
    public int ResidualDegreesOfFreedom => Studies.Count - Coefficients.Count;

    /// <summary>The upper tail of <see cref="ResidualQ"/>.</summary>
    public required double ResidualPValue { get; init; }

    /// <summary>
    /// The share of the variance between studies that the moderators explain, percent: 1 − τ²/τ₀², not below 0, τ₀² by the same estimator
    /// without moderators (Raudenbush 2009); null where that is 0, or not one number.
    /// </summary>
    public required double? R2 { get; init; }

    /// <summary>I², percent: the share of what is left that lies between studies.</summary>
    public double I2 => 100 * Tau2 / (Tau2 + TypicalVariance);

    /// <summary>H², what is left in units of the sampling variance.</summary>
    public double H2 => 1 + (Tau2 / TypicalVariance);

    /// <summary>The typical sampling variance (k − p)/tr P, P with weights 1/v.</summary>
    public required double TypicalVariance { get; init; }

    /// <summary>The log-likelihood, restricted for REML, all constants included; null where the estimator has none.</summary>
    public required double? LogLikelihood { get; init; }

    /// <summary>The number of clusters of a robust variance; null without.</summary>
    public int? Clusters => robust?.Clusters;

    /// <summary>How the estimates were reached.</summary>
    public required Convergence Convergence { get; init; }

    /// <summary>What the reader has to know, one sentence each.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The studies' means by the moderators, k.</summary>
    public ReadOnlySpan<double> Fitted => fitted;

    /// <summary>The mean at values of the moderators.</summary>
    /// <param name="x">A row of the design, p.</param>
    public StudyPrediction Predict(ReadOnlySpan<double> x)
    {
        if (x.Length != Coefficients.Count)
        {
            throw new ArgumentException($"The row has {x.Length} values; there are {Coefficients.Count} coefficients.", nameof(x));
        }

        var estimate = 0.0;
        for (var j = 0; j < x.Length; j++)
        {
            estimate += x[j] * Coefficients[j].Estimate;
        }

        var variance = Coefficients.Any(row => double.IsNaN(row.StandardError))
            ? double.NaN
            : Math.Max(0, Dense.QuadraticForm(covariance, x));
        var degrees = robust is null ? DegreesOfFreedom : robust.DegreesOfFreedom(basis.Contrast(x));
        var critical = Coefficient.CriticalValue(Options.Level, degrees);
        var wide = !Options.StudentPrediction || !IsRandom ? critical
            : ResidualDegreesOfFreedom > 1 ? Coefficient.CriticalValue(Options.Level, ResidualDegreesOfFreedom - 1)
            : double.PositiveInfinity;
        return new StudyPrediction(
            estimate,
            Math.Sqrt(variance),
            degrees,
            Interval.Around(estimate, critical * Math.Sqrt(variance)),
            Interval.Around(estimate, wide * Math.Sqrt(variance + Tau2)));
    }

    /// <summary>A study's own interval, y ± z√v, at the level of the analysis.</summary>
    public Interval IntervalOf(int study) => Interval.Around(
        Studies.Estimates[study], StandardNormal.Quantile((1 + Options.Level) / 2) * Studies.StandardError(study));

    /// <summary>The weight of a study in a fit of one mean, 1/(v + τ²): what bubbles show.</summary>
    public double WeightOf(int study) => 1 / (Studies.Variances[study] + Tau2);

    /// <summary>In one line: the studies, the coefficients, and how it ended.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"Meta-regression of {Studies.Count} studies, {Coefficients.Count} coefficients; {Convergence}");
}

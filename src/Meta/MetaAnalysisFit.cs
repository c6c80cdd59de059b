using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Pooling;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Meta;

/// <summary>The result of combining studies: the mean of the true effects, their spread, and every study's shrunken effect.</summary>
/// <remarks>All effects are on the analysis scale (logarithm of a ratio, or a difference).</remarks>
public sealed class MetaAnalysisFit
{
    private readonly StudyShrinkage[] shrunken;

    internal MetaAnalysisFit(StudyEffects studies, MetaAnalysisOptions options, StudyShrinkage[] shrunken)
    {
        Studies = studies;
        Options = options;
        this.shrunken = shrunken;
    }

    /// <summary>The studies combined.</summary>
    public StudyEffects Studies { get; }

    /// <summary>How they were combined.</summary>
    public MetaAnalysisOptions Options { get; }

    /// <summary>
    /// Whether the counts' own binomial likelihood was used, in place of normal
    /// effects with known variances; the option on τ²'s estimator has no part in it.
    /// </summary>
    public bool IsExact { get; init; }

    /// <summary>The way in which tables were combined without effects of each study; null where there are such effects.</summary>
    public TableMethod? TableMethod { get; init; }

    /// <summary>The tests over tables; null for other methods.</summary>
    public StratifiedTests? StratifiedTests { get; init; }

    /// <summary>
    /// The mean over studies of the proportion or rate itself, in an exact model of one arm: of it <see cref="Estimate"/> is the
    /// median; not
    /// a number elsewhere.
    /// </summary>
    public double NaturalMean { get; init; } = double.NaN;

    /// <summary>Whether the true effects are taken to vary between studies.</summary>
    public bool IsRandom => IsExact || (TableMethod is null && Options.Estimator.IsRandom);

    /// <summary>The short name of the method: that of τ²'s estimator, or <c>exact</c>.</summary>
    public string MethodCode => IsExact ? "exact" : TableMethod?.Code ?? Options.Estimator.Code;

    /// <summary>The method in words.</summary>
    public string MethodName =>
        IsExact ? $"exact {(HasPersonTime ? "Poisson" : "binomial")}-normal model" : TableMethod?.Name ?? Options.Estimator.Name;

    private bool HasPersonTime => Studies.Measure == StudyMeasure.RateRatio || Studies.Measure is StudyMeasure.ArmMeasure { IsRate: true };

    /// <summary>μ, the combined effect.</summary>
    public required double Estimate { get; init; }

    /// <summary>The standard error of μ, by the option <see cref="MetaAnalysisOptions.Interval"/>.</summary>
    public required double StandardError { get; init; }

    /// <summary>μ divided by its standard error; not a number for one arm, which is compared with nothing.</summary>
    public required double Statistic { get; init; }

    /// <summary>k − 1 for Student's t, null for the normal distribution.</summary>
    public required double? DegreesOfFreedom { get; init; }

    /// <summary>The two-sided p-value of μ = 0; not a number for one arm.</summary>
    public required double PValue { get; init; }

    /// <summary>The interval of μ.</summary>
    public required Interval ConfidenceInterval { get; init; }

    /// <summary>
    /// The interval a new study's true effect falls into; equal to the confidence interval when the effect is taken as fixed.
    /// </summary>
    public required Interval PredictionInterval { get; init; }

    /// <summary>τ², the variance of the true effects between studies.</summary>
    public required double Tau2 { get; init; }

    /// <summary>
    /// The interval of τ² by Q-profile (Viechtbauer 2007), whatever the estimator; [0,
    /// 0] when the studies agree better than chance allows; null in the exact model.
    /// </summary>
    public required Interval? Tau2Interval { get; init; }

    /// <summary>
    /// Cochran's Q, Σ(y − ȳ)²/v with inverse-variance weights; in the exact model too it describes the approximate effects.
    /// </summary>
    public required double Q { get; init; }

    /// <summary>k − 1.</summary>
    public int QDegreesOfFreedom => Studies.Count - 1;

    /// <summary>The p-value of homogeneity, upper tail of χ² with k − 1 degrees of freedom.</summary>
    public required double QPValue { get; init; }

    /// <summary>
    /// I², percent: the share of the effects' variance that is between studies, τ²/(τ² +
    /// typical v); for a fixed effect max(0, (Q − k + 1)/Q) (Higgins and Thompson 2002).
    /// </summary>
    public required double I2 { get; init; }

    /// <summary>H², the total variance in units of the sampling variance: 1/(1 − I²); for a fixed effect Q/(k − 1).</summary>
    public required double H2 { get; init; }

    /// <summary>The typical sampling variance (k − 1)Σw / ((Σw)² − Σw²) with w = 1/v: it turns τ² into I².</summary>
    public required double TypicalVariance { get; init; }

    /// <summary>How the estimate of τ² was reached; <see cref="ConvergenceStatus.Boundary"/> when it is 0.</summary>
    public required Convergence Convergence { get; init; }

    /// <summary>What the reader has to know, one sentence each.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The studies' shrunken effects, in the order of <see cref="Studies"/>.</summary>
    public ReadOnlySpan<StudyShrinkage> Shrunken => shrunken;

    /// <summary>A study's own interval, y ± z√v, at the level of the analysis.</summary>
    public Interval IntervalOf(int study) =>
        Interval.Around(Studies.Estimates[study], NormalQuantile * Studies.StandardError(study));

    /// <summary>The studies' effects around the combined one, and where chance alone would leave them.</summary>
    public ChanceFunnel Funnel() =>
        new(Estimate, Options.Level, Studies.Estimates, [.. Enumerable.Range(0, Studies.Count).Select(Studies.StandardError)]);

    /// <summary>z, the normal quantile of the analysis' level: 1.96 for 0.95.</summary>
    public double NormalQuantile => StandardNormal.Quantile((1 + Options.Level) / 2);

    /// <summary>I² in percent at another τ²; turns the interval of τ² into one of I².</summary>
    public double I2At(double tau2) => double.IsPositiveInfinity(tau2) ? 100 : 100 * tau2 / (tau2 + TypicalVariance);

    /// <summary>In one line: the method, the studies, the mean with its standard error, and how it ended.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"Meta-analysis of {Studies.Count} studies, {MethodName}: {Estimate:G6} (SE {StandardError:G4})")
        + $"; {Convergence}";
}

namespace MarginalConditional.Meta.Effects;

/// <summary>The studies to be combined: a label, an estimate and its sampling variance each, in the order given.</summary>
public sealed class StudyEffects
{
    private readonly double[] estimates;
    private readonly double[] variances;

    /// <summary>Wraps the arrays (not copied; the caller must not change them afterwards).</summary>
    /// <param name="labels">k names, need not be distinct.</param>
    /// <param name="estimates">k finite estimates on the analysis scale.</param>
    /// <param name="variances">k finite sampling variances above 0.</param>
    /// <param name="measure">What the estimates measure.</param>
    /// <exception cref="ArgumentException">The lengths differ, or an estimate or variance is out of its domain.</exception>
    public StudyEffects(IReadOnlyList<string> labels, double[] estimates, double[] variances, StudyMeasure measure)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(estimates);
        ArgumentNullException.ThrowIfNull(variances);
        ArgumentNullException.ThrowIfNull(measure);
        if (labels.Count != estimates.Length || variances.Length != estimates.Length)
        {
            throw new ArgumentException("Labels, estimates and variances must have the same length.", nameof(labels));
        }

        for (var i = 0; i < estimates.Length; i++)
        {
            if (!new Effect(estimates[i], variances[i]).IsUsable)
            {
                throw new ArgumentException(
                    $"Study {i} has estimate {estimates[i]} and variance {variances[i]}; both must be finite and the variance above 0.",
                    nameof(variances));
            }
        }

        Labels = labels;
        Measure = measure;
        this.estimates = estimates;
        this.variances = variances;
    }

    /// <summary>k, the number of studies.</summary>
    public int Count => estimates.Length;

    /// <summary>The studies' names.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>What the estimates measure.</summary>
    public StudyMeasure Measure { get; }

    /// <summary>y, k estimates on the analysis scale.</summary>
    public ReadOnlySpan<double> Estimates => estimates;

    /// <summary>v, k sampling variances.</summary>
    public ReadOnlySpan<double> Variances => variances;

    /// <summary>√v of a study.</summary>
    public double StandardError(int study) => Math.Sqrt(variances[study]);

    /// <summary>The number of rows left out because a field was missing or the study was dropped by the rule for zero cells.</summary>
    public int Dropped { get; init; }

    /// <summary>What the reader of the results should know about how the effects were made, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The row of the table, from 0, that each study was read from; empty for studies made from arrays.</summary>
    public IReadOnlyList<int> Rows { get; init; } = [];

    /// <summary>People or person-time of each study of one arm; empty for other measures.</summary>
    public IReadOnlyList<double> Sizes { get; init; } = [];

    /// <summary>The harmonic mean of <see cref="Sizes"/>, at which a combined effect is taken back; not a number without.</summary>
    public double TypicalSize => Sizes.Count == 0 ? double.NaN : Sizes.Count / Sizes.Sum(size => 1 / size);

    /// <summary>A combined effect as proportion or rate, where studies have one arm; otherwise the effect itself.</summary>
    /// <param name="effect">Analysis scale.</param>
    public double Natural(double effect) => Measure is StudyMeasure.ArmMeasure arm ? arm.Natural(effect, TypicalSize) : effect;

    /// <summary>The same of one study, at its own size.</summary>
    /// <param name="effect">Analysis scale.</param>
    /// <param name="study">Its number.</param>
    public double Natural(double effect, int study) =>
        Measure is StudyMeasure.ArmMeasure arm ? arm.Natural(effect, Sizes[study]) : effect;

    /// <summary>Some of the studies, in the order of their numbers; the others count as dropped.</summary>
    internal StudyEffects Keep(IReadOnlyList<int> places) => new(
        [.. places.Select(i => Labels[i])], [.. places.Select(i => estimates[i])], [.. places.Select(i => variances[i])], Measure)
    {
        Dropped = Dropped + Count - places.Count,
        Notes = Notes,
        Rows = Rows.Count == 0 ? [] : [.. places.Select(i => Rows[i])],
        Sizes = Sizes.Count == 0 ? [] : [.. places.Select(i => Sizes[i])],
    };

    /// <summary>The studies without one of them, in the same order.</summary>
    public StudyEffects Without(int study)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(study);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(study, Count);
        return new StudyEffects(
            [.. Labels.Where((_, i) => i != study)],
            [.. estimates.Where((_, i) => i != study)],
            [.. variances.Where((_, i) => i != study)],
            Measure)
        {
            Sizes = [.. Sizes.Where((_, i) => i != study)],
        };
    }
}

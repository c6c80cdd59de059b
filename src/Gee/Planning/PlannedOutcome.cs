namespace MarginalConditional.Gee.Planning;

/// <summary>
/// The outcome of a planned two-arm trial: the effect on the link scale and
/// the variance of one independent row's contribution. A closed choice.
/// </summary>
public abstract partial class PlannedOutcome
{
    private PlannedOutcome()
    {
    }

    /// <summary>The effect: a log odds ratio, a log ratio of rates, or a difference of means, slopes or risks.</summary>
    public abstract double Effect { get; }

    /// <summary>What the effect is, in words.</summary>
    public abstract string Description { get; }

    /// <summary>The variance of an arm's coefficient for one row of information, in the treatment arm.</summary>
    internal abstract double TreatmentVariance { get; }

    /// <summary>The same in the control arm.</summary>
    internal abstract double ControlVariance { get; }

    /// <summary>What a cluster contributes to the variance of the effect when a share of the clusters is treated.</summary>
    internal virtual double Variance(double treatedShare) => (TreatmentVariance / treatedShare) + (ControlVariance / (1 - treatedShare));

    /// <summary>An effect whose variance with K clusters is known to be V/K, as where both arms share parameters of a model.</summary>
    /// <param name="description">What the effect is, in words.</param>
    /// <param name="effect">The effect, not 0, link scale.</param>
    /// <param name="variance">V &gt; 0, at the share of treated clusters that the plan has.</param>
    public static PlannedOutcome Known(string description, double effect, double variance)
    {
        ArgumentException.ThrowIfNullOrEmpty(description);
        return effect != 0 && double.IsFinite(effect) && variance is > 0 and < double.PositiveInfinity
            ? new KnownOutcome(description, effect, variance)
            : throw new ArgumentException(
                $"The effect is {effect} and its variance {variance}; the first must not be 0, the second must be positive.",
                nameof(effect));
    }

    /// <summary>A binary outcome compared by the odds ratio (logit link): variance 1/(p(1 − p)).</summary>
    /// <param name="control">The probability of the outcome in the control arm, in (0, 1).</param>
    /// <param name="treatment">The probability in the treatment arm, in (0, 1), different from that of control.</param>
    public static PlannedOutcome Binary(double control, double treatment) => new BinaryOutcome(control, treatment);

    /// <summary>A continuous outcome compared by the difference of means.</summary>
    /// <param name="difference">Treatment less control, not 0.</param>
    /// <param name="standardDeviation">The standard deviation of the outcome, within and between clusters together, above 0.</param>
    public static PlannedOutcome Continuous(double difference, double standardDeviation) =>
        new ContinuousOutcome(difference, standardDeviation);

    private sealed class KnownOutcome(string description, double effect, double variance) : PlannedOutcome
    {
        public override double Effect => effect;

        public override string Description => description;

        internal override double TreatmentVariance => variance / 4;

        internal override double ControlVariance => variance / 4;

        internal override double Variance(double treatedShare) => variance;
    }

    private sealed class BinaryOutcome : PlannedOutcome
    {
        private readonly double control;
        private readonly double treatment;

        public BinaryOutcome(double control, double treatment)
        {
            if (control is not (> 0 and < 1) || treatment is not (> 0 and < 1) || control == treatment)
            {
                throw new ArgumentException(
                    $"The probabilities are {control} and {treatment}; they must differ and lie between 0 and 1.",
                    nameof(control));
            }

            this.control = control;
            this.treatment = treatment;
        }

        public override double Effect => Math.Log(treatment / (1 - treatment)) - Math.Log(control / (1 - control));

        public override string Description =>
            FormattableString.Invariant($"odds ratio {Math.Exp(Effect):G4} (probabilities {control:G4} and {treatment:G4})");

        internal override double TreatmentVariance => 1 / (treatment * (1 - treatment));

        internal override double ControlVariance => 1 / (control * (1 - control));
    }

    private sealed class ContinuousOutcome : PlannedOutcome
    {
        private readonly double deviation;

        public ContinuousOutcome(double difference, double deviation)
        {
            if (difference == 0 || !double.IsFinite(difference) || deviation is not (> 0 and < double.PositiveInfinity))
            {
                throw new ArgumentException($"The difference is {difference} and the standard deviation {deviation}; the first must not be "
                    + $"0, the second must be positive.", nameof(difference));
            }

            Effect = difference;
            this.deviation = deviation;
        }

        public override double Effect { get; }

        public override string Description =>
            FormattableString.Invariant($"difference of means {Effect:G4} with standard deviation {deviation:G4}");

        internal override double TreatmentVariance => deviation * deviation;

        internal override double ControlVariance => deviation * deviation;
    }
}

namespace MarginalConditional.Gee.Planning;

public abstract partial class PlannedOutcome
{
    /// <summary>Counts of events compared by the ratio of rates (log link): variance 1/(λt) of a Poisson count.</summary>
    /// <param name="control">The rate of events per unit of time in the control arm, above 0.</param>
    /// <param name="treatment">The rate in the treatment arm, above 0, different from that of control.</param>
    /// <param name="time">The time at risk of a row, above 0.</param>
    public static PlannedOutcome Rates(double control, double treatment, double time = 1) => new RateOutcome(control, treatment, time);

    private sealed class RateOutcome : PlannedOutcome
    {
        private readonly double control;
        private readonly double treatment;
        private readonly double time;

        public RateOutcome(double control, double treatment, double time)
        {
            if (!IsPositive(control) || !IsPositive(treatment) || control == treatment || !IsPositive(time))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"The rates are {control} and {treatment} and the time is {time}; all must be positive, ")
                        + "and the rates must differ.",
                    nameof(control));
            }

            (this.control, this.treatment, this.time) = (control, treatment, time);
        }

        public override double Effect => Math.Log(treatment / control);

        public override string Description =>
            FormattableString.Invariant($"ratio of rates {Math.Exp(Effect):G4} (rates {control:G4} and {treatment:G4})");

        internal override double TreatmentVariance => 1 / (treatment * time);

        internal override double ControlVariance => 1 / (control * time);

        private static bool IsPositive(double value) => value is > 0 and < double.PositiveInfinity;
    }
}

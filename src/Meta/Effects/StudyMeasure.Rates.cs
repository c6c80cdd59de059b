namespace MarginalConditional.Meta.Effects;

/// <content>The measures of events over person-time.</content>
/// <remarks>Variances by the delta method on two independent Poisson counts (Rothman, Greenland and Lash 2008, chapter 14).</remarks>
public abstract partial class StudyMeasure
{
    /// <summary>A measure computed from events and person-time of two arms.</summary>
    public abstract class RateMeasure : StudyMeasure
    {
        private protected RateMeasure(string code, string name, bool isLogarithmic)
            : base(code, name, isLogarithmic)
        {
        }

        /// <summary>
        /// The effect (log ratio or difference) and its large-sample variance; not finite, or zero, where the arms do not determine them.
        /// </summary>
        public abstract Effect Of(ArmRate treatment, ArmRate control);
    }

    private sealed class RateRatioMeasure : RateMeasure
    {
        public RateRatioMeasure()
            : base("IRR", "incidence rate ratio", isLogarithmic: true)
        {
        }

        public override Effect Of(ArmRate treatment, ArmRate control) => new(
            Math.Log(treatment.Events / treatment.Time) - Math.Log(control.Events / control.Time),
            (1 / treatment.Events) + (1 / control.Events));
    }

    private sealed class RateDifferenceMeasure : RateMeasure
    {
        public RateDifferenceMeasure()
            : base("IRD", "incidence rate difference", isLogarithmic: false)
        {
        }

        public override Effect Of(ArmRate treatment, ArmRate control) => new(
            (treatment.Events / treatment.Time) - (control.Events / control.Time),
            (treatment.Events / treatment.Time / treatment.Time) + (control.Events / control.Time / control.Time));
    }
}

namespace MarginalConditional.Meta.Effects;

/// <content>The measures of one arm: proportions and rates.</content>
/// <remarks>Variances by the delta method; Freeman and Tukey (1950) for the double transformations.</remarks>
public abstract partial class StudyMeasure
{
    /// <summary>A measure computed from the events of one arm among its people, or over its person-time.</summary>
    public abstract class ArmMeasure : StudyMeasure
    {
        private protected ArmMeasure(string code, string name, bool isRate)
            : base(code, name, isLogarithmic: false) => IsRate = isRate;

        /// <summary>Whether events are counted over person-time, rather than among people.</summary>
        public bool IsRate { get; }

        /// <summary>Whether counts of 0 (or of everybody) have no effect or no variance, so that they need a correction.</summary>
        public virtual bool NeedsCorrection => true;

        /// <summary>Whether taking an effect back needs a size, which a mean over studies of different sizes does not have.</summary>
        public virtual bool DependsOnSize => false;

        /// <summary>The effect and its large-sample variance.</summary>
        /// <param name="events">The events, not below 0.</param>
        /// <param name="size">People or person-time, above 0.</param>
        public abstract Effect Of(double events, double size);

        /// <summary>The proportion or rate that an effect stands for.</summary>
        /// <param name="effect">Analysis scale; what no proportion or rate has becomes the nearest one.</param>
        /// <param name="size">People or person-time, for the measures that depend on it.</param>
        public abstract double Natural(double effect, double size);
    }

    private sealed class LogitProportionMeasure() : ArmMeasure("PLO", "proportion", isRate: false)
    {
        public override Effect Of(double events, double size) =>
            new(Math.Log(events) - Math.Log(size - events), (1 / events) + (1 / (size - events)));

        public override double Natural(double effect, double size) =>
            effect > 0 ? 1 / (1 + Math.Exp(-effect)) : Math.Exp(effect) / (1 + Math.Exp(effect));
    }

    private sealed class LogProportionMeasure() : ArmMeasure("PLN", "proportion", isRate: false)
    {
        public override Effect Of(double events, double size) => new(Math.Log(events / size), (size - events) / (events * size));

        public override double Natural(double effect, double size) => Math.Min(1, Math.Exp(effect));
    }

    private sealed class ProportionMeasure() : ArmMeasure("PR", "proportion", isRate: false)
    {
        public override Effect Of(double events, double size) => new(events / size, events * (size - events) / (size * size * size));

        public override double Natural(double effect, double size) => Math.Clamp(effect, 0, 1);
    }

    private sealed class ArcsineProportionMeasure() : ArmMeasure("PAS", "proportion", isRate: false)
    {
        public override bool NeedsCorrection => false;

        public override Effect Of(double events, double size) => new(Math.Asin(Math.Sqrt(events / size)), 1 / (4 * size));

        public override double Natural(double effect, double size)
        {
            var root = Math.Sin(Math.Clamp(effect, 0, Math.PI / 2));
            return root * root;
        }
    }

    // Taken back by Miller (1978), where the effects of no and of all events are the ends.
    private sealed class DoubleArcsineProportionMeasure() : ArmMeasure("PFT", "proportion", isRate: false)
    {
        public override bool NeedsCorrection => false;

        public override bool DependsOnSize => true;

        public override Effect Of(double events, double size) => new(Transformed(events, size), 1 / ((4 * size) + 2));

        public override double Natural(double effect, double size)
        {
            if (effect <= Transformed(0, size) || effect >= Transformed(size, size))
            {
                return effect <= Transformed(0, size) ? 0 : 1;
            }

            var sine = Math.Sin(2 * effect);
            var inner = sine + ((sine - (1 / sine)) / size);
            return 0.5 * (1 - (Math.Sign(Math.Cos(2 * effect)) * Math.Sqrt(Math.Max(0, 1 - (inner * inner)))));
        }

        private static double Transformed(double events, double size) =>
            0.5 * (Math.Asin(Math.Sqrt(events / (size + 1))) + Math.Asin(Math.Sqrt((events + 1) / (size + 1))));
    }

    private sealed class LogRateMeasure() : ArmMeasure("IRLN", "incidence rate", isRate: true)
    {
        public override Effect Of(double events, double size) => new(Math.Log(events / size), 1 / events);

        public override double Natural(double effect, double size) => Math.Exp(effect);
    }

    private sealed class RateOfArmMeasure() : ArmMeasure("IR", "incidence rate", isRate: true)
    {
        public override Effect Of(double events, double size) => new(events / size, events / (size * size));

        public override double Natural(double effect, double size) => Math.Max(0, effect);
    }

    private sealed class RootRateMeasure() : ArmMeasure("IRS", "incidence rate", isRate: true)
    {
        public override bool NeedsCorrection => false;

        public override Effect Of(double events, double size) => new(Math.Sqrt(events / size), 1 / (4 * size));

        public override double Natural(double effect, double size) => effect > 0 ? effect * effect : 0;
    }

    private sealed class DoubleRootRateMeasure() : ArmMeasure("IRFT", "incidence rate", isRate: true)
    {
        public override bool NeedsCorrection => false;

        public override bool DependsOnSize => true;

        public override Effect Of(double events, double size) =>
            new(0.5 * (Math.Sqrt(events / size) + Math.Sqrt((events + 1) / size)), 1 / (4 * size));

        // y = (√(x/t) + √((x + 1)/t))/2 solved for x/t.
        public override double Natural(double effect, double size)
        {
            var least = 0.5 / Math.Sqrt(size);
            var root = effect <= least ? 0 : effect - (1 / (4 * size * effect));
            return root * root;
        }
    }
}

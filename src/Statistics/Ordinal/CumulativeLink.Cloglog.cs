using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Statistics.Ordinal;

public abstract partial class CumulativeLink
{
    /// <summary>F(x) = 1 − exp(−eˣ): proportional hazards of a discrete time.</summary>
    public static CumulativeLink Cloglog { get; } = new CloglogLink();

    private sealed class CloglogLink : CumulativeLink
    {
        public CloglogLink()
            : base("cloglog", Link.Cloglog, reflected: false)
        {
        }

        public override double Cumulative(double x) => -Elementary.ExpMinusOne(-Math.Exp(x));

        public override double Complement(double x) => Math.Exp(-Math.Exp(x));

        public override double Quantile(double probability) => Math.Log(-Elementary.LogOnePlus(-probability));

        public override double LogDensity(double x) => double.IsPositiveInfinity(x) ? double.NegativeInfinity : x - Math.Exp(x);

        public override double DensitySlope(double x) => -Elementary.ExpMinusOne(x);

        public override double DensityCurvature(double x)
        {
            var hazard = Math.Exp(x);
            return ((1 - hazard) * (1 - hazard)) - hazard;
        }

        // exp(−e^l)·(1 − exp(−e^l·(e^{u − l} − 1))).
        protected override double LogProbability(double lower, double upper)
        {
            var survived = Math.Exp(lower);
            if (double.IsPositiveInfinity(upper))
            {
                return -survived;
            }

            var logHazard = double.IsNegativeInfinity(lower) ? upper : lower + LogExpMinusOne(upper - lower);
            return (logHazard < -40 ? logHazard : LogOneMinusExp(Math.Exp(logHazard))) - survived;
        }

        /// <summary>log(e^d − 1) for d &gt; 0.</summary>
        private static double LogExpMinusOne(double d) => d > 40 ? d : Math.Log(Elementary.ExpMinusOne(d));
    }
}

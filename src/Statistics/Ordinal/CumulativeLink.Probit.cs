using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Statistics.Ordinal;

public abstract partial class CumulativeLink
{
    /// <summary>F(x) = Φ(x).</summary>
    public static CumulativeLink Probit { get; } = new ProbitLink();

    private sealed class ProbitLink : CumulativeLink
    {
        /// <summary>Beyond this many standard deviations Φ underflows, and its expansion in 1/x² is exact to rounding.</summary>
        private const double Far = 37;

        /// <summary>Intervals this narrow, relative to the distance from 0, are integrated by their midpoint.</summary>
        private const double Narrow = 0.05;

        private const double LogRootTwoPi = 0.918938533204672741780329736406;

        public ProbitLink()
            : base("probit", Link.Probit, reflected: false)
        {
        }

        public override double Cumulative(double x) => StandardNormal.Cumulative(x);

        public override double Complement(double x) => StandardNormal.UpperTail(x);

        public override double Quantile(double probability) => StandardNormal.Quantile(probability);

        public override double LogDensity(double x) => (-0.5 * x * x) - LogRootTwoPi;

        public override double DensitySlope(double x) => -x;

        public override double DensityCurvature(double x) => (x * x) - 1;

        protected override double LogProbability(double lower, double upper)
        {
            var middle = 0.5 * (lower + upper);
            var width = upper - lower;
            if (width * (1 + Math.Abs(middle)) < Narrow)
            {
                // The density's Taylor series about the midpoint, whose odd terms vanish.
                var (m2, w2) = (middle * middle, width * width);
                var series = (w2 * (m2 - 1) / 24) + (w2 * w2 * (((m2 - 6) * m2) + 3) / 1920);
                return Math.Log(width) + LogDensity(middle) + Elementary.LogOnePlus(series);
            }

            if (lower > 0)
            {
                return Difference(LogTail(lower), LogTail(upper));
            }

            return upper < 0
                ? Difference(LogTail(-upper), LogTail(-lower))
                : Elementary.LogOnePlus(-StandardNormal.Cumulative(lower) - StandardNormal.UpperTail(upper));
        }

        /// <summary>log(e^a − e^b) for a &gt; b, where b may be −∞.</summary>
        private static double Difference(double a, double b) => a + LogOneMinusExp(a - b);

        /// <summary>log P(Z &gt; x) for x ≥ 0.</summary>
        private static double LogTail(double x)
        {
            if (x < Far)
            {
                return Math.Log(StandardNormal.UpperTail(x));
            }

            var s = 1 / (x * x);
            return (-0.5 * x * x) - LogRootTwoPi - Math.Log(x) + Elementary.LogOnePlus(-s * (1 - (3 * s * (1 - (5 * s)))));
        }
    }
}

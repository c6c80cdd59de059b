using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Statistics.Ordinal;

public abstract partial class CumulativeLink
{
    /// <summary>F(x) = 1 / (1 + e⁻ˣ): proportional odds.</summary>
    public static CumulativeLink Logit { get; } = new LogitLink();

    private sealed class LogitLink : CumulativeLink
    {
        public LogitLink()
            : base("logit", Link.Logit, reflected: false)
        {
        }

        public override double Cumulative(double x) => Elementary.Logistic(x);

        public override double Complement(double x) => Elementary.Logistic(-x);

        public override double Quantile(double probability) => Math.Log(probability / (1 - probability));

        public override double LogDensity(double x)
        {
            var size = Math.Abs(x);
            return -size - (2 * Elementary.LogOnePlus(Math.Exp(-size)));
        }

        public override double DensitySlope(double x) => -Math.Tanh(x / 2);

        public override double DensityCurvature(double x)
        {
            var slope = Math.Tanh(x / 2);
            return ((3 * slope * slope) - 1) / 2;
        }

        // σ(u)·σ(−l)·(1 − e^{−(u − l)}).
        protected override double LogProbability(double lower, double upper) =>
            LogLogistic(upper) + LogLogistic(-lower) + LogOneMinusExp(upper - lower);

        private static double LogLogistic(double x) => Math.Min(x, 0) - Elementary.LogOnePlus(Math.Exp(-Math.Abs(x)));
    }
}

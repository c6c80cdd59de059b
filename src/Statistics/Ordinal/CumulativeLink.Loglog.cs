namespace MarginalConditional.Statistics.Ordinal;

public abstract partial class CumulativeLink
{
    /// <summary>F(x) = exp(−e⁻ˣ): the complementary log-log model of the categories in reverse order.</summary>
    public static CumulativeLink Loglog { get; } = new LoglogLink();

    private sealed class LoglogLink : CumulativeLink
    {
        public LoglogLink()
            : base("loglog", Families.Link.Cloglog, reflected: true)
        {
        }

        public override double Cumulative(double x) => Cloglog.Complement(-x);

        public override double Complement(double x) => Cloglog.Cumulative(-x);

        public override double Quantile(double probability) => -Math.Log(-Math.Log(probability));

        public override double LogDensity(double x) => Cloglog.LogDensity(-x);

        public override double DensitySlope(double x) => -Cloglog.DensitySlope(-x);

        public override double DensityCurvature(double x) => Cloglog.DensityCurvature(-x);

        protected override double LogProbability(double lower, double upper) => Cloglog.LogProbability(-upper, -lower);
    }
}

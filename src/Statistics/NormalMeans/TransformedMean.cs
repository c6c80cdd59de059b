using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Statistics.NormalMeans;

/// <summary>
/// The mean over normal effects of a transformed outcome mean, E[h(g⁻¹(η + τz))] with h a logarithm or a logit and g a link:
/// what an odds or risk ratio given the effects averages to.
/// </summary>
/// <remarks>
/// With h = g it is η itself. Otherwise h∘g⁻¹ is analytic in a strip and grows like a line or an exponential, so that
/// <see cref="NormalTrapezoid"/> is exact to rounding; where τ is above 100, to 10⁻⁶ of τ, the square of its step over twelve.
/// </remarks>
public abstract class TransformedMean
{
    /// <summary>How far beyond the mode an integrand that grows like eᵘ still counts, in standard deviations of it.</summary>
    private const double Strip = 1.5;

    /// <summary>The step does not fall with τ from here on: beside it h∘g⁻¹ is a line with a bend.</summary>
    private const double LargestSpread = 100;

    /// <summary>Where the tail of the normal gets too small to be divided by.</summary>
    private const double Far = 35;

    private TransformedMean()
    {
    }

    /// <summary>E log μ for a link; null where the logarithm has no mean.</summary>
    public static TransformedMean? Logarithm(Link link) =>
        link == Link.Log ? Predictor.Instance
        : link == Link.Logit ? new LogOfLogit()
        : link == Link.Probit ? new LogOfProbit()
        : link == Link.Cloglog ? new LogOfCloglog()
        : null;

    /// <summary>E logit μ for a link of probabilities; null where the logit has no mean.</summary>
    public static TransformedMean? Logit(Link link) =>
        link == Link.Logit ? Predictor.Instance
        : link == Link.Probit ? new LogitOfProbit()
        : link == Link.Cloglog ? new LogitOfCloglog()
        : null;

    /// <summary>The mean, and its slopes in η and τ.</summary>
    /// <param name="predictor">η, link scale.</param>
    /// <param name="spread">τ ≥ 0.</param>
    public virtual (double Value, double Slope, double SpreadSlope) At(double predictor, double spread)
    {
        if (spread == 0)
        {
            var (value, slope) = Function(predictor);
            return (value, slope, 0);
        }

        double sum = 0, slopes = 0, spreadSlopes = 0;
        var step = NormalTrapezoid.Step(Math.Min(spread, LargestSpread), Strip);
        var last = (int)Math.Ceiling(Math.Min(NormalTrapezoid.HalfWidth + (Growth * spread), NormalTrapezoid.Underflow) / step);
        for (var k = -(int)Math.Ceiling(NormalTrapezoid.HalfWidth / step); k <= last; k++)
        {
            var z = k * step;
            var weight = step * Distributions.StandardNormal.Density(z);
            var (value, slope) = Function(predictor + (spread * z));
            sum += weight * value;
            slopes += weight * slope;
            spreadSlopes += weight * slope * z;
        }

        return (sum, slopes, spreadSlopes);
    }

    /// <summary>The mean of every row with its slopes: rows that share τ are interpolated between few integrals.</summary>
    /// <param name="predictor">η, n values.</param>
    /// <param name="spread">τ, n values.</param>
    /// <param name="values">Receives n means with their slopes in η and τ, 3n numbers.</param>
    public virtual void At(ReadOnlySpan<double> predictor, ReadOnlySpan<double> spread, Span<double> values) => FunctionTables.For(
        3, predictor, spread, (eta, tau, point) => (point[0], point[1], point[2]) = At(eta, tau)).At(predictor, spread, values);

    /// <summary>The means alone, as above.</summary>
    /// <param name="predictor">η, n values.</param>
    /// <param name="spread">τ, n values.</param>
    /// <param name="values">Receives n means.</param>
    public virtual void Means(ReadOnlySpan<double> predictor, ReadOnlySpan<double> spread, Span<double> values) => FunctionTables.For(
        1, predictor, spread, (eta, tau, point) => point[0] = At(eta, tau).Value).At(predictor, spread, values);

    /// <summary>The power of eᵘ by which the transform grows.</summary>
    private protected virtual double Growth => 0;

    /// <summary>h(g⁻¹(u)) and its slope.</summary>
    private protected abstract (double Value, double Slope) Function(double predictor);

    /// <summary>log Φ(u) and its slope φ/Φ, without cancellation in the lower tail.</summary>
    private static (double Value, double Slope) LogNormal(double u)
    {
        var below = Distributions.StandardNormal.Cumulative(u);
        if (u > -Far)
        {
            return (u > 0 ? Elementary.LogOnePlus(-Distributions.StandardNormal.UpperTail(u)) : Math.Log(below),
                Distributions.StandardNormal.Density(u) / below);
        }

        // Laplace's continued fraction: Φ(−t) = φ(t)/(t + 1/(t + 2/(t + 3/(t + …)))); six terms leave 6!/t¹², 2e-16 at 35.
        var t = -u;
        var fraction = t;
        for (var k = 6; k > 0; k--)
        {
            fraction = t + (k / fraction);
        }

        return ((-t * t / 2) - (Math.Log(2 * Math.PI) / 2) - Math.Log(fraction), fraction);
    }

    /// <summary>log(1 − e⁻ʰ) for a cumulative hazard h.</summary>
    private static double LogOfEvent(double hazard) =>
        hazard < 1 ? Math.Log(-Elementary.ExpMinusOne(-hazard)) : Elementary.LogOnePlus(-Math.Exp(-hazard));

    private sealed class Predictor : TransformedMean
    {
        public static readonly Predictor Instance = new();

        public override (double Value, double Slope, double SpreadSlope) At(double predictor, double spread) => (predictor, 1, 0);

        public override void At(ReadOnlySpan<double> predictor, ReadOnlySpan<double> spread, Span<double> values)
        {
            for (var i = 0; i < predictor.Length; i++)
            {
                (values[3 * i], values[(3 * i) + 1], values[(3 * i) + 2]) = (predictor[i], 1, 0);
            }
        }

        public override void Means(ReadOnlySpan<double> predictor, ReadOnlySpan<double> spread, Span<double> values) =>
            predictor.CopyTo(values);

        private protected override (double Value, double Slope) Function(double predictor) => (predictor, 1);
    }

    private sealed class LogOfLogit : TransformedMean
    {
        private protected override (double Value, double Slope) Function(double predictor) =>
            (predictor > 0
                ? -Elementary.LogOnePlus(Math.Exp(-predictor))
                : predictor - Elementary.LogOnePlus(Math.Exp(predictor)), Elementary.Logistic(-predictor));
    }

    private sealed class LogOfProbit : TransformedMean
    {
        private protected override (double Value, double Slope) Function(double predictor) => LogNormal(predictor);
    }

    private sealed class LogitOfProbit : TransformedMean
    {
        private protected override (double Value, double Slope) Function(double predictor)
        {
            // Two logarithms of which each tail is computed once; far out one of them is 0.
            var u = Math.Abs(predictor);
            if (u < Far)
            {
                var tail = Distributions.StandardNormal.UpperTail(u);
                var logit = Elementary.LogOnePlus(-tail) - Math.Log(tail);
                return (predictor < 0 ? -logit : logit, Distributions.StandardNormal.Density(u) / (tail * (1 - tail)));
            }

            var (value, slope) = LogNormal(-u);
            return (predictor < 0 ? value : -value, slope);
        }
    }

    private sealed class LogOfCloglog : TransformedMean
    {
        private protected override (double Value, double Slope) Function(double predictor)
        {
            var hazard = Math.Exp(predictor);
            if (hazard < 1e-300)
            {
                return (predictor, 1);
            }

            return (LogOfEvent(hazard), hazard > 700 ? 0 : hazard / Elementary.ExpMinusOne(hazard));
        }
    }

    private sealed class LogitOfCloglog : TransformedMean
    {
        private protected override double Growth => 1;

        private protected override (double Value, double Slope) Function(double predictor)
        {
            var hazard = Math.Exp(predictor);
            if (hazard < 1e-300)
            {
                return (predictor, 1);
            }

            // logit μ = log(eʰ − 1) = h + log(1 − e⁻ʰ) with h the cumulative hazard.
            return (hazard + LogOfEvent(hazard), hazard / -Elementary.ExpMinusOne(-hazard));
        }
    }
}

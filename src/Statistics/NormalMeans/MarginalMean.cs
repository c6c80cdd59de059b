using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Statistics.NormalMeans;

/// <summary>
/// The mean over normal effects, p(η, τ) = ∫ g⁻¹(η + τz) φ(z) dz, for one link
/// g: a closed form where there is one, else a quadrature exact to rounding.
/// </summary>
/// <remarks>
/// η is the linear predictor given the effects' mean 0 (link scale), τ² = zᵢᵀDzᵢ the variance the random effects add to it. Probit, log,
/// identity and square root have closed forms (Zeger, Liang and Albert 1988, section 2); logit and complementary log-log are integrated by
/// <see cref="NormalTrapezoid"/>.
/// </remarks>
public abstract partial class MarginalMean
{
    private static readonly (Link Link, MarginalMean Rule)[] Rules =
    [
        (Link.Logit, new Logit()),
        (Link.Probit, new Probit()),
        (Link.Cloglog, new Cloglog()),
        (Link.Log, new Log()),
        (Link.Identity, new Identity()),
        (Link.Sqrt, new SquareRoot()),
    ];

    private const int MaximumNewtonSteps = 60;
    private const double NewtonTolerance = 1e-8;

    /// <summary>The narrowest strip in which a mean over normal effects is analytic and bounded: complementary log-log.</summary>
    private const double SharedStrip = Math.PI / 2;

    /// <summary>A term this small beside the sum before it is past the only mode of a sum's integrand, and nothing follows.</summary>
    private const double Negligible = 1e-22;

    private MarginalMean()
    {
    }

    /// <summary>p(η, τ) and its slopes.</summary>
    /// <param name="predictor">η, finite, link scale.</param>
    /// <param name="spread">τ ≥ 0, link scale.</param>
    public abstract MarginalPoint At(double predictor, double spread);

    /// <summary>∫ g⁻¹(η + τz)² φ(z) dz and its slopes, as exact as the mean.</summary>
    /// <param name="predictor">η, finite, link scale.</param>
    /// <param name="spread">τ ≥ 0, link scale.</param>
    public abstract MarginalSquare Square(double predictor, double spread);

    /// <summary>∫ p(η + sz, r)² φ(z) dz and its slopes: two rows that share a part of their effects.</summary>
    /// <param name="predictor">η, finite, link scale.</param>
    /// <param name="shared">s ≥ 0, the spread of what they share, link scale.</param>
    /// <param name="rest">r ≥ 0, the spread of what each has for itself.</param>
    /// <remarks>
    /// A trapezoidal sum over z of exact means: p(·, r) is as smooth as the inverse link, so the step that serves <see cref="Square"/>
    /// serves here, and smoother the larger r is, so that a longer one may. The mode of the integrand lies between 0 and 2s.
    /// </remarks>
    public SharedMeanSquare Shared(double predictor, double shared, double rest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shared, 0.0);
        ArgumentOutOfRangeException.ThrowIfLessThan(rest, 0.0);
        if (rest == 0)
        {
            var square = Square(predictor, shared);
            return new SharedMeanSquare(square.Value, square.Slope, square.SpreadSlope, 0);
        }

        if (shared == 0)
        {
            var point = At(predictor, rest);
            var twice = 2 * point.Mean;
            return new SharedMeanSquare(point.Mean * point.Mean, twice * point.MeanSlope, 0, twice * point.MeanSpreadSlope);
        }

        double value = 0, slope = 0, sharedSlope = 0, restSlope = 0;
        var step = Math.Max(NormalTrapezoid.Step(shared, SharedStrip), NormalTrapezoid.SmoothStep(shared, rest));
        var last = (int)Math.Ceiling(Math.Min(NormalTrapezoid.HalfWidth + (2 * shared), NormalTrapezoid.Underflow) / step);
        for (var k = -(int)Math.Ceiling(NormalTrapezoid.HalfWidth / step); k <= last; k++)
        {
            var z = k * step;
            var point = At(predictor + (shared * z), rest);
            var weight = step * StandardNormal.Density(z) * point.Mean;
            value += weight * point.Mean;
            slope += 2 * weight * point.MeanSlope;
            sharedSlope += 2 * weight * point.MeanSlope * z;
            restSlope += 2 * weight * point.MeanSpreadSlope;
            if (k > 0 && weight * point.Mean < Negligible * value)
            {
                break;
            }
        }

        return new SharedMeanSquare(value, slope, sharedSlope, restSlope);
    }

    /// <summary>The rule for a link.</summary>
    /// <exception cref="ArgumentException">The mean over normal effects does not exist (inverse link).</exception>
    public static MarginalMean For(Link link)
    {
        foreach (var (candidate, rule) in Rules)
        {
            if (candidate == link)
            {
                return rule;
            }
        }

        throw new ArgumentException($"With the {link} link the mean over normal random effects does not exist.", nameof(link));
    }

    /// <summary>Whether the mean over normal effects exists for a link, so that <see cref="For"/> has a rule.</summary>
    public static bool Exists(Link link) => Array.Exists(Rules, entry => entry.Link == link);

    /// <summary>p(η, τ) for every row, as exact as one by one: rows that share τ are interpolated between few integrals.</summary>
    /// <param name="predictor">η, n values.</param>
    /// <param name="spread">τ, n values.</param>
    /// <param name="points">Receives n points.</param>
    public void At(ReadOnlySpan<double> predictor, ReadOnlySpan<double> spread, Span<MarginalPoint> points)
    {
        if (spread.Length != predictor.Length || points.Length != predictor.Length)
        {
            throw new ArgumentException("The predictor, the spread and the points need one length.", nameof(points));
        }

        if (FromPredictor(0, 1, 0) is null)
        {
            for (var i = 0; i < points.Length; i++)
            {
                points[i] = At(predictor[i], spread[i]);
            }

            return;
        }

        // On the link scale the marginal mean is close to a line, and that is interpolated.
        var tables = FunctionTables.For(3, predictor, spread, (eta, tau, values) =>
        {
            var point = At(eta, tau);
            (values[0], values[1], values[2]) = (point.Predictor, point.PredictorSlope, point.PredictorSpreadSlope);
        });
        var rows = new double[3 * points.Length];
        tables.At(predictor, spread, rows);
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = FromPredictor(rows[3 * i], rows[(3 * i) + 1], rows[(3 * i) + 2])!.Value;
        }
    }

    /// <summary>The means alone, as above.</summary>
    /// <param name="predictor">η, n values.</param>
    /// <param name="spread">τ, n values.</param>
    /// <param name="means">Receives n means.</param>
    public void Means(ReadOnlySpan<double> predictor, ReadOnlySpan<double> spread, Span<double> means)
    {
        if (spread.Length != predictor.Length || means.Length != predictor.Length)
        {
            throw new ArgumentException("The predictor, the spread and the means need one length.", nameof(means));
        }

        if (FromPredictor(0, 1, 0) is null)
        {
            for (var i = 0; i < means.Length; i++)
            {
                means[i] = At(predictor[i], spread[i]).Mean;
            }

            return;
        }

        FunctionTables.For(1, predictor, spread, (eta, tau, values) => values[0] = At(eta, tau).Predictor).At(predictor, spread, means);
        for (var i = 0; i < means.Length; i++)
        {
            means[i] = FromPredictor(means[i], 1, 0)!.Value.Mean;
        }
    }

    /// <summary>
    /// The η whose marginal mean has a given predictor: solves g(p(η, τ)) = target by Newton's method (Heagerty 1999, equation 3).
    /// </summary>
    /// <param name="target">g(p), finite, link scale.</param>
    /// <param name="spread">τ ≥ 0.</param>
    /// <remarks>
    /// g(p(η, τ)) is increasing in η and nearly straight. Convergence is quadratic: after a step of 1e-8 the error is that of rounding.
    /// </remarks>
    public virtual double Invert(double target, double spread)
    {
        var eta = Guess(target, spread);
        for (var iteration = 0; iteration < MaximumNewtonSteps; iteration++)
        {
            var point = At(eta, spread);
            var step = (target - point.Predictor) / point.PredictorSlope;
            eta += step;
            if (Math.Abs(step) <= NewtonTolerance * Math.Max(1, Math.Abs(eta)))
            {
                break;
            }
        }

        return eta;
    }

    /// <summary>
    /// The η whose marginal mean has a given predictor, as <see cref="Invert"/> finds it, with its first and second derivatives in both.
    /// </summary>
    /// <param name="target">g(p), finite, link scale.</param>
    /// <param name="spread">τ &gt; 0.</param>
    public abstract ConditionalPoint Inverse(double target, double spread);

    /// <summary>The point of a row whose predictor was interpolated; null where points have closed forms and need no table.</summary>
    /// <param name="predictor">g(p).</param>
    /// <param name="slope">∂g(p)/∂η.</param>
    /// <param name="spreadSlope">∂g(p)/∂τ.</param>
    private protected virtual MarginalPoint? FromPredictor(double predictor, double slope, double spreadSlope) => null;

    /// <summary>Where the inversion starts.</summary>
    private protected virtual double Guess(double target, double spread) => target;
}

using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Statistics.NormalMeans;

/// <summary>
/// The trapezoidal rule for ∫ f(η + τz) φ(z) dz with f bounded and analytic in a strip: its error falls exponentially in 1/step.
/// </summary>
/// <remarks>
/// With f analytic for |Im u| &lt; d, moving the contour by a ≤ d/τ bounds the error of step h by about exp(−2πa/h + a²/2) relative to the
/// integral (Crouch and Spiegelman 1990, section 2; Trefethen and Weideman 2014, theorem 5.1). The step below makes that e⁻³⁷, less than
/// rounding. A Gauss–Hermite rule has no such bound for τ &gt; 2. The nodes are centred at the integrand's mode, so that small tail
/// probabilities keep their relative accuracy.
/// </remarks>
internal static class NormalTrapezoid
{
    /// <summary>Nodes evaluated together: the buffers live on the stack.</summary>
    private const int BlockSize = 64;

    /// <summary>Half the width of the range of z about the mode: beyond it the integrand is below 1e-17 of the integral.</summary>
    public const double HalfWidth = 9.5;

    /// <summary>Where a normal density is below the smallest number: no sum goes farther.</summary>
    public const double Underflow = 39;

    private const double ErrorExponent = 37;

    private const double InverseRootTwoPi = 0.398942280401432677939946059934;

    /// <summary>Adds a block of nodes to the sums of an integrand.</summary>
    /// <param name="nodes">z.</param>
    /// <param name="weights">h φ(z).</param>
    /// <param name="predictor">η + τz; may be overwritten.</param>
    /// <param name="sums">What is added to.</param>
    public delegate void BlockSum(ReadOnlySpan<double> nodes, ReadOnlySpan<double> weights, Span<double> predictor, ref MarginalSums sums);

    /// <summary>Sums an integrand over the nodes of the rule.</summary>
    /// <param name="predictor">η.</param>
    /// <param name="spread">τ &gt; 0.</param>
    /// <param name="center">The integrand's mode in z.</param>
    /// <param name="strip">d, the half-width of the strip in which f is analytic.</param>
    /// <param name="add">Adds one block.</param>
    public static MarginalSums Integrate(double predictor, double spread, double center, double strip, BlockSum add)
    {
        var step = Step(spread, strip);
        var count = Nodes(step);
        var sums = default(MarginalSums);
        Span<double> nodes = stackalloc double[BlockSize];
        Span<double> weights = stackalloc double[BlockSize];
        Span<double> predictors = stackalloc double[BlockSize];
        for (var first = 0; first < count; first += BlockSize)
        {
            var length = Math.Min(BlockSize, count - first);
            var z = nodes[..length];
            var block = predictors[..length];
            Fill(center, step, count, first, z, weights[..length]);
            for (var k = 0; k < length; k++)
            {
                block[k] = (z[k] * spread) + predictor;
            }

            add(z, weights[..length], block, ref sums);
        }

        return sums;
    }

    /// <summary>Visits the nodes of the rule one by one.</summary>
    /// <param name="predictor">η.</param>
    /// <param name="spread">τ &gt; 0.</param>
    /// <param name="center">The integrand's mode in z.</param>
    /// <param name="strip">d, the half-width of the strip in which f is analytic.</param>
    /// <param name="add">Receives the weight h φ(z) and η + τz.</param>
    public static void Visit(double predictor, double spread, double center, double strip, Action<double, double> add)
    {
        var step = Step(spread, strip);
        var half = Nodes(step) / 2;
        for (var k = -half; k <= half; k++)
        {
            var z = center + (k * step);
            add(step * InverseRootTwoPi * Math.Exp(-0.5 * z * z), predictor + (spread * z));
        }
    }

    /// <summary>The step for spread τ and strip half-width d.</summary>
    public static double Step(double spread, double strip)
    {
        var best = Math.Sqrt(2 * ErrorExponent);
        var shift = spread * best <= strip ? best : strip / spread;
        return 2 * Math.PI * shift / (ErrorExponent + (shift * shift / 2));
    }

    /// <summary>The step for the square of a mean that is itself over a normal effect.</summary>
    /// <remarks>
    /// With p(u) = ∫ f(u + rz) φ(z) dz and f ≥ 0 on the real line, moving that integral's own contour gives |p(u + iv)| ≤ exp(v²/2r²) p(u)
    /// for every v, whatever the strip of f: so the error of step h is exp(−2πa/h + ca²) relative to the integral, c = ½ + τ²/r², and the
    /// best a = π/(hc) leaves exp(−π²/(h²c)).
    /// </remarks>
    /// <param name="spread">τ, of the sum.</param>
    /// <param name="smoothing">r, of the mean.</param>
    public static double SmoothStep(double spread, double smoothing)
    {
        var ratio = spread / smoothing;
        return Math.PI / Math.Sqrt(ErrorExponent * (0.5 + (ratio * ratio)));
    }

    /// <summary>The number of nodes that cover the range at a step.</summary>
    private static int Nodes(double step) => (2 * (int)Math.Ceiling(HalfWidth / step)) + 1;

    /// <summary>Writes nodes first, first + 1, … of the rule centred at a mode, with weights h φ(z).</summary>
    /// <param name="center">The mode.</param>
    /// <param name="step">h.</param>
    /// <param name="count">The number of nodes of the whole rule.</param>
    /// <param name="first">Index of the first node wanted.</param>
    /// <param name="nodes">Receives z.</param>
    /// <param name="weights">Receives h φ(z); same length.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Fill(double center, double step, int count, int first, Span<double> nodes, Span<double> weights)
    {
        var half = count / 2;
        for (var k = 0; k < nodes.Length; k++)
        {
            var z = center + ((first + k - half) * step);
            nodes[k] = z;
            weights[k] = -0.5 * z * z;
        }

        TensorPrimitives.Exp(weights, weights);
        SpanMath.Multiply(weights, step * InverseRootTwoPi, weights);
    }
}

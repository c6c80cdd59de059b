using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Compare.Planning;

/// <summary>
/// The expected information of a cluster's counts over its periods, with one normal intercept and any link: that of all outcomes if the
/// intercept were seen, less what is lost because it is not.
/// </summary>
/// <remarks>
/// Louis (1982): I = E ssᵀ − E Var(s | y), s the scores given the intercept. The first is a sum over a trapezoidal rule of the intercept;
/// the second is averaged over counts drawn at each of its points by a lattice of square roots of primes (Richtmyer 1951), without
/// random numbers. Little is lost of a contrast of periods, so that some thousand points give three digits of its variance. On the
/// scales log and identity the intercept is normal as far as risks stay within 0 and 1.
/// </remarks>
internal sealed class CountInformation
{
    /// <summary>The least number of points of the lattice.</summary>
    public const int Points = 8_192;

    /// <summary>Beyond this many standard deviations the normal density is below rounding.</summary>
    private const double HalfWidth = 8.5;

    /// <summary>The nearest that a risk comes to 0 or 1.</summary>
    private const double Edge = 1e-10;

    /// <summary>The logarithm of 1e-14, beside which a node does not count.</summary>
    private const double LeastLog = -32.2;

    private readonly int periods;
    private readonly int size;
    private readonly double[] nodes;
    private readonly double[] weights;
    private readonly double[][] risks;

    /// <summary>The score of period j given the intercept is y_j times the first less the second.</summary>
    private readonly double[][] slopes;
    private readonly double[][] expected;

    /// <summary>The logarithm of the chance of counts, but for what does not depend on the intercept: y_j times the first and the second,
    /// which has the intercept's weight.</summary>
    private readonly double[][] logOdds;
    private readonly double[] logNone;

    // What a point of the lattice needs: the posterior, and for the periods and σ their scores, these times the posterior, and their means.
    private readonly double[] posterior;
    private readonly double[][] scores;
    private readonly double[] weighted;
    private readonly double[] means;

    private CountInformation(Link link, double[] predictors, double deviation, int size)
    {
        (periods, this.size) = (predictors.Length, size);
        var curvature = Enumerable.Range(-6, 13).Max(half => Curvature(link, predictors, deviation, half / 2.0));
        var step = 0.5 / Math.Sqrt(1 + (deviation * deviation * size * curvature));
        var last = (int)Math.Ceiling(HalfWidth / step);
        nodes = [.. Enumerable.Range(-last, (2 * last) + 1).Select(k => k * step)
            .Where(z => !HasEnds(link) || Array.TrueForAll(predictors, eta => IsRisk(link, eta + (deviation * z))))];
        if (nodes.Length == 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Risks of clusters that differ by {deviation:G3} on the scale {link.Name} leave 0 to 1."),
                nameof(deviation));
        }

        weights = [.. nodes.Select(StandardNormal.Density)];
        var total = weights.Sum();
        weights = [.. weights.Select(weight => weight / total)];
        risks = [.. predictors.Select(eta => nodes.Select(z => Math.Clamp(link.Mean(eta + (deviation * z)), Edge, 1 - Edge)).ToArray())];
        slopes = [.. predictors.Select((eta, j) =>
            nodes.Select((z, k) => link.Derivative(eta + (deviation * z)) / (risks[j][k] * (1 - risks[j][k]))).ToArray())];
        expected = [.. slopes.Select((slope, j) => slope.Select((value, k) => size * risks[j][k] * value).ToArray())];
        logOdds = [.. risks.Select(risk => risk.Select(value => Math.Log(value) - Math.Log(1 - value)).ToArray())];
        logNone = [.. weights.Select((weight, k) => Math.Log(weight) + (size * risks.Sum(risk => Math.Log(1 - risk[k]))))];
        (posterior, weighted, means) = (new double[nodes.Length], new double[nodes.Length], new double[periods + 1]);
        scores = [.. Enumerable.Range(0, periods + 1).Select(_ => new double[nodes.Length])];
    }

    /// <summary>The information in the predictors of the J periods and σ, (J + 1)×(J + 1).</summary>
    /// <param name="link">The scale of predictors and intercept.</param>
    /// <param name="predictors">η, J.</param>
    /// <param name="deviation">σ &gt; 0.</param>
    /// <param name="size">m, people a period.</param>
    public static double[] Of(Link link, double[] predictors, double deviation, int size)
    {
        var self = new CountInformation(link, predictors, deviation, size);
        var information = self.Complete();
        self.Subtract(information);
        return information;
    }

    /// <summary>E ssᵀ: given the intercept, periods are independent.</summary>
    private double[] Complete()
    {
        var width = periods + 1;
        var sums = new double[width * width];
        for (var k = 0; k < nodes.Length; k++)
        {
            for (var j = 0; j < periods; j++)
            {
                var own = weights[k] * size * slopes[j][k] * slopes[j][k] * risks[j][k] * (1 - risks[j][k]);
                sums[j * (width + 1)] += own;
                sums[(j * width) + periods] += own * nodes[k];
                sums[(periods * width) + j] += own * nodes[k];
                sums[^1] += own * nodes[k] * nodes[k];
            }
        }

        return sums;
    }

    /// <summary>Takes E Var(s | y) away.</summary>
    private void Subtract(double[] information)
    {
        var each = Math.Max(8, Points / nodes.Length);
        double[] shifts = [.. Primes(periods).Select(prime => Math.Sqrt(prime) % 1)];
        var counts = new int[periods];
        var index = 0;
        for (var k = 0; k < nodes.Length; k++)
        {
            double[][] laws = [.. risks.Select(risk => Cumulative(SumMoments.Binomial(size, risk[k])))];
            for (var point = 0; point < each; point++, index++)
            {
                for (var j = 0; j < periods; j++)
                {
                    counts[j] = Below(laws[j], ((index * shifts[j]) + 0.5) % 1);
                }

                Condition(counts);
                SubtractVariance(counts, weights[k] / each, information);
            }
        }
    }

    /// <summary>The posterior of the intercept's nodes given counts.</summary>
    private void Condition(int[] counts)
    {
        logNone.CopyTo(posterior, 0);
        for (var j = 0; j < periods; j++)
        {
            SpanMath.MultiplyAdd(logOdds[j], counts[j], posterior, posterior);
        }

        var most = SpanMath.Max(posterior);
        for (var k = 0; k < posterior.Length; k++)
        {
            posterior[k] = posterior[k] - most < LeastLog ? 0 : Math.Exp(posterior[k] - most);
        }

        SpanMath.Divide(posterior, SpanMath.Sum(posterior), posterior);
    }

    private void SubtractVariance(int[] counts, double weight, double[] information)
    {
        var width = periods + 1;
        var ofDeviation = scores[periods];
        Array.Clear(ofDeviation);
        for (var j = 0; j < periods; j++)
        {
            SpanMath.Multiply(slopes[j], counts[j], scores[j]);
            SpanMath.Subtract(scores[j], expected[j], scores[j]);
            SpanMath.Add(ofDeviation, scores[j], ofDeviation);
        }

        SpanMath.Multiply(ofDeviation, nodes, ofDeviation);
        for (var a = 0; a < width; a++)
        {
            SpanMath.Multiply(scores[a], posterior, weighted);
            means[a] = SpanMath.Sum(weighted);
            for (var b = 0; b <= a; b++)
            {
                var lost = weight * (SpanMath.Dot(weighted, scores[b]) - (means[a] * means[b]));
                information[(a * width) + b] -= lost;
                if (b < a)
                {
                    information[(b * width) + a] -= lost;
                }
            }
        }
    }

    /// <summary>What a person of each period tells of η + σz, summed, by how much the rule's step has to shrink.</summary>
    private static double Curvature(Link link, double[] predictors, double deviation, double z) =>
        predictors.Sum(eta =>
        {
            var at = eta + (deviation * z);
            var (mean, slope) = (link.Mean(at), link.Derivative(at));
            return IsRisk(link, at) ? Math.Min(slope * slope / (mean * (1 - mean)), 1e3) : 0;
        });

    /// <summary>Whether a predictor may be too large for any risk. On the other scales a risk near 0 or 1 just tells nothing.</summary>
    private static bool HasEnds(Link link) => link == Link.Log || link == Link.Identity;

    private static bool IsRisk(Link link, double predictor) => link.Mean(predictor) is > Edge and < 1 - Edge;

    private static double[] Cumulative(double[] chances)
    {
        for (var y = 1; y < chances.Length; y++)
        {
            chances[y] += chances[y - 1];
        }

        return chances;
    }

    private static int Below(double[] cumulative, double share)
    {
        var found = Array.BinarySearch(cumulative, share);
        return Math.Min(found >= 0 ? found : ~found, cumulative.Length - 1);
    }

    private static IEnumerable<int> Primes(int count) =>
        Enumerable.Range(2, 1_000).Where(n => Enumerable.Range(2, n - 2).TakeWhile(d => d * d <= n).All(d => n % d != 0)).Take(count);
}

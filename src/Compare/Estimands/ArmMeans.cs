using System.Diagnostics.CodeAnalysis;
using MarginalConditional.Compare.Influence;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Compare.Estimands;

/// <summary>The standardized means of all arms with what their contrasts need: any contrast of them, on any scale. Immutable.</summary>
/// <remarks>
/// A contrast L with weights that add up to zero sets the mean L⁺μ of the arms with positive weights against the mean L⁻μ of the others:
/// h(L⁺μ) − h(L⁻μ) for the transform h of a measure, so that a ratio is one of combined means. On the link's scale it is Σ L_a g(μ_a).
/// With leave-one-out errors the function is evaluated without each cluster, at μ − K/(K − 1)·φ_c; else the delta method gives its error.
/// </remarks>
public sealed record ArmMeans
{
    /// <summary>Weights whose sum is this close to a number are meant to have it.</summary>
    private const double Rounding = 1e-9;

    /// <summary>The arms, the reference first.</summary>
    public required IReadOnlyList<string> Levels { get; init; }

    /// <summary>μ_a, response scale.</summary>
    public required IReadOnlyList<double> Means { get; init; }

    /// <summary>φ_c of the means, K×arms.</summary>
    public required ClusterInfluence Influence { get; init; }

    /// <summary>Whether the influences are differences to the means without each cluster.</summary>
    public required bool LeavesOneOut { get; init; }

    /// <summary>The covariance of the means where it is not that of the influences, arms × arms; else empty.</summary>
    public IReadOnlyList<double> Covariance { get; init; } = [];

    /// <summary>The fit that the means come from.</summary>
    public required string Method { get; init; }

    /// <summary>Whom the means average over.</summary>
    public required ClusterWeighting Weighting { get; init; }

    /// <summary>Whether the arms' residuals correct what the model misses.</summary>
    public required bool IsRobust { get; init; }

    /// <summary>Of tests and intervals; null means normal.</summary>
    public required double? DegreesOfFreedom { get; init; }

    /// <summary>Of the intervals, in (0, 1).</summary>
    public required double Level { get; init; }

    /// <summary>The family of the outcome: proportions have odds ratios.</summary>
    public required Family Family { get; init; }

    /// <summary>The link g.</summary>
    public required Link Link { get; init; }

    /// <summary>Reads a contrast of arms, whose weights have to add up to zero.</summary>
    /// <param name="text">Such as <c>(A + B) / 2 - C</c>.</param>
    /// <param name="levels">The arms.</param>
    /// <param name="contrast">The contrast when the text is well-formed.</param>
    /// <param name="problem">Otherwise a full sentence that says what is wrong; else empty.</param>
    public static bool TryParse(
        string text, IReadOnlyList<string> levels, [NotNullWhen(true)] out Contrast? contrast, out string problem)
    {
        if (!Contrast.TryParse(text, levels, out contrast, out problem, "arm"))
        {
            return false;
        }

        var (positive, negative) = Sums(contrast);
        if (Math.Abs(positive - negative) <= Rounding * Math.Max(1, positive))
        {
            return true;
        }

        problem = FormattableString.Invariant($"The weights of the contrast \"{text}\" add up to {positive - negative:0.###}, not to 0: ")
            + "it is no comparison of arms.";
        contrast = null;
        return false;
    }

    /// <summary>Every arm less every arm before it.</summary>
    public IReadOnlyList<Contrast> Pairs()
    {
        var pairs = new List<Contrast>();
        for (var control = 0; control < Levels.Count; control++)
        {
            for (var treated = control + 1; treated < Levels.Count; treated++)
            {
                var weights = new double[Levels.Count];
                (weights[treated], weights[control]) = (1, -1);
                pairs.Add(new Contrast($"{Levels[treated]} - {Levels[control]}", weights));
            }
        }

        return pairs;
    }

    /// <summary>
    /// A contrast on every scale of responses that it has: the difference, and ratios of combined means where both sides are means, that
    /// is have weights that add up to 1.
    /// </summary>
    /// <param name="contrast">Weights of the arms, which add up to zero.</param>
    public IReadOnlyList<MeanContrast> OnResponse(Contrast contrast)
    {
        ArgumentNullException.ThrowIfNull(contrast);
        var proportions = Family == Family.Binomial;
        var combined = Math.Abs(Sums(contrast).Positive - 1) <= Rounding;
        return
        [
            .. EffectMeasure.All
                .Where(measure => !measure.IsLogarithm
                    || (combined && (!measure.IsForProportions || proportions) && Means.All(mean => mean > 0)))
                .Select(measure => Of(
                    contrast, measure.ScaleOf(proportions), (means, gradient) => Compared(contrast, measure, means, gradient))),
        ];
    }

    /// <summary>A contrast of the transformed means, Σ L_a g(μ_a).</summary>
    /// <param name="contrast">Weights of the arms, which add up to zero.</param>
    public MeanContrast OnLink(Contrast contrast)
    {
        ArgumentNullException.ThrowIfNull(contrast);
        return Of(contrast, MeanContrast.LinkScale, (means, gradient) =>
        {
            var sum = 0.0;
            for (var a = 0; a < means.Length; a++)
            {
                var weight = contrast.Weights[a];
                if (weight != 0)
                {
                    var predictor = Link.Predictor(means[a]);
                    sum += weight * predictor;
                    gradient[a] = weight / Link.Derivative(predictor);
                }
            }

            return sum;
        });
    }

    /// <summary>The sum of the positive weights, and of the others without their sign.</summary>
    private static (double Positive, double Negative) Sums(Contrast contrast)
    {
        var (positive, negative) = (0.0, 0.0);
        foreach (var weight in contrast.Weights)
        {
            positive += Math.Max(weight, 0);
            negative += Math.Max(-weight, 0);
        }

        return (positive, negative);
    }

    /// <summary>h(L⁺μ) − h(L⁻μ).</summary>
    private static double Compared(Contrast contrast, EffectMeasure measure, ReadOnlySpan<double> means, Span<double> gradient)
    {
        var (above, below) = (0.0, 0.0);
        for (var a = 0; a < means.Length; a++)
        {
            above += Math.Max(contrast.Weights[a], 0) * means[a];
            below += Math.Max(-contrast.Weights[a], 0) * means[a];
        }

        for (var a = 0; a < means.Length; a++)
        {
            gradient[a] = contrast.Weights[a] * measure.TransformSlope(contrast.Weights[a] > 0 ? above : below);
        }

        return measure.Value(below, above);
    }

    private MeanContrast Of(Contrast contrast, string scale, SmoothOfMeans function)
    {
        double[] means = [.. Means];
        var gradient = new double[means.Length];
        var estimate = function(means, gradient);
        var standardError = StandardError(function, means, gradient, estimate);
        return new MeanContrast
        {
            Label = contrast.Label,
            Method = Method,
            Weighting = Weighting,
            Scale = scale,
            Rung = IsRobust ? 3 : 2,
            Inference = Coefficient.Wald(contrast.Label, estimate, standardError, DegreesOfFreedom, Level),
        };
    }

    private double StandardError(SmoothOfMeans function, double[] means, double[] gradient, double estimate)
    {
        if (Covariance.Count > 0)
        {
            return Math.Sqrt(Dense.QuadraticForm([.. Covariance], gradient));
        }

        if (!LeavesOneOut)
        {
            return Influence.Transform(gradient, 1).StandardError(0);
        }

        var clusters = Influence.Clusters;
        var share = (clusters - 1.0) / clusters;
        var own = new double[clusters];
        var without = new double[means.Length];
        for (var c = 0; c < clusters; c++)
        {
            var changes = Influence.Of(c);
            for (var a = 0; a < without.Length; a++)
            {
                without[a] = means[a] - (changes[a] / share);
            }

            own[c] = share * (estimate - function(without, gradient));
        }

        return new ClusterInfluence(clusters, own).StandardError(0);
    }

    /// <summary>A function of the means, which fills in its slopes.</summary>
    private delegate double SmoothOfMeans(ReadOnlySpan<double> means, Span<double> gradient);
}

using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Glmm.Inference;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Means.Models;

/// <summary>What means need of a fit of any kind: its parameters with their covariance, and what tests refer to.</summary>
/// <remarks>The parameters ψ are the p coefficients, and after them those of random effects where means average over these.</remarks>
public abstract partial class FittedModel
{
    private readonly double[] coefficients;
    private readonly double[] covariance;
    private readonly double[] joint;

    private FittedModel(ModelFrame frame, Link link, ReadOnlySpan<double> coefficients, ReadOnlySpan<double> covariance, double[] joint)
    {
        Frame = frame;
        Recipe = frame.Recipe
            ?? throw new ArgumentException("The frame was made from arrays and has no recipe for its design.", nameof(frame));
        Link = link;
        this.coefficients = coefficients.ToArray();
        this.covariance = covariance.ToArray();
        this.joint = joint.Length == 0 ? this.covariance : joint;
    }

    /// <summary>The rows that were fitted.</summary>
    public ModelFrame Frame { get; }

    /// <summary>How their design was coded.</summary>
    public DesignRecipe Recipe { get; }

    /// <summary>The link.</summary>
    public Link Link { get; }

    /// <summary>β, p values.</summary>
    public ReadOnlySpan<double> Coefficients => coefficients;

    /// <summary>The covariance of β in force, p×p.</summary>
    public ReadOnlySpan<double> Covariance => covariance;

    /// <summary>The covariance of all parameters, m×m.</summary>
    public ReadOnlySpan<double> JointCovariance => joint;

    /// <summary>m.</summary>
    public int ParameterCount => (int)Math.Round(Math.Sqrt(joint.Length));

    /// <summary>Whether means of responses average over random effects.</summary>
    public virtual bool Integrates => false;

    /// <summary>
    /// Whether the outcome is an ordered category: the coefficients are then those of the latent scale, the parameters of the model stand
    /// after them in ψ, and the response has probabilities.
    /// </summary>
    public virtual bool IsOrdinal => false;

    /// <summary>Whether the outcome is a count with excess zeros: the link's means are those of the count part.</summary>
    public virtual bool HasExcessZeros => false;

    /// <summary>Whether every coefficient has a finite estimate.</summary>
    public bool IsFinite => coefficients.All(double.IsFinite);

    /// <summary>A marginal model, with the covariance of its inference.</summary>
    /// <param name="inference">Variances and degrees of freedom.</param>
    public static FittedModel Of(GeeInference inference)
    {
        ArgumentNullException.ThrowIfNull(inference);
        return new Marginal(inference, inference.Covariance);
    }

    /// <summary>A marginal model, with another covariance than that of its inference.</summary>
    /// <param name="inference">Variances and degrees of freedom.</param>
    /// <param name="covariance">Of β, p×p.</param>
    public static FittedModel Of(GeeInference inference, ReadOnlySpan<double> covariance)
    {
        ArgumentNullException.ThrowIfNull(inference);
        return new Marginal(inference, covariance);
    }

    /// <summary>A generalized linear mixed model.</summary>
    public static FittedModel Of(GlmmInference inference)
    {
        ArgumentNullException.ThrowIfNull(inference);
        return new Conditional(inference);
    }

    /// <summary>A linear mixed model.</summary>
    public static FittedModel Of(LmmInference inference)
    {
        ArgumentNullException.ThrowIfNull(inference);
        return new Linear(inference);
    }

    /// <summary>A marginal model of ordered outcomes.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="inference">Variances and degrees of freedom of its indicators.</param>
    public static FittedModel Of(OrdinalGeeFit fit, GeeInference inference)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(inference);
        return MarginalCumulative.From(fit, inference);
    }

    /// <summary>A cumulative mixed model.</summary>
    public static FittedModel Of(OrdinalGlmmInference inference)
    {
        ArgumentNullException.ThrowIfNull(inference);
        return ConditionalCumulative.From(inference);
    }

    /// <summary>Degrees of freedom of lᵀβ; null for the normal.</summary>
    /// <param name="weights">l, p values.</param>
    public abstract double? DegreesOfFreedom(ReadOnlySpan<double> weights);

    /// <summary>Degrees of freedom of a function of ψ; null for the normal.</summary>
    /// <param name="slope">Its derivatives in ψ, m values.</param>
    public virtual double? DegreesOfFreedomOf(ReadOnlySpan<double> slope) => DegreesOfFreedom(slope[..coefficients.Length]);

    /// <summary>The joint test that contrasts are zero.</summary>
    /// <param name="contrasts">Rows of length p, linearly independent.</param>
    public abstract WaldTest Test(IReadOnlyList<Contrast> contrasts);

    /// <summary>The mean response at a point, averaged over random effects where there are any, and its slopes in ψ.</summary>
    /// <param name="point">The row.</param>
    /// <param name="slope">Receives m values.</param>
    public virtual double Response(MeanPoint point, Span<double> slope) => Typical(point, slope);

    /// <summary>P(Y ≤ k) of an ordered outcome at a point, and its slopes in ψ.</summary>
    /// <param name="point">The row.</param>
    /// <param name="threshold">k, counted from 0.</param>
    /// <param name="typical">Whether random effects are 0; else they are averaged over.</param>
    /// <param name="slope">Receives m values.</param>
    /// <exception cref="InvalidOperationException">The outcome has no categories.</exception>
    public virtual double AtMost(MeanPoint point, int threshold, bool typical, Span<double> slope) =>
        throw new InvalidOperationException("The outcome has no categories.");

    /// <summary>The mean response with random effects 0, g⁻¹(η) less excess zeros, and its slopes in ψ.</summary>
    /// <param name="point">The row.</param>
    /// <param name="slope">Receives m values.</param>
    public virtual double Typical(MeanPoint point, Span<double> slope)
    {
        ArgumentNullException.ThrowIfNull(point);
        var predictor = Predictor(point);
        var derivative = Link.Derivative(predictor);
        slope.Clear();
        for (var j = 0; j < coefficients.Length; j++)
        {
            slope[j] = derivative * point.Row[j];
        }

        return Link.Mean(predictor);
    }

    /// <summary>η = xβ + offset.</summary>
    public double Predictor(MeanPoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return Dense.Dot(point.Row, coefficients) + point.Offset;
    }

    private double? SmallestDegreesOfFreedom(IReadOnlyList<Contrast> contrasts)
    {
        double? smallest = null;
        foreach (var contrast in contrasts)
        {
            if (DegreesOfFreedom(contrast.Weights) is { } value)
            {
                smallest = Math.Min(smallest ?? double.PositiveInfinity, value);
            }
        }

        return smallest;
    }
}

using MarginalConditional.Glmm.Linear.Likelihood;
using MarginalConditional.Glmm.Linear.Optimization;

namespace MarginalConditional.Glmm.Linear.Inference;

/// <summary>Minus twice the log-likelihood with one standard deviation held: σ² follows from θ, or is itself held.</summary>
internal sealed class DeviationProfile : IObjective
{
    private readonly LmmFit full;
    private readonly LinearMixedLikelihood likelihood;
    private readonly RelativeFactor? factor;
    private readonly double[] transform = [];
    private readonly int first;
    private readonly double[] weights = [];
    private readonly double[] product = [];
    private readonly double estimate;
    private double held;

    /// <summary>Prepares the profile.</summary>
    /// <param name="full">A fit by full likelihood.</param>
    /// <param name="place">The level and the effect, or null for the residual.</param>
    public DeviationProfile(LmmFit full, (int Level, int Row)? place)
    {
        this.full = full;
        likelihood = full.Likelihood;
        estimate = Math.Sqrt(full.ResidualVariance);
        if (place is { } at)
        {
            var levels = likelihood.Data.Hierarchy.Levels;
            factor = levels[at.Level].Factor;
            first = levels.Take(at.Level).Sum(coarser => coarser.Factor.Parameters);
            transform = likelihood.Data.Rows.Transform(at.Level).Slice(at.Row * factor.Dimension, factor.Dimension).ToArray();
            weights = new double[factor.Parameters];
            product = new double[factor.Dimension];
            estimate = Math.Sqrt(full.ResidualVariance * Squares(full.Theta));
        }
    }

    /// <inheritdoc/>
    public int Parameters => likelihood.Parameters;

    /// <summary>The signed root of the likelihood ratio at a value of the standard deviation.</summary>
    public double Root(double value)
    {
        held = value;
        var start = full.Theta.ToArray();
        for (var k = 0; k < weights.Length; k++)
        {
            start[first + k] *= estimate > 0 ? value / estimate : 0;
            if (!(estimate > 0) && factor!.IsDiagonal(k))
            {
                start[first + k] = value / Math.Sqrt(full.ResidualVariance * SmallMatrix.Dot(transform, transform));
            }
        }

        var result = new QuasiNewton(this, 1e-9, 100).Minimize(start);
        return Math.Sign(value - estimate) * Math.Sqrt(Math.Max(0, result.Value + 2 * full.LogLikelihood));
    }

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient)
    {
        if (factor is null)
        {
            return likelihood.Evaluate(theta, held * held, gradient);
        }

        var squares = Squares(theta);
        if (!(squares > 0))
        {
            return double.PositiveInfinity;
        }

        var scale = held * held / squares;
        var value = likelihood.Evaluate(theta, scale, gradient);
        var slope = likelihood.EffectiveRows - likelihood.Root.ResidualQuadratic / scale;
        for (var k = 0; k < weights.Length && gradient.Length > 0; k++)
        {
            gradient[first + k] -= slope * weights[k] / squares;
        }

        return value;
    }

    /// <inheritdoc/>
    public double TypicalSize(int parameter) => likelihood.TypicalSize(parameter);

    /// <inheritdoc/>
    public bool TryFillHessian(ReadOnlySpan<double> theta, Span<double> hessian) => false;

    /// <summary>(TΛΛᵀTᵀ)ⱼⱼ, with its derivatives by θ in the weights.</summary>
    private double Squares(ReadOnlySpan<double> theta)
    {
        Array.Clear(product);
        for (var k = 0; k < weights.Length; k++)
        {
            product[factor!.Column(k)] += transform[factor.Row(k)] * theta[first + k];
        }

        for (var k = 0; k < weights.Length; k++)
        {
            weights[k] = 2 * transform[factor!.Row(k)] * product[factor.Column(k)];
        }

        return SmallMatrix.Dot(product, product);
    }
}

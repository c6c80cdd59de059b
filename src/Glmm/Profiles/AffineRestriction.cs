using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Profiles;

/// <summary>
/// A log-likelihood on an affine subset of its parameters, ψ = origin + Aφ with φ free. What profiles and tests maximize.
/// </summary>
internal sealed class AffineRestriction : MarginalLikelihood
{
    private readonly MarginalLikelihood inner;
    private readonly double[] origin;
    private readonly double[] directions;
    private readonly double[] full;
    private readonly double[] fullGradient;
    private readonly double[] fullInformation;
    private readonly double[] product;

    /// <summary>Restricts a likelihood of m parameters.</summary>
    /// <param name="inner">The log-likelihood of all parameters.</param>
    /// <param name="origin">ψ at φ = 0, m numbers.</param>
    /// <param name="directions">Aᵀ, one row of m numbers a free parameter.</param>
    public AffineRestriction(MarginalLikelihood inner, double[] origin, IReadOnlyList<double[]> directions)
    {
        this.inner = inner;
        this.origin = origin;
        this.directions = [.. directions.SelectMany(direction => direction)];
        ParameterCount = directions.Count;
        full = new double[origin.Length];
        fullGradient = new double[origin.Length];
        fullInformation = new double[origin.Length * origin.Length];
        product = new double[ParameterCount * origin.Length];
    }

    /// <inheritdoc/>
    public override int ParameterCount { get; }

    /// <inheritdoc/>
    public override bool HasInformation => inner.HasInformation;

    /// <inheritdoc/>
    public override int Clusters => inner.Clusters;

    /// <summary>What evaluations may be taken from, beyond which the function is minus infinity; null without a bound.</summary>
    public ProfileBudget? Budget { get; set; }

    /// <summary>Every parameter free but some, which keep their values in the origin.</summary>
    /// <param name="inner">The log-likelihood of all parameters.</param>
    /// <param name="origin">ψ; the entries of the free parameters are ignored.</param>
    /// <param name="held">The indices that are not free.</param>
    public static AffineRestriction Holding(MarginalLikelihood inner, double[] origin, params ReadOnlySpan<int> held)
    {
        var start = (double[])origin.Clone();
        var directions = new List<double[]>();
        for (var j = 0; j < origin.Length; j++)
        {
            if (held.Contains(j))
            {
                continue;
            }

            start[j] = 0;
            directions.Add(Unit(origin.Length, j));
        }

        return new AffineRestriction(inner, start, directions);
    }

    /// <summary>The direction of one parameter among m.</summary>
    public static double[] Unit(int count, int index)
    {
        var unit = new double[count];
        unit[index] = 1;
        return unit;
    }

    /// <summary>ψ of a free φ.</summary>
    public double[] Expand(ReadOnlySpan<double> free)
    {
        origin.CopyTo(full, 0);
        for (var i = 0; i < free.Length; i++)
        {
            Dense.AddScaled(free[i], Direction(i), full);
        }

        return full;
    }

    /// <summary>The information of the free parameters, Aᵀ𝓘A.</summary>
    /// <param name="information">𝓘 of all parameters, m×m.</param>
    public double[] Restrict(ReadOnlySpan<double> information)
    {
        var restricted = new double[ParameterCount * ParameterCount];
        Dense.Sandwich(directions, information, ParameterCount, full.Length, product, restricted);
        return restricted;
    }

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> parameters, EvaluationNeeds needs, Span<double> gradient, Span<double> information)
    {
        if (Budget is { } budget && !budget.TryTake())
        {
            return double.NegativeInfinity;
        }

        var value = inner.Evaluate(Expand(parameters), needs, fullGradient, fullInformation);
        for (var i = 0; needs >= EvaluationNeeds.Gradient && i < ParameterCount; i++)
        {
            gradient[i] = Dense.Dot(Direction(i), fullGradient);
        }

        if (needs >= EvaluationNeeds.Information)
        {
            Dense.Sandwich(directions, fullInformation, ParameterCount, full.Length, product, information);
        }

        return value;
    }

    /// <inheritdoc/>
    public override void ClusterScores(ReadOnlySpan<double> parameters, Span<double> scores) =>
        throw new InvalidOperationException("A restricted likelihood is only maximized.");

    /// <inheritdoc/>
    public override IReadOnlyList<PosteriorModes> Posterior(ReadOnlySpan<double> parameters) => inner.Posterior(Expand(parameters));

    /// <inheritdoc/>
    public override double[][] CopyModes() => inner.CopyModes();

    /// <inheritdoc/>
    public override void StartAt(IReadOnlyList<double[]> modes) => inner.StartAt(modes);

    private ReadOnlySpan<double> Direction(int free) => directions.AsSpan(free * full.Length, full.Length);
}

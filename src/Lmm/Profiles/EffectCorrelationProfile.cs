using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Hierarchy;
using MarginalConditional.Mixed;

namespace MarginalConditional.Lmm.Profiles;

/// <summary>The profile of the correlation ρ of two random effects.</summary>
/// <remarks>
/// In a basis in which the two come first and D = σ²MMᵀ, M = TΛ, with T lower triangular: M₂ = s(ρ, √(1 − ρ²)), so that ρ and s stand
/// for two entries of Λ, also at ρ = ±1.
/// </remarks>
internal sealed class EffectCorrelationProfile : CorrelationProfile
{
    private readonly int first;
    private readonly int last;
    private readonly (double FirstSecond, double Second) basis;
    private double held;

    private EffectCorrelationProfile(
        LinearMixedLikelihood likelihood,
        double[] free,
        int first,
        int last,
        (double FirstSecond, double Second) basis,
        double estimate,
        LmmFit fit,
        ProfileBudget budget)
        : base(likelihood, free, estimate, (-1, 1), fit, budget, keepsCurvature: false)
    {
        // No curvature is kept: where an effect stops to vary there is a saddle.
        this.first = first;
        this.last = last;
        this.basis = basis;
    }

    /// <inheritdoc/>
    protected override int Dependent => first + 1;

    /// <summary>Prepares the profile of two effects of a term.</summary>
    /// <param name="full">A fit by full likelihood.</param>
    /// <param name="term">The term.</param>
    /// <param name="pair">The two effects.</param>
    /// <param name="estimate">The estimate.</param>
    /// <param name="budget">What the searches may take.</param>
    public static EffectCorrelationProfile Of(
        LmmFit full, RandomTermDesign term, (int First, int Second) pair, double estimate, ProfileBudget budget)
    {
        var turned = TurnedTerm.Of(full, term, [pair.First, pair.Second]);
        var (fit, start, q) = (turned.Fit, turned.Start, term.Dimension);

        // Column by column: the diagonal of the second column comes after the q entries of the first.
        var (cross, diagonal) = (turned.Basis(1, 0), turned.Basis(1, 1));
        var theta = fit.Theta.ToArray();
        theta[start + q] = Math.Sqrt(Square((cross * theta[start]) + (diagonal * theta[start + 1])) + Square(diagonal * theta[start + q]));
        double[] free = [.. theta[..(start + 1)], .. theta[(start + 2)..]];
        return new EffectCorrelationProfile(fit.Open(), free, start, start + q, (cross, diagonal), estimate, fit, budget);
    }

    /// <inheritdoc/>
    protected override bool TryComplete(Span<double> theta, double value)
    {
        held = value;
        var size = theta[last];
        theta[last] = Math.Sqrt((1 - value) * (1 + value)) * size / basis.Second;
        theta[first + 1] = ((value * size) - (basis.FirstSecond * theta[first])) / basis.Second;
        return size >= 0 && theta[first] >= 0;
    }

    /// <inheritdoc/>
    protected override void Chain(Span<double> gradient)
    {
        gradient[first] -= gradient[first + 1] * basis.FirstSecond / basis.Second;
        gradient[last] = ((gradient[last] * Math.Sqrt((1 - held) * (1 + held))) + (gradient[first + 1] * held)) / basis.Second;
    }

    /// <inheritdoc/>
    protected override double[] Retreat(double[] free, double share) => free;

    private static double Square(double value) => value * value;
}

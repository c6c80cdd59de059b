namespace MarginalConditional.Glmm.Profiles;

/// <summary>The standard deviation of a random effect held at a value; at zero the effect's correlations leave the model with it.</summary>
internal sealed class HeldDeviation : HeldParameter
{
    private readonly EffectBlock block;
    private readonly int effect;

    private HeldDeviation(EffectBlock block, int effect)
        : base(block.Likelihood, block.Solution, block.Top, block.Information)
    {
        this.block = block;
        this.effect = effect;
    }

    /// <summary>An effect of a term of a fit.</summary>
    public static HeldDeviation Of(ProfiledFit fit, int term, int effect)
    {
        var estimate = fit.RandomEffects[term].StandardDeviations[effect];
        var block = EffectBlock.Of(fit, term, effect);
        var place = block.Correlated ? block.Dimension - 1 : effect;
        var unit = 1 / block.Scale(place);
        var error = Math.Max(0.25 * estimate, 0.05 * unit);
        return new HeldDeviation(block, place)
        {
            Estimate = estimate,
            Error = error,
            Lowest = 0,
            Highest = estimate + (fit.Tolerances.ProfileFar * Math.Max(error, unit)),
        };
    }

    /// <inheritdoc/>
    public override (AffineRestriction Likelihood, double[] Start) At(double value, double[] near)
    {
        var psi = (double[])near.Clone();
        var index = block.Index(effect, effect);
        if (value > 0)
        {
            psi[index] = value * block.Scale(effect);
            return Hold(psi, index);
        }

        int[] column = [.. block.Column(effect)];
        foreach (var entry in column)
        {
            psi[entry] = 0;
        }

        return Hold(psi, column);
    }
}

namespace MarginalConditional.Glmm.Profiles;

/// <summary>The logarithm of the dispersion held at a value.</summary>
internal sealed class HeldDispersion : HeldParameter
{
    private HeldDispersion(GlmmFit fit)
        : base(fit.Model.Open(fit.Nodes, fit.Solution), fit.Solution)
    {
    }

    /// <summary>The dispersion of a fit that estimates it.</summary>
    public static HeldDispersion Of(GlmmFit fit)
    {
        var estimate = fit.Parameters[^1];

        // e⁻⁴⁰ of the estimate is zero, and e⁴⁰ infinite, to every digit of a likelihood.
        var far = fit.Options.Tolerances.ProfileFarUnits;
        var error = fit.JointCovariance.IsEmpty ? double.NaN : Math.Sqrt(fit.JointCovariance[^1]);
        return new HeldDispersion(fit)
        {
            Estimate = estimate,
            Error = error is > 0 and < 2 ? error : 0.3,
            Lowest = estimate - far,
            Highest = estimate + far,
        };
    }

    /// <inheritdoc/>
    public override (AffineRestriction Likelihood, double[] Start) At(double value, double[] near)
    {
        var psi = (double[])near.Clone();
        psi[^1] = value;
        return Hold(psi, psi.Length - 1);
    }
}

namespace MarginalConditional.Glmm.Densities;

/// <summary>A log-density of unit dispersion whose special functions exist for one number at a time.</summary>
internal interface IScalarKernel
{
    /// <summary>ℓ and its first three derivatives in η.</summary>
    static abstract double Evaluate(double eta, double response, out double first, out double second, out double third);
}

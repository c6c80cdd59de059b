namespace MarginalConditional.Glmm.Ordinal;

/// <summary>The variance that random effects add to the linear predictor of a row, τ² = zᵀDz, and its slopes.</summary>
internal static class OrdinalSpread
{
    /// <summary>τ², and its derivatives in the entries of the lower Cholesky factors: with w = Lᵀz, ∂/∂L_ab = 2 z_a w_b.</summary>
    /// <param name="fit">A fit.</param>
    /// <param name="effects">z of every random term.</param>
    /// <param name="slope">Receives the derivatives in all m parameters, of which only these are not 0.</param>
    public static double Variance(OrdinalGlmmFit fit, IReadOnlyList<double[]> effects, Span<double> slope)
    {
        slope.Clear();
        var (variance, place) = (0.0, fit.Layout.Count);
        if (effects.Count == 0)
        {
            // A frame without random terms is fitted with an intercept of its clusters.
            slope[place] = 2 * fit.Parameters[place];
            return fit.Parameters[place] * fit.Parameters[place];
        }

        for (var t = 0; t < effects.Count; t++)
        {
            var z = effects[t];
            var correlated = fit.Frame.RandomTerms[t].Correlated;
            for (var column = 0; column < z.Length; column++)
            {
                var last = correlated ? z.Length - 1 : column;
                var projection = 0.0;
                for (var a = column; a <= last; a++)
                {
                    projection += fit.Parameters[place + a - column] * z[a];
                }

                variance += projection * projection;
                for (var a = column; a <= last; a++)
                {
                    slope[place++] = 2 * z[a] * projection;
                }
            }
        }

        return variance;
    }
}

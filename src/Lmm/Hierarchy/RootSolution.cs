using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Hierarchy;

/// <summary>Generalized least squares from the moments of [X̃, ỹ] in the metric of the relative marginal covariance W = V/σ².</summary>
internal sealed class RootSolution
{
    private readonly int p;
    private readonly double[] factor;
    private readonly double[] inverse;
    private readonly double[] inverseFactor;
    private readonly double[] coefficients;

    /// <summary>Allocates.</summary>
    public RootSolution(int fixedEffects)
    {
        p = fixedEffects;
        factor = new double[p * p];
        inverse = new double[p * p];
        inverseFactor = new double[p * p];
        coefficients = new double[p];
    }

    /// <summary>β̃.</summary>
    public ReadOnlySpan<double> Coefficients => coefficients;

    /// <summary>(X̃ᵀW⁻¹X̃)⁻¹, p×p.</summary>
    public ReadOnlySpan<double> Inverse => inverse;

    /// <summary>log|X̃ᵀW⁻¹X̃|.</summary>
    public double LogDeterminant { get; private set; }

    /// <summary>Q, the residual quadratic form in the metric of W.</summary>
    public double ResidualQuadratic { get; private set; }

    /// <summary>Solves from moments (p + 1 square, lower triangle).</summary>
    /// <returns>False when X̃ᵀW⁻¹X̃ is not positive definite.</returns>
    public bool Solve(ReadOnlySpan<double> moments)
    {
        var d = p + 1;
        for (var i = 0; i < p; i++)
        {
            moments.Slice(i * d, p).CopyTo(factor.AsSpan(i * p, p));
            coefficients[i] = moments[(p * d) + i];
        }

        if (!Cholesky.TryFactor(factor, p, out _, Cholesky.Definite))
        {
            return false;
        }

        LogDeterminant = Cholesky.LogDeterminant(factor, p);
        Cholesky.Solve(factor, p, coefficients);
        Cholesky.InvertFactor(factor, p, inverseFactor);
        Cholesky.InverseFromInvertedFactor(inverseFactor, p, inverse);
        ResidualQuadratic = moments[(p * d) + p] - Dense.Dot(coefficients, moments.Slice(p * d, p));
        return ResidualQuadratic >= 0;
    }

    /// <summary>The derivative by the moments of log|X̃ᵀW⁻¹X̃| (when restricted) plus Q/σ², p + 1 square, full.</summary>
    public void FillAdjoint(double scale, bool restricted, Span<double> adjoint)
    {
        var d = p + 1;
        for (var i = 0; i < d; i++)
        {
            var vi = i < p ? -coefficients[i] : 1;
            for (var j = 0; j < d; j++)
            {
                var vj = j < p ? -coefficients[j] : 1;
                adjoint[(i * d) + j] = (vi * vj / scale) + (restricted && i < p && j < p ? inverse[(i * p) + j] : 0);
            }
        }
    }
}

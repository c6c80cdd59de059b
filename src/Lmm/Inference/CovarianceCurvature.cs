using MarginalConditional.Lmm.Hierarchy;
using MarginalConditional.Lmm.Model;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Inference;

/// <summary>How precisely the covariance parameters are known, and how the coefficients' covariance moves with them.</summary>
/// <remarks>
/// In (θ, log σ²), parameters on the boundary left out: A = 2H⁻¹ with H the Hessian of minus twice the log-likelihood, by central
/// differences of its exact gradient at fixed σ²; the derivatives of (XᵀV⁻¹X)⁻¹ by central differences at the same points.
/// </remarks>
internal sealed class CovarianceCurvature
{
    private CovarianceCurvature(double[] asymptotic, double[][] derivatives, IReadOnlyList<int> free)
    {
        Asymptotic = asymptotic;
        Derivatives = derivatives;
        Free = free;
    }

    /// <summary>The asymptotic covariance of the free parameters, the log of σ² last unless it is fixed.</summary>
    public double[] Asymptotic { get; }

    /// <summary>The derivative of the coefficients' covariance (p×p) by each free parameter.</summary>
    public double[][] Derivatives { get; }

    /// <summary>The indices of the free θ.</summary>
    public IReadOnlyList<int> Free { get; }

    /// <summary>Computes both for a fit.</summary>
    public static CovarianceCurvature Of(LmmFit fit)
    {
        var likelihood = fit.Open();
        var theta = fit.Theta.ToArray();
        var free = Enumerable.Range(0, theta.Length).Where(k => theta[k] != 0 || !likelihood.Data.IsDiagonal(k)).ToList();
        var scale = fit.ResidualVariance;
        var count = free.Count + (likelihood.ScaleIsFixed ? 0 : 1);
        var hessian = new double[count * count];
        var derivatives = new double[count][];
        for (var a = 0; a < free.Count; a++)
        {
            var (up, down) = (new double[theta.Length], new double[theta.Length]);
            var at = theta[free[a]];
            var step = fit.Options.Tolerances.DifferenceStep * Math.Max(Math.Abs(at), 1);
            theta[free[a]] = at + step;
            likelihood.Evaluate(theta, scale, up);
            var (upQuadratic, upCovariance) = (likelihood.Root.ResidualQuadratic, Covariance(likelihood, scale));
            theta[free[a]] = at - step;
            likelihood.Evaluate(theta, scale, down);
            var (downQuadratic, downCovariance) = (likelihood.Root.ResidualQuadratic, Covariance(likelihood, scale));
            theta[free[a]] = at;
            derivatives[a] = [.. upCovariance.Zip(downCovariance, (high, low) => (high - low) / (2 * step))];
            for (var b = 0; b < free.Count; b++)
            {
                var second = (up[free[b]] - down[free[b]]) / (2 * step);
                hessian[(a * count) + b] += second / 2;
                hessian[(b * count) + a] += second / 2;
            }

            if (!likelihood.ScaleIsFixed)
            {
                var cross = -(upQuadratic - downQuadratic) / (2 * step) / scale;
                hessian[(a * count) + count - 1] = cross;
                hessian[((count - 1) * count) + a] = cross;
            }
        }

        likelihood.Evaluate(theta, scale, []);
        if (!likelihood.ScaleIsFixed)
        {
            hessian[(count * count) - 1] = likelihood.Root.ResidualQuadratic / scale;
            derivatives[^1] = Covariance(likelihood, scale);
        }

        return new CovarianceCurvature(TwiceInverse(hessian, count, fit.Options.Tolerances.FlatDirection), derivatives, free);
    }

    private static double[] Covariance(LinearMixedLikelihood likelihood, double scale)
    {
        var rows = likelihood.Data.Rows;
        var result = new double[rows.FixedEffects * rows.FixedEffects];
        rows.CovarianceToOriginal(likelihood.Root.Inverse, result);
        foreach (ref var value in result.AsSpan())
        {
            value *= scale;
        }

        return result;
    }

    /// <summary>2H⁻¹, over the directions in which the likelihood is curved (after scaling the diagonal to one).</summary>
    private static double[] TwiceInverse(double[] hessian, int n, double flat)
    {
        var scale = new double[n];
        for (var i = 0; i < n; i++)
        {
            scale[i] = hessian[(i * n) + i] > 0 ? 1 / Math.Sqrt(hessian[(i * n) + i]) : 0;
        }

        var scaled = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                scaled[(i * n) + j] = hessian[(i * n) + j] * scale[i] * scale[j];
            }
        }

        var values = new double[n];
        var vectors = new double[n * n];
        SymmetricEigen.Decompose(scaled, n, values, vectors);
        var inverse = new double[n * n];
        for (var k = 0; k < n; k++)
        {
            if (values[k] <= flat)
            {
                continue;
            }

            var vector = vectors.AsSpan(k * n, n);
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                {
                    inverse[(i * n) + j] += 2 * vector[i] * vector[j] * scale[i] * scale[j] / values[k];
                }
            }
        }

        return inverse;
    }
}

using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Inference;

/// <summary>
/// The parameters of Kenward and Roger's formulas as functions of those of the search: the entries of every level's D, the coarsest first,
/// then those of the residual structure, or σ² unless it is known.
/// </summary>
internal static class NaturalParameters
{
    /// <summary>
    /// The step of central differences, for a parameter of size one: the functions are squares and exponentials, errors near 1e-9.
    /// </summary>
    private const double Step = 1e-4;

    /// <summary>
    /// Their asymptotic covariance by the observed information, JAJᵀ with A that of (θ, log σ²): a maximum's curvature moves so, because
    /// the slope is zero there.
    /// </summary>
    public static double[] Covariance(LmmFit fit)
    {
        var curvature = CovarianceCurvature.Of(fit);
        var (free, n) = (curvature.Free.Count, curvature.Derivatives.Length);
        var theta = fit.Theta.ToArray();
        var logScale = Math.Log(fit.ResidualVariance);
        var count = Of(fit, theta, logScale).Length;
        var jacobian = new double[count * n];
        for (var a = 0; a < n; a++)
        {
            var step = a < free ? Step * Math.Max(Math.Abs(theta[curvature.Free[a]]), 1) : Step;
            var (up, down) = (Moved(step), Moved(-step));
            for (var k = 0; k < count; k++)
            {
                jacobian[(k * n) + a] = (up[k] - down[k]) / (2 * step);
            }

            double[] Moved(double by)
            {
                if (a == free)
                {
                    return Of(fit, theta, logScale + by);
                }

                var moved = (double[])theta.Clone();
                moved[curvature.Free[a]] += by;
                return Of(fit, moved, logScale);
            }
        }

        var half = new double[count * n];
        var covariance = new double[count * count];
        Dense.Multiply(jacobian, curvature.Asymptotic, count, n, n, half);
        Dense.MultiplyTranspose(half, jacobian, count, n, count, covariance);
        return covariance;
    }

    private static double[] Of(LmmFit fit, double[] theta, double logScale)
    {
        var data = fit.Data;
        var (values, start, scale) = (new List<double>(), 0, Math.Exp(logScale));
        foreach (var level in data.Hierarchy.Levels)
        {
            var (factor, q) = (level.Factor, level.Dimension);
            var lambda = new double[q * q];
            factor.Fill(theta.AsSpan(start, factor.Parameters), lambda);
            start += factor.Parameters;
            for (var k = 0; k < factor.Parameters; k++)
            {
                values.Add(scale * Dense.Dot(lambda.AsSpan(factor.Row(k) * q, q), lambda.AsSpan(factor.Column(k) * q, q)));
            }
        }

        if (data.Residual is { } residual)
        {
            var own = theta.AsSpan(data.RandomParameters);
            for (var group = 0; group < residual.Layout.Groups; group++)
            {
                var ratio = residual.Ratio(group, own);
                values.AddRange(residual.Shape.ToNatural(residual.Own(group, own), residual.Layout.Waves, scale * ratio * ratio));
            }
        }
        else if (!fit.ScaleIsFixed)
        {
            values.Add(scale);
        }

        return [.. values];
    }
}

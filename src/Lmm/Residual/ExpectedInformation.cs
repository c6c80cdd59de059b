using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Residual;

/// <summary>Fisher's information of the residual parameters, as the Hessian that a quasi-Newton search starts from.</summary>
internal static class ExpectedInformation
{
    /// <summary>Σ tr(C⁻¹∂ᵢC C⁻¹∂ⱼC) over subjects, less Σtr(C⁻¹∂ᵢC) Σtr(C⁻¹∂ⱼC) / N when σ² is profiled.</summary>
    public static void Fill(ResidualModel model, Span<double> hessian, bool scaleIsFixed)
    {
        var k = model.Parameters;
        hessian.Clear();
        var traces = new double[k];
        var rows = 0.0;
        var size = model.MaximumBlock * model.MaximumBlock;
        var derivatives = new double[k * size];
        var half = new double[size];
        var scaled = new double[k * size];
        foreach (var pattern in model.Layout.Patterns)
        {
            var n = pattern.Size;
            rows += (double)pattern.Subjects * n;
            model.FillPatternDerivatives(pattern, derivatives);
            for (var a = 0; a < k; a++)
            {
                // L⁻¹ ∂C L⁻ᵀ: symmetric, so that the trace of a product is a scalar product.
                Dense.Multiply(pattern.InverseFactor, derivatives.AsSpan(a * n * n, n * n), n, n, n, half);
                Dense.MultiplyTranspose(half, pattern.InverseFactor, n, n, n, scaled.AsSpan(a * n * n, n * n));
                for (var i = 0; i < n; i++)
                {
                    traces[a] += pattern.Subjects * scaled[(a * n + i) * n + i];
                }
            }

            for (var a = 0; a < k; a++)
            {
                for (var b = 0; b <= a; b++)
                {
                    hessian[a * k + b] += pattern.Subjects * Dense.Dot(scaled.AsSpan(a * n * n, n * n), scaled.AsSpan(b * n * n, n * n));
                }
            }
        }

        for (var a = 0; a < k; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                hessian[a * k + b] -= scaleIsFixed ? 0 : traces[a] * traces[b] / rows;
                hessian[b * k + a] = hessian[a * k + b];
            }
        }
    }
}

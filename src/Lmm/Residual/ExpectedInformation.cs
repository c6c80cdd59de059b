using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Residual;

/// <summary>Fisher's information of the residual parameters, as the Hessian that a quasi-Newton search starts from.</summary>
internal static class ExpectedInformation
{
    /// <summary>Σ tr(C⁻¹∂ᵢC C⁻¹∂ⱼC) over subjects, less Σtr(C⁻¹∂ᵢC) Σtr(C⁻¹∂ⱼC) / N when σ² is profiled.</summary>
    public static void Fill(ResidualFactors factors, bool scaleKnown, Span<double> hessian)
    {
        var model = factors.Model;
        var k = model.Parameters;
        hessian.Clear();
        var traces = new double[k];
        var rows = 0.0;
        var size = model.MaximumBlock * model.MaximumBlock;
        var derivatives = new double[k * size];
        var half = new double[size];
        var scaled = new double[k * size];
        for (var index = 0; index < model.Layout.Patterns.Count; index++)
        {
            var pattern = model.Layout.Patterns[index];
            var n = pattern.Size;
            var inverse = factors.InverseFactor(index);
            rows += (double)pattern.Subjects * n;
            factors.FillPatternDerivatives(pattern, derivatives);
            for (var a = 0; a < k; a++)
            {
                // L⁻¹ ∂C L⁻ᵀ: symmetric, so that the trace of a product is a scalar product.
                Dense.Multiply(inverse, derivatives.AsSpan(a * n * n, n * n), n, n, n, half);
                Dense.MultiplyTranspose(half, inverse, n, n, n, scaled.AsSpan(a * n * n, n * n));
                for (var i = 0; i < n; i++)
                {
                    traces[a] += pattern.Subjects * scaled[(((a * n) + i) * n) + i];
                }
            }

            for (var a = 0; a < k; a++)
            {
                for (var b = 0; b <= a; b++)
                {
                    hessian[(a * k) + b] += pattern.Subjects * Dense.Dot(scaled.AsSpan(a * n * n, n * n), scaled.AsSpan(b * n * n, n * n));
                }
            }
        }

        for (var a = 0; a < k; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                hessian[(a * k) + b] -= scaleKnown ? 0 : traces[a] * traces[b] / rows;
                hessian[(b * k) + a] = hessian[(a * k) + b];
            }
        }
    }
}

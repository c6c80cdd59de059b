using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Inference;

/// <content>The sums over units with a covariance matrix of their own, for structured residuals.</content>
internal sealed partial class KenwardRogerMoments
{
    private void AddInformation(MarginalUnit unit)
    {
        var (inverse, scaled) = Scale(unit);
        var n = unit.Size;
        for (var a = 0; a < scaled.Length; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                Add(unit.Active[a], unit.Active[b], unit.Multiplicity * Dense.Dot(scaled[a], scaled[b]));
            }
        }

        var products = new double[scaled.Length][];
        var rotated = new double[scaled.Length][];
        var x = new double[n * p];
        foreach (var start in unit.Starts)
        {
            Whiten(unit, start, inverse, x);
            for (var a = 0; a < scaled.Length; a++)
            {
                products[a] ??= new double[n * p];
                rotated[a] ??= new double[n * p];
                Dense.Multiply(scaled[a], x, n, n, p, products[a]);
                Dense.Multiply(products[a], root, n, p, p, rotated[a]);
                SubtractCross(x, products[a], n, First[unit.Active[a]]);
                for (var b = 0; b <= a; b++)
                {
                    Add(unit.Active[a], unit.Active[b], -2 * Dense.Dot(rotated[a], rotated[b]));
                }
            }
        }
    }

    private void AddBias(MarginalUnit unit)
    {
        var (inverse, scaled) = Scale(unit);
        var n = unit.Size;
        var second = new double[n * n];
        foreach (var (a, b, matrix) in unit.Second)
        {
            Dense.AddScaled((a == b ? 1 : 2) * Weights[(a * count) + b], Sandwich(inverse, matrix, n), second);
        }

        var x = new double[n * p];
        var sx = new double[n * p];
        var products = new double[scaled.Length][];
        var sum = new double[n * p];
        foreach (var start in unit.Starts)
        {
            Whiten(unit, start, inverse, x);
            for (var a = 0; a < scaled.Length; a++)
            {
                products[a] ??= new double[n * p];
                Dense.Multiply(scaled[a], x, n, n, p, products[a]);
            }

            for (var a = 0; a < scaled.Length; a++)
            {
                Array.Clear(sum);
                for (var b = 0; b < scaled.Length; b++)
                {
                    Dense.AddScaled(-Weights[(unit.Active[a] * count) + unit.Active[b]], products[b], sum);
                }

                SubtractCross(products[a], sum, n, Bias);
            }

            if (unit.Second.Count > 0)
            {
                Dense.Multiply(second, x, n, n, p, sx);
                foreach (ref var value in sx.AsSpan())
                {
                    value *= 0.25;
                }

                SubtractCross(x, sx, n, Bias);
            }
        }
    }

    /// <summary>L⁻¹ of V = LLᵀ, and L⁻¹V_kL⁻ᵀ of every active parameter.</summary>
    private static (double[] Inverse, double[][] Scaled) Scale(MarginalUnit unit)
    {
        var n = unit.Size;
        var factor = (double[])unit.Covariance.Clone();
        Cholesky.TryFactor(factor, n, out _, Cholesky.Definite);
        var inverse = new double[n * n];
        Cholesky.InvertFactor(factor, n, inverse);
        return (inverse, [.. unit.Derivatives.Select(derivative => Sandwich(inverse, derivative, n))]);
    }

    private static double[] Sandwich(double[] inverse, double[] matrix, int n)
    {
        var half = new double[n * n];
        var result = new double[n * n];
        Dense.Multiply(inverse, matrix, n, n, n, half);
        Dense.MultiplyTranspose(half, inverse, n, n, n, result);
        return result;
    }

    private void Whiten(MarginalUnit unit, int start, double[] inverse, double[] x)
    {
        Array.Clear(x);
        for (var i = 0; i < unit.Size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                Dense.AddScaled(inverse[(i * unit.Size) + j], unit.Source.AsSpan(start + (j * width) + skip, p), x.AsSpan(i * p, p));
            }
        }
    }

    /// <summary>target −= AᵀB.</summary>
    private void SubtractCross(double[] a, double[] b, int n, double[] target)
    {
        for (var row = 0; row < n; row++)
        {
            for (var i = 0; i < p; i++)
            {
                Dense.AddScaled(-a[(row * p) + i], b.AsSpan(row * p, p), target.AsSpan(i * p, p));
            }
        }
    }
}

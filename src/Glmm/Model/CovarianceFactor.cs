using MarginalConditional.Mixed;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Model;

/// <summary>The parametrization of a level's covariance D = ΛΛᵀ by the free entries θ of a block-diagonal upper triangular Λ.</summary>
/// <remarks>
/// Λ may be singular, so σ = 0 and ρ = ±1 are ordinary points. Upper triangles make the nodes b̂ + ΛL⁻ᵀz, with LLᵀ the curvature of the
/// standardized effects, equal to those of the textbook rule b̂ + L_b⁻ᵀz with L_b the lower factor of the curvature of b itself (Pinheiro
/// and Bates 1995). The sign of a column of Λ is free; D does not depend on it.
/// </remarks>
internal sealed class CovarianceFactor
{
    private readonly int[] rows;
    private readonly int[] columns;

    /// <summary>Describes the blocks of one level.</summary>
    /// <param name="layout">The upper triangular blocks of its terms.</param>
    public CovarianceFactor(FactorLayout layout)
    {
        Layout = layout;
        rows = [.. Enumerable.Range(0, layout.Count).Select(layout.Row)];
        columns = [.. Enumerable.Range(0, layout.Count).Select(layout.Column)];
    }

    /// <summary>The blocks of the level's terms.</summary>
    public FactorLayout Layout { get; }

    /// <summary>q, the effects of all terms of the level.</summary>
    public int Dimension => Layout.Dimension;

    /// <summary>The number of free entries.</summary>
    public int ParameterCount => rows.Length;

    /// <summary>The row in Λ of each free entry.</summary>
    public ReadOnlySpan<int> Rows => rows;

    /// <summary>The column in Λ of each free entry.</summary>
    public ReadOnlySpan<int> Columns => columns;

    /// <summary>Writes Λ, q×q row-major, from θ.</summary>
    public void Fill(ReadOnlySpan<double> theta, Span<double> lambda) => Layout.Fill(theta, lambda);

    /// <summary>D = ΛΛᵀ, q×q row-major.</summary>
    public double[] Covariance(ReadOnlySpan<double> theta)
    {
        var q = Dimension;
        var lambda = new double[q * q];
        Fill(theta, lambda);
        var covariance = new double[q * q];
        for (var a = 0; a < q; a++)
        {
            for (var b = 0; b < q; b++)
            {
                var sum = 0.0;
                for (var c = Math.Max(a, b); c < q; c++)
                {
                    sum += lambda[(a * q) + c] * lambda[(b * q) + c];
                }

                covariance[(a * q) + b] = sum;
            }
        }

        return covariance;
    }

    /// <summary>Writes the θ of the upper triangular Λ with ΛΛᵀ = D, for a positive semidefinite D.</summary>
    public void FromCovariance(ReadOnlySpan<double> covariance, Span<double> theta)
    {
        var q = Dimension;
        var lambda = new double[q * q];
        var reversed = new double[q * q];
        for (var i = 0; i < q; i++)
        {
            for (var j = 0; j < q; j++)
            {
                reversed[(i * q) + j] = covariance[((q - 1 - i) * q) + q - 1 - j];
            }
        }

        // The lower factor of D with its rows and columns in reverse order, turned round, is upper triangular.
        Cholesky.FactorSemidefinite(reversed, q);
        for (var i = 0; i < q; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                lambda[((q - 1 - i) * q) + q - 1 - j] = reversed[(i * q) + j];
            }
        }

        Layout.Pack(lambda, theta);
    }
}

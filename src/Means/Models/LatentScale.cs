using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Means.Models;

/// <summary>
/// A cumulative model on its latent scale, xβ less the mean of the thresholds, as a linear model in the columns of the design: b = Aφ of
/// the fixed parameters φ = (θ, β, γ). The intercept's b is −Σ θ_k / J; a column with a coefficient a threshold has their mean. Immutable.
/// </summary>
internal sealed class LatentScale
{
    private readonly double[] map;
    private readonly int columns;
    private readonly int parameters;

    /// <summary>The scale of a model.</summary>
    /// <param name="layout">Where φ stands.</param>
    /// <param name="columns">p, the columns of the design.</param>
    /// <param name="intercept">Which of them is the intercept.</param>
    public LatentScale(OrdinalLayout layout, int columns, int intercept)
    {
        (this.columns, parameters) = (columns, layout.Count);
        map = new double[columns * parameters];
        var (unit, none) = (new double[columns], new double[columns]);
        for (var j = 0; j < columns; j++)
        {
            unit[j] = 1;
            var row = map.AsSpan(j * parameters, parameters);
            for (var k = 0; k < layout.Thresholds; k++)
            {
                layout.AddGradient(-1.0 / layout.Thresholds, unit, k, row);
                layout.AddGradient(j == intercept ? 0 : 1.0 / layout.Thresholds, none, k, row);
            }

            unit[j] = 0;
        }
    }

    /// <summary>b, p values.</summary>
    /// <param name="values">φ, or more.</param>
    public double[] Coefficients(ReadOnlySpan<double> values)
    {
        var coefficients = new double[columns];
        Dense.Multiply(map, values[..parameters], coefficients);
        return coefficients;
    }

    /// <summary>The covariance of (b, ψ), (p + m)×(p + m), which is singular: b says again what ψ says.</summary>
    /// <param name="covariance">Of ψ, m×m, which begins with φ.</param>
    /// <param name="count">m.</param>
    public double[] Joint(ReadOnlySpan<double> covariance, int count)
    {
        var size = columns + count;
        var rows = new double[size * count];
        for (var j = 0; j < columns; j++)
        {
            map.AsSpan(j * parameters, parameters).CopyTo(rows.AsSpan(j * count));
        }

        for (var i = 0; i < count; i++)
        {
            rows[((columns + i) * count) + i] = 1;
        }

        var joint = new double[size * size];
        Dense.Sandwich(rows, covariance, size, count, new double[size * count], joint);
        return joint;
    }

    /// <summary>The weights on φ of weights on b and, after them, on ψ.</summary>
    /// <param name="weights">p values, or p and then those of ψ.</param>
    public double[] OnParameters(ReadOnlySpan<double> weights)
    {
        var own = new double[parameters];
        for (var j = 0; j < columns; j++)
        {
            Dense.AddScaled(weights[j], map.AsSpan(j * parameters, parameters), own);
        }

        if (weights.Length > columns)
        {
            Dense.AddScaled(1, weights.Slice(columns, parameters), own);
        }

        return own;
    }
}

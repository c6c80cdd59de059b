using MarginalConditional.Meta.Pooling;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Meta.Regression;

/// <summary>Generalized least squares where blocks of effects are correlated: β, its covariance, and the weighted residuals.</summary>
/// <remarks>All numbers in the scaled units and the orthonormal columns of <see cref="ScaledStudies"/>.</remarks>
internal sealed class BlockRegression
{
    private readonly double[] coefficients;
    private readonly double[] covariance;
    private readonly double[] residuals;

    private BlockRegression(double[] coefficients, double[] covariance, double[] residuals)
    {
        this.coefficients = coefficients;
        this.covariance = covariance;
        this.residuals = residuals;
    }

    /// <summary>The coefficients of what the columns leave of the effects, p.</summary>
    public ReadOnlySpan<double> Coefficients => coefficients;

    /// <summary>(XᵀV⁻¹X)⁻¹, p×p.</summary>
    public ReadOnlySpan<double> Covariance => covariance;

    /// <summary>y − ŷ, k.</summary>
    public ReadOnlySpan<double> Residuals => residuals;

    /// <summary>(y − ŷ)ᵀV⁻¹(y − ŷ).</summary>
    public required double Q { get; init; }

    /// <summary>log |V|.</summary>
    public required double LogDeterminant { get; init; }

    /// <summary>log |XᵀV⁻¹X|.</summary>
    public required double LogInformation { get; init; }

    /// <summary>Fits.</summary>
    /// <param name="studies">Effects and columns; there are moderators, if only an intercept.</param>
    /// <param name="blocks">V by blocks.</param>
    public static BlockRegression Of(ScaledStudies studies, IReadOnlyList<EffectBlock> blocks)
    {
        var basis = studies.Basis!;
        var (k, p) = (studies.Count, basis.Columns);
        double[] information = new double[p * p], coefficients = new double[p], row = new double[p];
        var logDeterminant = 0.0;
        var whitened = new List<(double[] X, double[] Y)>();
        foreach (var block in blocks)
        {
            var n = block.Rows.Count;
            var factor = block.Covariance.ToArray();
            Cholesky.TryFactor(factor, n, out _, Cholesky.Definite);
            logDeterminant += Cholesky.LogDeterminant(factor, n);
            var (x, y) = (new double[n * p], new double[n]);
            for (var i = 0; i < n; i++)
            {
                y[i] = basis.Rest[block.Rows[i]];
                basis.Row(block.Rows[i], x.AsSpan(i * p, p));
            }

            SolveLower(factor, n, x, p);
            Cholesky.SolveLower(factor, n, y);
            for (var i = 0; i < n; i++)
            {
                var own = x.AsSpan(i * p, p);
                Dense.RankOneUpdateLower(1, own, information);
                Dense.AddScaled(y[i], own, coefficients);
            }

            whitened.Add((x, y));
        }

        Cholesky.TryFactor(information, p, out _, Cholesky.Definite);
        Cholesky.Solve(information, p, coefficients);
        var covariance = new double[p * p];
        Cholesky.Inverse(information, p, covariance);
        var residuals = new double[k];
        for (var i = 0; i < k; i++)
        {
            basis.Row(i, row);
            residuals[i] = basis.Rest[i] - Dense.Dot(row, coefficients);
        }

        return new BlockRegression(coefficients, covariance, residuals)
        {
            Q = whitened.Sum(block => Squares(block.X, block.Y, coefficients)),
            LogDeterminant = logDeterminant,
            LogInformation = Cholesky.LogDeterminant(information, p),
        };
    }

    private static double Squares(double[] x, double[] y, double[] coefficients)
    {
        var (p, sum) = (coefficients.Length, 0.0);
        for (var i = 0; i < y.Length; i++)
        {
            var residual = y[i] - Dense.Dot(x.AsSpan(i * p, p), coefficients);
            sum += residual * residual;
        }

        return sum;
    }

    /// <summary>Replaces n×p rows by L⁻¹ times them.</summary>
    private static void SolveLower(double[] factor, int n, double[] rows, int p)
    {
        for (var i = 0; i < n; i++)
        {
            var own = rows.AsSpan(i * p, p);
            for (var j = 0; j < i; j++)
            {
                Dense.AddScaled(-factor[(i * n) + j], rows.AsSpan(j * p, p), own);
            }

            for (var a = 0; a < p; a++)
            {
                own[a] /= factor[(i * n) + i];
            }
        }
    }
}

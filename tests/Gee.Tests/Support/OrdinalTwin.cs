using MarginalConditional.Gee.Ordinal;

namespace MarginalConditional.Gee.Tests.Support;

/// <summary>
/// The equations of ordered outcomes straight from their definition: Σ_kl = F_k(1 − F_l), L by Cholesky, Cov(z_t, z_s) = ρ L_t L_sᵀ.
/// </summary>
internal sealed class OrdinalTwin
{
    private readonly OrdinalGeeFit fit;
    private readonly int thresholds;
    private readonly double[] coefficients;

    public OrdinalTwin(OrdinalGeeFit fit, Func<int, int, double> correlation, double[]? at = null)
    {
        this.fit = fit;
        thresholds = fit.Categories.Count - 1;
        coefficients = at ?? fit.Indicators.Coefficients.ToArray();
        var (clusters, p) = (fit.Frame.Clusters, coefficients.Length);
        Scores = new double[clusters.Count][,];
        Informations = new double[clusters.Count][,];
        Information = new double[p, p];
        Score = new double[p, 1];
        for (var i = 0; i < clusters.Count; i++)
        {
            Evaluate(i, correlation);
            Information = Matrices.Add(Information, Informations[i]);
            Score = Matrices.Add(Score, Scores[i]);
        }
    }

    /// <summary>U_i.</summary>
    public double[][,] Scores { get; }

    /// <summary>A_i.</summary>
    public double[][,] Informations { get; }

    /// <summary>Σ A_i.</summary>
    public double[,] Information { get; }

    /// <summary>Σ U_i.</summary>
    public double[,] Score { get; }

    /// <summary>θ_k − η of an outcome, with what the coefficients of a threshold multiply.</summary>
    public (double Predictor, double[] Row) At(int outcome, int k)
    {
        var row = new double[coefficients.Length];
        row[k] = 1;
        var (design, place) = (fit.Frame.Design, thresholds);
        foreach (var nominal in (bool[])[false, true])
        {
            for (var j = 0; j < design.Columns; j++)
            {
                if (design.Names[j] != "(Intercept)" && fit.Options.Nominal.Contains(j) == nominal)
                {
                    row[place + (nominal ? k : 0)] = -design.Column(j)[outcome];
                    place += nominal ? thresholds : 1;
                }
            }
        }

        var predictor = fit.Frame.Offset.IsEmpty ? 0 : -fit.Frame.Offset[outcome];
        for (var j = 0; j < row.Length; j++)
        {
            predictor += row[j] * coefficients[j];
        }

        return (predictor, row);
    }

    /// <summary>Whitened residuals L⁻¹(z − F) of an outcome, without its weight.</summary>
    public double[,] Whitened(int outcome) => Matrices.Multiply(Matrices.Inverse(Root(outcome)), Residual(outcome));

    /// <summary>Σ w log p of all outcomes.</summary>
    public double LogLikelihood()
    {
        var sum = 0.0;
        for (var outcome = 0; outcome < fit.Frame.Rows; outcome++)
        {
            var category = (int)fit.Frame.Response[outcome];
            var above = category == thresholds ? 1 : fit.Options.Link.Cumulative(At(outcome, category).Predictor);
            var below = category == 0 ? 0 : fit.Options.Link.Cumulative(At(outcome, category - 1).Predictor);
            sum += Weight(outcome) * Math.Log(above - below);
        }

        return sum;
    }

    private double Weight(int outcome) => fit.Frame.Weights.IsEmpty ? 1 : fit.Frame.Weights[outcome];

    private double[,] Residual(int outcome)
    {
        var residual = new double[thresholds, 1];
        for (var k = 0; k < thresholds; k++)
        {
            residual[k, 0] = (fit.Frame.Response[outcome] <= k ? 1 : 0) - fit.Options.Link.Cumulative(At(outcome, k).Predictor);
        }

        return residual;
    }

    /// <summary>L.</summary>
    private double[,] Root(int outcome)
    {
        var root = new double[thresholds, thresholds];
        for (var k = 0; k < thresholds; k++)
        {
            for (var l = 0; l <= k; l++)
            {
                var (lower, upper) = (fit.Options.Link.Cumulative(At(outcome, l).Predictor),
                    fit.Options.Link.Cumulative(At(outcome, k).Predictor));
                var value = lower * (1 - upper);
                for (var m = 0; m < l; m++)
                {
                    value -= root[k, m] * root[l, m];
                }

                root[k, l] = k == l ? Math.Sqrt(value) : value / root[l, l];
            }
        }

        return root;
    }

    private void Evaluate(int cluster, Func<int, int, double> correlation)
    {
        var (start, size, p) = (fit.Frame.Clusters.Start(cluster), fit.Frame.Clusters.Size(cluster), coefficients.Length);
        var covariance = new double[size * thresholds, size * thresholds];
        var derivatives = new double[size * thresholds, p];
        var residual = new double[size * thresholds, 1];
        for (var t = 0; t < size; t++)
        {
            var own = Residual(start + t);
            for (var k = 0; k < thresholds; k++)
            {
                var (predictor, row) = At(start + t, k);
                residual[(t * thresholds) + k, 0] = own[k, 0];
                for (var j = 0; j < p; j++)
                {
                    derivatives[(t * thresholds) + k, j] = fit.Options.Link.Density(predictor) * row[j];
                }
            }

            for (var s = 0; s < size; s++)
            {
                var block = Matrices.Multiply(Root(start + t), Matrices.Transpose(Root(start + s)));
                var factor = (s == t ? 1 : correlation(start + t, start + s)) / Math.Sqrt(Weight(start + t) * Weight(start + s));
                for (var k = 0; k < thresholds; k++)
                {
                    for (var l = 0; l < thresholds; l++)
                    {
                        covariance[(t * thresholds) + k, (s * thresholds) + l] = factor * block[k, l];
                    }
                }
            }
        }

        var weighted = Matrices.Multiply(Matrices.Transpose(derivatives), Matrices.Inverse(covariance));
        Informations[cluster] = Matrices.Multiply(weighted, derivatives);
        Scores[cluster] = Matrices.Multiply(weighted, residual);
    }
}

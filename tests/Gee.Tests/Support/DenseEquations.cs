using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee.Tests.Support;

/// <summary>The estimating equations straight from their definitions, with n×n matrices: the slow twin of the fitter's kernels.</summary>
internal sealed class DenseEquations
{
    private readonly ModelFrame frame;
    private readonly Family family;
    private readonly Link link;
    private readonly int p;

    public DenseEquations(GeeFit fit, Func<int, int, double> correlation, double[]? at = null)
    {
        frame = fit.Frame;
        family = fit.Options.Family;
        link = fit.Options.EffectiveLink;
        p = fit.Coefficients.Length;
        var clusters = frame.Clusters.Count;
        Scores = new double[clusters][];
        Informations = new double[clusters][,];
        Leverages = new double[clusters][,];
        Covariances = new double[clusters][,];
        Information = new double[p, p];
        for (var i = 0; i < clusters; i++)
        {
            Evaluate(i, at ?? fit.Coefficients, fit.Scale, correlation);
            Information = Matrices.Add(Information, Informations[i]);
        }
    }

    /// <summary>U_i.</summary>
    public double[][] Scores { get; }

    /// <summary>A_i.</summary>
    public double[][,] Informations { get; }

    /// <summary>D_iᵀV_i⁻¹ (p×n_i).</summary>
    public double[][,] Leverages { get; }

    /// <summary>V_i.</summary>
    public double[][,] Covariances { get; }

    /// <summary>M.</summary>
    public double[,] Information { get; }

    public double Weight(int row) =>
        (frame.Weights.IsEmpty ? 1 : frame.Weights[row]) * (frame.Trials.IsEmpty ? 1 : frame.Trials[row]);

    public double Mean(ReadOnlySpan<double> beta, int row) => link.Mean(Predictor(beta, row));

    /// <summary>(y − μ) / √v(μ), without weight.</summary>
    public double Pearson(ReadOnlySpan<double> beta, int row)
    {
        var mean = Mean(beta, row);
        return (frame.Response[row] - mean) / Math.Sqrt(family.Variance(mean));
    }

    /// <summary>D_i, n_i×p.</summary>
    public double[,] Derivatives(int cluster, ReadOnlySpan<double> beta)
    {
        var start = frame.Clusters.Start(cluster);
        var derivatives = new double[frame.Clusters.Size(cluster), p];
        for (var j = 0; j < derivatives.GetLength(0); j++)
        {
            for (var k = 0; k < p; k++)
            {
                derivatives[j, k] = frame.Design.Column(k)[start + j] * link.Derivative(Predictor(beta, start + j));
            }
        }

        return derivatives;
    }

    /// <summary>The fit's scores and informations are those of the definitions, and the scores add up to 0.</summary>
    public void AssertSolvedBy(GeeFit fit)
    {
        var score = new double[p];
        var informations = fit.ClusterInformations();
        for (var i = 0; i < Scores.Length; i++)
        {
            for (var j = 0; j < p; j++)
            {
                score[j] += Scores[i][j];
                Assert.Equal(Scores[i][j], fit.ClusterScores[(i * p) + j], 1e-8 * (1 + Math.Abs(Scores[i][j])));
            }

            Assert.InRange(Matrices.Distance(Informations[i], Matrices.FromRows(informations.AsSpan(i * p * p, p * p), p)), 0, 1e-9);
        }

        for (var j = 0; j < p; j++)
        {
            Assert.InRange(Math.Abs(score[j]) / Math.Sqrt(Information[j, j]), 0, 1e-7);
        }

        Assert.InRange(Matrices.Distance(Matrices.Inverse(Information), Matrices.FromRows(fit.Bread, p)), 0, 1e-9);
    }

    private double Predictor(ReadOnlySpan<double> beta, int row)
    {
        var eta = frame.Offset.IsEmpty ? 0 : frame.Offset[row];
        for (var k = 0; k < p; k++)
        {
            eta += beta[k] * frame.Design.Column(k)[row];
        }

        return eta;
    }

    private void Evaluate(int cluster, ReadOnlySpan<double> beta, double scale, Func<int, int, double> correlation)
    {
        var start = frame.Clusters.Start(cluster);
        var n = frame.Clusters.Size(cluster);
        var covariance = new double[n, n];
        var residual = new double[n, 1];
        for (var j = 0; j < n; j++)
        {
            residual[j, 0] = frame.Response[start + j] - Mean(beta, start + j);
            for (var k = 0; k < n; k++)
            {
                var r = j == k ? 1 : correlation(start + j, start + k);
                covariance[j, k] = scale * r * Math.Sqrt(family.Variance(Mean(beta, start + j)) * family.Variance(Mean(beta, start + k))
                    / (Weight(start + j) * Weight(start + k)));
            }
        }

        var derivatives = Derivatives(cluster, beta);
        var weighted = Matrices.Multiply(Matrices.Transpose(derivatives), Matrices.Inverse(covariance));
        Covariances[cluster] = covariance;
        Leverages[cluster] = weighted;
        Informations[cluster] = Matrices.Multiply(weighted, derivatives);
        var score = Matrices.Multiply(weighted, residual);
        Scores[cluster] = [.. Enumerable.Range(0, p).Select(j => score[j, 0])];
    }
}

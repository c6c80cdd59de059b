using MarginalConditional.Gee.Equations;

namespace MarginalConditional.Gee.Tests.Support;

/// <summary>The estimating equations at any β, with φ = 1, from n×n matrices: the slow twin of a pass over the data.</summary>
internal sealed class EquationsTwin
{
    public EquationsTwin(GeeData data, ReadOnlySpan<double> beta, Func<int, int, double> correlation)
    {
        var clusters = data.Frame.Clusters;
        var p = data.Coefficients;
        Information = new double[p, p];
        Score = new double[p, 1];
        ClusterScores = new double[clusters.Count][,];
        Residuals = new double[data.Rows];
        for (var i = 0; i < clusters.Count; i++)
        {
            var (start, n) = (clusters.Start(i), clusters.Size(i));
            var (derivatives, residual) = (new double[n, p], new double[n, 1]);
            var deviations = new double[n];
            for (var j = 0; j < n; j++)
            {
                var (mean, slope) = Mean(data, beta, start + j);
                deviations[j] = Math.Sqrt(data.Family.Variance(mean) / Weight(data, start + j));
                residual[j, 0] = data.Frame.Response[start + j] - mean;
                Residuals[start + j] = residual[j, 0] / deviations[j];
                for (var k = 0; k < p; k++)
                {
                    derivatives[j, k] = data.Frame.Design.Column(k)[start + j] * slope;
                }
            }

            var covariance = KernelTwin.Matrix(start, n, correlation);
            for (var j = 0; j < n; j++)
            {
                for (var k = 0; k < n; k++)
                {
                    covariance[j, k] *= deviations[j] * deviations[k];
                }
            }

            var left = Matrices.Multiply(Matrices.Transpose(derivatives), Matrices.Inverse(covariance));
            ClusterScores[i] = Matrices.Multiply(left, residual);
            Score = Matrices.Add(Score, ClusterScores[i]);
            Information = Matrices.Add(Information, Matrices.Multiply(left, derivatives));
        }
    }

    /// <summary>ΣDᵀV⁻¹D.</summary>
    public double[,] Information { get; }

    /// <summary>ΣDᵀV⁻¹(y − μ), p×1.</summary>
    public double[,] Score { get; }

    /// <summary>DᵀV⁻¹(y − μ) of each cluster, p×1.</summary>
    public double[][,] ClusterScores { get; }

    /// <summary>√w (y − μ)/√v.</summary>
    public double[] Residuals { get; }

    /// <summary>M⁻¹U.</summary>
    public double[,] Step => Matrices.Multiply(Matrices.Inverse(Information), Score);

    /// <summary>μ and dμ/dη of one row.</summary>
    public static (double Mean, double Slope) Mean(GeeData data, ReadOnlySpan<double> beta, int row)
    {
        var eta = data.Frame.Offset.IsEmpty ? 0 : data.Frame.Offset[row];
        for (var k = 0; k < beta.Length; k++)
        {
            eta += beta[k] * data.Frame.Design.Column(k)[row];
        }

        return (data.Link.Mean(eta), data.Link.Derivative(eta));
    }

    /// <summary>The weight of a row, trials included.</summary>
    public static double Weight(GeeData data, int row) =>
        (data.Frame.Weights.IsEmpty ? 1 : data.Frame.Weights[row]) * (data.Frame.Trials.IsEmpty ? 1 : data.Frame.Trials[row]);
}

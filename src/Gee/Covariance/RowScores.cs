using MarginalConditional.Data.Frames;

namespace MarginalConditional.Gee.Covariance;

/// <summary>What each row adds to the equations when the working correlation is independence: x dμ/dη w (y − μ) / (φ v(μ)).</summary>
internal static class RowScores
{
    /// <summary>The scores, n×p by rows; added up over a cluster's rows they are its score.</summary>
    /// <param name="fit">A fit with independence as working correlation, of outcomes that are what they are.</param>
    public static double[] Of(GeeFit fit)
    {
        var (data, n, p) = (fit.Data, fit.Frame.Rows, fit.Coefficients.Length);
        var (mean, slope, variance) = (new double[n], new double[n], new double[n]);
        data.Link.MeanAndDerivative(LinearPredictor.Of(fit.Frame, fit.Coefficients), mean, slope);
        data.Family.Variance(mean, variance);
        var scores = new double[n * p];
        for (var row = 0; row < n; row++)
        {
            var weight = data.Weights.Length > 0 ? data.Weights[row] : 1;
            slope[row] *= weight > 0 ? weight * (fit.Frame.Response[row] - mean[row]) / (fit.Scale * variance[row]) : 0;
        }

        for (var j = 0; j < p; j++)
        {
            var column = fit.Frame.Design.Column(j);
            for (var row = 0; row < n; row++)
            {
                scores[(row * p) + j] = slope[row] * column[row];
            }
        }

        return scores;
    }
}

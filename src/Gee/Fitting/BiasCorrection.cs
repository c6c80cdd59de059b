using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Equations;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Fitting;

/// <summary>Takes an estimate of its first-order bias from a solution (Paul and Zhang 2014; Lunardon and Scharfstein 2017).</summary>
internal static class BiasCorrection
{
    /// <summary>β̂ less its bias, p values; α and φ stay. Null where the information is singular.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="pass">The sums over them.</param>
    /// <param name="kernel">The pass's working correlation.</param>
    /// <param name="beta">β̂, p values.</param>
    /// <param name="threads">The number of threads; 0 means all processors.</param>
    public static double[]? Apply(GeeData data, EstimatingPass pass, CorrelationKernel kernel, double[] beta, int threads)
    {
        var p = data.Coefficients;
        var scores = new double[data.Frame.Clusters.Count * p];
        pass.Run(beta, scores, asIndependence: kernel is IndependenceKernel);
        var (information, inverse) = (pass.Information.ToArray(), new double[p * p]);
        Dense.MirrorLower(information, p);
        if (!Cholesky.TryInvert(information, p, new double[p * p], inverse))
        {
            return null;
        }

        var influences = Sandwich.Influences(inverse, scores);
        var bias = new CurvatureSums(data, kernel, threads).Bias(beta, influences, Sandwich.Meat(influences, p));
        var corrected = new double[p];
        Dense.Multiply(inverse, bias, corrected);
        SpanMath.Subtract(beta, corrected, corrected);
        return corrected;
    }
}

using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Equations;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Fitting;

/// <summary>Adds Firth's penalty to the score of a pass: U + ½ tr(M⁻¹ ∂M/∂β), R and φ held (Mondol and Rahman 2019, equation 5).</summary>
/// <param name="data">The rows.</param>
/// <param name="pass">The sums over them.</param>
/// <param name="kernel">The pass's working correlation.</param>
/// <param name="threads">The number of threads; 0 means all processors.</param>
internal sealed class FirthPenalty(GeeData data, EstimatingPass pass, CorrelationKernel kernel, int threads)
{
    private readonly CurvatureSums curvature = new(data, kernel, threads);
    private readonly double[] score = new double[data.Coefficients];
    private readonly double[] information = new double[data.Coefficients * data.Coefficients];
    private readonly double[] inverse = new double[data.Coefficients * data.Coefficients];
    private readonly double[] scratch = new double[data.Coefficients * data.Coefficients];

    /// <summary>φ times the penalized score, p values.</summary>
    public ReadOnlySpan<double> Score => score;

    /// <summary>Evaluates the penalty where the last pass was, with the correlation that it used.</summary>
    /// <param name="beta">β, p values.</param>
    /// <param name="scale">φ there.</param>
    public void Evaluate(double[] beta, double scale)
    {
        pass.Score.CopyTo(score);
        pass.Information.CopyTo(information);
        Dense.MirrorLower(information, score.Length);
        if (Cholesky.TryInvert(information, score.Length, scratch, inverse))
        {
            SpanMath.MultiplyAdd(curvature.InformationSlope(beta, inverse), scale, score, score);
        }
    }
}

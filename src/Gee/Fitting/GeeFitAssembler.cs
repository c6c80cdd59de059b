using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Equations;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Fitting;

/// <summary>
/// Makes a fit of where the iteration ended: the last pass with the scores of the clusters, the inverse of the information, the warnings.
/// </summary>
internal static class GeeFitAssembler
{
    /// <summary>Assembles the fit.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="options">What was fitted and how.</param>
    /// <param name="kernel">The working correlation at the end.</param>
    /// <param name="pass">The sums over the rows.</param>
    /// <param name="solver">Where the iteration ended.</param>
    public static GeeFit Assemble(GeeData data, GeeOptions options, CorrelationKernel kernel, EstimatingPass pass, EquationSolver solver)
    {
        var state = solver.State;
        var scores = new double[data.Frame.Clusters.Count * data.Coefficients];
        pass.Run(state.Beta, scores, asIndependence: !solver.Correlated);
        SpanMath.Divide(scores, solver.Scale, scores);
        var (information, bread) = Invert(pass.Information, solver.Scale);
        var (coefficients, alpha, scale) = (state.Beta, solver.Inadmissible ?? [.. kernel.Alpha], solver.Scale);
        if (IsUndefined(state.Status, kernel, bread))
        {
            // Where the equations have no value the last coefficients are no estimates, and must not look like them.
            (coefficients, alpha, scale) = (Undefined(coefficients.Length), Undefined(alpha.Length), double.NaN);
        }

        alpha = kernel.Inestimable is not null && state.Status == ConvergenceStatus.NotFinite ? Undefined(alpha.Length) : [.. alpha];
        for (var k = 0; k < alpha.Length; k++)
        {
            alpha[k] = kernel.Occurs(k) ? alpha[k] : double.NaN;
        }

        var status = state.Status == ConvergenceStatus.Converged && (solver.Repaired is not null || kernel.IsAtBound)
            ? ConvergenceStatus.Boundary
            : state.Status;
        return new GeeFit(data, options, new GeeSolution
        {
            Coefficients = coefficients,
            Scale = scale,
            Alpha = alpha,
            Correlation = solver.Correlated ? [.. kernel.Numbers] : null,
            Scores = scores,
            Information = information,
            Bread = bread,
            Convergence = new Convergence(status, state.Passes, state.Criterion, options.Tolerances.Equations, state.Message),
            Warnings = double.IsNaN(coefficients[0])
                ? FitWarnings.OfFailure(state.Message)
                : FitWarnings.Collect(data.CorrelationInput.Frame, options, state.Message, kernel.Note, solver.Repaired),
        });
    }

    private static double[] Undefined(int count)
    {
        var undefined = new double[count];
        Array.Fill(undefined, double.NaN);
        return undefined;
    }

    private static bool IsUndefined(ConvergenceStatus status, CorrelationKernel kernel, double[] bread) =>
        (status == ConvergenceStatus.NotFinite && double.IsNaN(bread[0]))
            || (status == ConvergenceStatus.NotPositiveDefinite && !kernel.IsEstimated);

    private static (double[] Information, double[] Inverse) Invert(ReadOnlySpan<double> lower, double scale)
    {
        var p = (int)Math.Sqrt(lower.Length);
        var full = new double[p * p];
        SpanMath.Divide(lower, scale, full);
        Dense.MirrorLower(full, p);
        var inverse = new double[p * p];
        if (!Cholesky.TryInvert(full, p, new double[p * p], inverse))
        {
            Array.Fill(inverse, double.NaN);
        }

        return (full, inverse);
    }
}

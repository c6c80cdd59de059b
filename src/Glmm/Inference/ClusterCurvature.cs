using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Inference;

/// <summary>The observed information of every cluster's log-likelihood, and what leaving a cluster out does to the estimates.</summary>
/// <remarks>See <see cref="LeaveOneOut"/>; clusters are those of the coarsest grouping.</remarks>
public static class ClusterCurvature
{
    /// <summary>Iᵢ of every cluster, K matrices m×m; rows and columns of parameters on their boundary are 0.</summary>
    /// <param name="fit">A fit with a covariance.</param>
    /// <exception cref="ArgumentException">The fit was made without a covariance.</exception>
    public static double[] Informations(GlmmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (fit.JointCovariance.IsEmpty)
        {
            throw new ArgumentException("The fit was made without a covariance.", nameof(fit));
        }

        var m = fit.ParameterCount;
        var likelihood = fit.Model.OpenUnpenalized(fit.Nodes, fit.Solution);
        fit.Model.Map.Jacobians(fit.Solution.Parameters, out var scaledByReported, out _);
        var moved = new double[m];
        return LeaveOneOut.Informations(fit.JointCovariance, fit.ClusterScores, (parameter, by, scores) =>
        {
            for (var l = 0; l < m; l++)
            {
                moved[l] = fit.Solution.Parameters[l] + (by * scaledByReported[(l * m) + parameter]);
            }

            likelihood.ClusterScores(moved, scores);
            fit.Model.Map.Jacobians(moved, out var jacobian, out _);
            Report(jacobian, scores);
        });
    }

    /// <summary>
    /// ψ̂ − ψ₍ᵢ₎ by one Newton step, K×m by rows: 0 for parameters on their boundary, and for the variances where the other clusters do not
    /// identify them; NaN where they do not identify the coefficients, and everywhere where a coefficient has no variance.
    /// </summary>
    /// <param name="fit">A fit with a covariance.</param>
    public static double[] Deletions(GlmmFit fit) =>
        LeaveOneOut.Changes(fit.JointCovariance, Informations(fit), fit.ClusterScores, fit.Coefficients.Length);

    /// <summary>Turns scores in the iteration's parameters into those in the reported ones, row by row.</summary>
    private static void Report(double[] scaledByReported, Span<double> scores)
    {
        var m = (int)Math.Sqrt(scaledByReported.Length);
        var row = new double[m];
        for (var start = 0; start < scores.Length; start += m)
        {
            Dense.MultiplyTransposed(scaledByReported, scores.Slice(start, m), row);
            row.CopyTo(scores[start..]);
        }
    }
}

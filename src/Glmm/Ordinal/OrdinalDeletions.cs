using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Ordinal;

/// <summary>What leaving a cluster out does to the estimates of a cumulative mixed model, by one Newton step and no second fit.</summary>
/// <remarks>See <see cref="LeaveOneOut"/>; clusters are the frame's.</remarks>
public static class OrdinalDeletions
{
    /// <summary>ψ̂ − ψ₍ᵢ₎, K×m by rows, as in <see cref="Inference.ClusterCurvature.Deletions"/>.</summary>
    /// <param name="fit">A fit with a covariance, whose random effects do not reach across the clusters.</param>
    /// <exception cref="ArgumentException">The fit has no covariance or no scores of clusters.</exception>
    public static double[] Of(OrdinalGlmmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (fit.JointCovariance.IsEmpty || fit.ClusterScores.IsEmpty || fit.Solution is not { } solution)
        {
            throw new ArgumentException("The fit has no covariance or no scores of clusters.", nameof(fit));
        }

        var m = fit.ParameterCount;
        var model = new OrdinalModel(fit.Frame, fit.Options);
        var likelihood = model.Open(fit.Nodes);
        likelihood.StartAt(solution.Modes);
        model.Map.Jacobians(solution.Parameters, out var scaledByReported, out _);
        double[] moved = new double[m], row = new double[m];
        var informations = LeaveOneOut.Informations(fit.JointCovariance, fit.ClusterScores, (parameter, by, scores) =>
        {
            for (var l = 0; l < m; l++)
            {
                moved[l] = solution.Parameters[l] + (by * scaledByReported[(l * m) + parameter]);
            }

            likelihood.ClusterScores(moved, scores);
            model.Map.Jacobians(moved, out var jacobian, out _);
            for (var start = 0; start < scores.Length; start += m)
            {
                Dense.MultiplyTransposed(jacobian, scores.Slice(start, m), row);
                row.CopyTo(scores[start..]);
            }
        });
        return LeaveOneOut.Changes(fit.JointCovariance, informations, fit.ClusterScores, fit.Layout.Count);
    }
}

using MarginalConditional.Data;
using MarginalConditional.Mixed;
using MarginalConditional.Mixed.Crossed;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Inference;

/// <summary>What leaving each cluster out does to the coefficients with the covariance parameters held: exact, and no second fit.</summary>
/// <remarks>
/// δ = (M − A_i)⁻¹u_i with M = XᵀV⁻¹X, and A_i = X_iᵀV_i⁻¹X_i and u_i = X_iᵀV_i⁻¹r_i of one cluster (Preisser and Qaqish 1996). With M⁻¹ =
/// CCᵀ that is C(I − S)⁻¹Cᵀu_i, S = CᵀA_iC: an eigenvalue of I − S that is 0 says that only this cluster tells the direction.
/// </remarks>
public static class ClusterDeletion
{
    /// <summary>Whether the clusters are independent, so that one can be left out: no crossed effect reaches across them.</summary>
    public static bool IsDefined(LmmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return !fit.Data.Hierarchy.IsCrossed
            || (fit.Data.Residual is null
                && CrossedClusters.Of(fit.Frame, fit.Data.Hierarchy.RowOrder, fit.Frame.RandomTerms).Length > 0);
    }

    /// <summary>Leaves out each group of the coarsest random effects, or without any each cluster of the frame.</summary>
    /// <param name="fit">The fit.</param>
    /// <exception cref="InputException">Crossed random effects reach across the clusters.</exception>
    public static DeletedClusters Of(LmmFit fit)
    {
        var scores = new ClusterScores(fit);
        var p = scores.Score.Length;
        var root = scores.Inverse.ToArray();
        Cholesky.TryFactor(root, p, out _, Cholesky.Definite);
        Dense.ClearUpper(root, p);
        var changes = new List<double>();
        scores.ForEach(() =>
        {
            var change = Change(scores, root, fit.Options.Tolerances.DeterminedDirection);
            fit.Data.Rows.BackSubstitute(change);
            changes.AddRange(change);
        });
        var information = new double[p * p];
        if (!Cholesky.TryInvert(fit.Covariance, p, new double[p * p], information))
        {
            Array.Fill(information, double.NaN);
        }

        var levels = fit.Data.Hierarchy.Levels;
        return new DeletedClusters(
            levels.Count == 0 || fit.Data.Hierarchy.IsCrossed ? ClusterList.Of(fit.Frame.Clusters) : ClusterList.Of(levels[0].Terms[0]),
            [.. changes],
            information);
    }

    /// <summary>C(I − S)⁻¹Cᵀu of the current cluster; not numbers where only it tells some direction.</summary>
    private static double[] Change(ClusterScores scores, double[] root, double determined)
    {
        var p = scores.Score.Length;
        double[] half = new double[p * p], s = new double[p * p], score = new double[p];
        Dense.Multiply(scores.Information, root, p, p, p, half);
        Dense.TransposeMultiply(root, half, p, p, p, s);
        Dense.Symmetrize(s, p);
        Dense.TransposeMultiply(root, scores.Score, p, p, 1, score);
        double[] values = new double[p], vectors = new double[p * p], turned = new double[p], change = new double[p];
        SymmetricEigen.Decompose(s, p, values, vectors);
        for (var k = 0; k < p; k++)
        {
            var vector = vectors.AsSpan(k * p, p);
            var left = 1 - values[k] > determined ? 1 - values[k] : double.NaN;
            Dense.AddScaled(Dense.Dot(vector, score) / left, vector, turned);
        }

        Dense.Multiply(root, turned, change);
        return change;
    }
}

using MarginalConditional.Lmm.Model;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Inference;

/// <summary>
/// The sandwich covariance of the coefficients: right when the mean is right, whatever the covariance over time is in truth.
/// </summary>
/// <remarks>
/// (XᵀV⁻¹X)⁻¹ Σ XᵀV⁻¹rrᵀV⁻¹X (XᵀV⁻¹X)⁻¹ over independent clusters (Liang and Zeger 1986; Verbeke and Molenberghs 2000, section 6.2.4). With
/// (XᵀV⁻¹X)⁻¹ = CCᵀ and S = CᵀX_iᵀV_i⁻¹X_iC, p×p, a correction of a cluster's residuals by (I − H)^(−d) is one of CᵀX_iᵀV_i⁻¹r_i by
/// (I − S)^(−d): no matrix is larger than p×p, whatever the size of a cluster.
/// </remarks>
internal sealed class ClusterSandwich
{
    private readonly double[] covariance;
    private readonly double[] toOriginal;
    private readonly Part[] parts;

    private ClusterSandwich(double[] covariance, double[] toOriginal, Part[] parts)
    {
        this.covariance = covariance;
        this.toOriginal = toOriginal;
        this.parts = parts;
    }

    /// <summary>The covariance of β, p×p.</summary>
    public ReadOnlySpan<double> Covariance => covariance;

    /// <summary>Computes the covariance.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="correction">The correction.</param>
    /// <param name="keepsParts">Whether degrees of freedom will be asked for.</param>
    public static ClusterSandwich Of(LmmFit fit, SandwichCorrection correction, bool keepsParts)
    {
        var scores = new ClusterScores(fit);
        var p = scores.Score.Length;
        var root = scores.Inverse.ToArray();
        Cholesky.TryFactor(root, p, out _, Cholesky.Definite);
        Dense.ClearUpper(root, p);
        var meat = new double[p * p];
        var parts = new List<Part>();
        scores.ForEach(() =>
        {
            var part = Turn(scores, root, correction, (keepsParts, fit.Options.Tolerances.DeterminedDirection), meat);
            if (keepsParts)
            {
                parts.Add(part!);
            }
        });
        Dense.MirrorLower(meat, p);
        var toOriginal = ToOriginal(fit.Data.Rows, root);
        var (half, covariance) = (new double[meat.Length], new double[meat.Length]);
        Dense.Multiply(toOriginal, meat, p, p, p, half);
        Dense.MultiplyTranspose(half, toOriginal, p, p, p, covariance);
        return new ClusterSandwich(covariance, toOriginal, [.. parts]);
    }

    /// <summary>Satterthwaite's degrees of freedom of a contrast's variance under the model's covariance.</summary>
    /// <remarks>
    /// Bell and McCaffrey (2002); Pustejovsky and Tipton (2018), section 3: (ΣG_ii)² / ΣG_ij². In the whitened rows G = diag(w_iᵀS_iw_i) −
    /// TTᵀ with w_i = (I − S_i)^(−d)Cᵀc and rows S_iw_i of T, since ΣS_i = I.
    /// </remarks>
    public double DegreesOfFreedom(ReadOnlySpan<double> contrast)
    {
        var p = contrast.Length;
        var c = new double[p];
        for (var i = 0; i < p; i++)
        {
            Dense.AddScaled(contrast[i], toOriginal.AsSpan(i * p, p), c);
        }

        var (trace, squares) = (0.0, 0.0);
        var cross = new double[p * p];
        var t = new double[p];
        foreach (var part in parts)
        {
            Array.Clear(t);
            var (diagonal, length) = (0.0, 0.0);
            for (var k = 0; k < p; k++)
            {
                var vector = part.Vectors.AsSpan(k * p, p);
                var w = part.Factors[k] * Dense.Dot(vector, c);
                var s = part.Values[k];
                diagonal += s * w * w;
                length += s * s * w * w;
                Dense.AddScaled(s * w, vector, t);
            }

            trace += diagonal - length;
            squares += (diagonal * diagonal) - (2 * diagonal * length);
            for (var i = 0; i < p; i++)
            {
                Dense.AddScaled(t[i], t, cross.AsSpan(i * p, p));
            }
        }

        squares += Dense.Dot(cross, cross);
        return squares > 0 ? trace * trace / squares : double.NaN;
    }

    /// <summary>Adds one cluster's corrected score to the meat, in the metric in which the coefficients are independent.</summary>
    private static Part? Turn(
        ClusterScores scores,
        double[] root,
        SandwichCorrection correction,
        (bool Parts, double Determined) how,
        double[] meat)
    {
        var p = scores.Score.Length;
        var (half, s) = (new double[p * p], new double[p * p]);
        Dense.Multiply(scores.Information, root, p, p, p, half);
        Dense.TransposeMultiply(root, half, p, p, p, s);
        Dense.Symmetrize(s, p);
        var score = new double[p];
        Dense.TransposeMultiply(root, scores.Score, p, p, 1, score);
        if (correction == SandwichCorrection.None && !how.Parts)
        {
            Dense.AddCrossProduct(score, 1, p, meat);
            return null;
        }

        var (values, vectors, factors) = (new double[p], new double[p * p], new double[p]);
        SymmetricEigen.Decompose(s, p, values, vectors);
        var corrected = new double[p];
        for (var k = 0; k < p; k++)
        {
            var vector = vectors.AsSpan(k * p, p);
            factors[k] = 1 - values[k] > how.Determined ? correction.Factor(1 - values[k]) : 0;
            Dense.AddScaled(factors[k] * Dense.Dot(vector, score), vector, corrected);
        }

        Dense.AddCrossProduct(corrected, 1, p, meat);
        return new Part(values, vectors, factors);
    }

    /// <summary>R⁻¹C: from the metric in which the coefficients are independent to the coefficients of X.</summary>
    private static double[] ToOriginal(WorkingRows rows, double[] root)
    {
        var p = rows.FixedEffects;
        var (column, result) = (new double[p], new double[p * p]);
        for (var j = 0; j < p; j++)
        {
            for (var i = 0; i < p; i++)
            {
                column[i] = root[(i * p) + j];
            }

            rows.BackSubstitute(column);
            for (var i = 0; i < p; i++)
            {
                result[(i * p) + j] = column[i];
            }
        }

        return result;
    }

    /// <summary>One cluster: the eigenvalues and eigenvectors (rows) of S, and what its residuals are multiplied by along them.</summary>
    private sealed record Part(double[] Values, double[] Vectors, double[] Factors);
}

using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Covariance;

/// <summary>The pieces that sandwich estimators share.</summary>
internal static class Sandwich
{
    /// <summary>B ΣU_iU_iᵀ B.</summary>
    /// <param name="bread">B, p×p.</param>
    /// <param name="scores">U_i, K×p by rows.</param>
    public static double[] FromScores(ReadOnlySpan<double> bread, ReadOnlySpan<double> scores)
    {
        var p = (int)Math.Sqrt(bread.Length);
        var meat = Meat(scores, p);
        var result = new double[p * p];
        Dense.Sandwich(bread, meat, p, p, new double[p * p], result);
        return result;
    }

    /// <summary>ΣU_iU_iᵀ, p×p.</summary>
    public static double[] Meat(ReadOnlySpan<double> scores, int p)
    {
        var meat = new double[p * p];
        for (var start = 0; start < scores.Length; start += p)
        {
            Dense.RankOneUpdateLower(1, scores.Slice(start, p), meat);
        }

        Dense.MirrorLower(meat, p);
        return meat;
    }
}

using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Equations;

/// <summary>The pieces that sandwich estimators share.</summary>
internal static class Sandwich
{
    /// <summary>B ΣU_iU_iᵀ B.</summary>
    /// <param name="bread">B, p×p.</param>
    /// <param name="scores">U_i, K×p by rows.</param>
    public static double[] FromScores(ReadOnlySpan<double> bread, ReadOnlySpan<double> scores)
    {
        var p = (int)Math.Sqrt(bread.Length);
        return FromMeat(bread, Meat(scores, p));
    }

    /// <summary>BU_i for every cluster, K×p by rows.</summary>
    /// <param name="bread">B, p×p.</param>
    /// <param name="scores">U_i, K×p by rows.</param>
    public static double[] Influences(ReadOnlySpan<double> bread, ReadOnlySpan<double> scores)
    {
        var p = (int)Math.Sqrt(bread.Length);
        var influences = new double[scores.Length];
        for (var start = 0; start < scores.Length; start += p)
        {
            Dense.Multiply(bread, scores.Slice(start, p), influences.AsSpan(start, p));
        }

        return influences;
    }

    /// <summary>B S B for a symmetric S.</summary>
    public static double[] FromMeat(ReadOnlySpan<double> bread, ReadOnlySpan<double> meat)
    {
        var p = (int)Math.Sqrt(bread.Length);
        var result = new double[p * p];
        Dense.Sandwich(bread, meat, p, p, new double[p * p], result);
        return result;
    }

    /// <summary>(K − m)/K Σδδᵀ of the changes by deletion, K×p by rows; undefined when K ≤ m.</summary>
    /// <param name="changes">δ of each cluster.</param>
    /// <param name="p">The number of coefficients.</param>
    /// <param name="parameters">m, the number of parameters: p, or more where others are counted.</param>
    public static double[] Jackknife(double[] changes, int p, int parameters)
    {
        var clusters = changes.Length / p;
        if (clusters <= parameters)
        {
            return Undefined(p);
        }

        var covariance = Meat(changes, p);
        var factor = (double)(clusters - parameters) / clusters;
        for (var j = 0; j < covariance.Length; j++)
        {
            covariance[j] *= factor;
        }

        return covariance;
    }

    /// <summary>The roots of the diagonal, p values.</summary>
    /// <param name="covariance">p×p.</param>
    public static double[] StandardErrors(ReadOnlySpan<double> covariance)
    {
        var errors = new double[(int)Math.Sqrt(covariance.Length)];
        for (var j = 0; j < errors.Length; j++)
        {
            errors[j] = Math.Sqrt(covariance[(j * errors.Length) + j]);
        }

        return errors;
    }

    /// <summary>A p×p matrix of NaN: the estimator does not exist for these data.</summary>
    public static double[] Undefined(int p)
    {
        var result = new double[p * p];
        Array.Fill(result, double.NaN);
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

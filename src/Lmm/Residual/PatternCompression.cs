using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Residual;

/// <summary>Replaces the many subjects of a pattern by few rows with the same moments.</summary>
/// <remarks>
/// A subject's rows B (n×d) enter the likelihood through Σ BᵀC⁻¹B alone, which is linear in Σ vec(B)vec(B)ᵀ. A pivoted Cholesky
/// factor of that matrix has as many columns as the designs differ (for a trial: arms, covariates and the response), and each
/// column, laid out as n×d, serves as a subject. An iteration then costs the same for five thousand patients as for fifty.
/// </remarks>
internal static class PatternCompression
{
    /// <summary>Fewer subjects than this are kept as they are.</summary>
    private const int MinimumSubjects = 16;

    /// <summary>What is left of a column's variance below which it is rounding error.</summary>
    private const double Tolerance = 1e-15;

    /// <summary>The new rows, block starts, and the pattern of each block.</summary>
    public static (double[] Rows, int[] Starts, int[] Patterns) Compress(ResidualModel model)
    {
        var rows = new List<double>();
        var starts = new List<int> { 0 };
        var patterns = new List<int>();
        var byPattern = new List<int>[model.Layout.Patterns.Count];
        for (var block = 0; block < model.BlockPatterns.Length; block++)
        {
            (byPattern[model.BlockPatterns[block]] ??= []).Add(block);
        }

        for (var index = 0; index < byPattern.Length; index++)
        {
            var size = model.Layout.Patterns[index].Size;
            var length = size * model.Width;
            var factor = byPattern[index].Count >= MinimumSubjects ? Factor(model, byPattern[index], length) : null;
            if (factor is null || factor.Count >= byPattern[index].Count)
            {
                factor = byPattern[index].ConvertAll(block => model.Rows.AsSpan(model.BlockStarts[block] * model.Width, length).ToArray());
            }

            foreach (var subject in factor)
            {
                rows.AddRange(subject);
                patterns.Add(index);
                starts.Add(starts[^1] + size);
            }
        }

        return ([.. rows], [.. starts], [.. patterns]);
    }

    private static List<double[]> Factor(ResidualModel model, List<int> blocks, int length)
    {
        var gram = new double[length * length];
        foreach (var block in blocks)
        {
            Dense.AddCrossProduct(model.Rows.AsSpan(model.BlockStarts[block] * model.Width, length), 1, length, gram);
        }

        Dense.MirrorLower(gram, length);
        var scale = new double[length];
        var left = new double[length];
        for (var i = 0; i < length; i++)
        {
            scale[i] = gram[(i * length) + i];
            left[i] = scale[i] > 0 ? 1 : 0;
        }

        var columns = new List<double[]>();
        while (columns.Count < Math.Min(length, blocks.Count))
        {
            var pivot = 0;
            for (var i = 1; i < length; i++)
            {
                pivot = left[i] > left[pivot] ? i : pivot;
            }

            if (!(left[pivot] > Tolerance * length))
            {
                break;
            }

            var column = gram.AsSpan(pivot * length, length).ToArray();
            foreach (var earlier in columns)
            {
                Dense.AddScaled(-earlier[pivot], earlier, column);
            }

            var root = Math.Sqrt(column[pivot]);
            if (!(root > 0))
            {
                break;
            }

            for (var i = 0; i < length; i++)
            {
                column[i] = left[i] > 0 ? column[i] / root : 0;
                left[i] -= scale[i] > 0 ? column[i] * column[i] / scale[i] : 0;
            }

            left[pivot] = 0;
            columns.Add(column);
        }

        return columns;
    }
}

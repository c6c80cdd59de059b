using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Lmm.Model;

/// <summary>Replaces the columns of Z by others that span the same and are well conditioned: Z̃ = ZT.</summary>
/// <remarks>
/// Correlated effects b = Tb̃ have covariance TD̃Tᵀ, so nothing but the parameters changes: intercept and slope of a covariate far from
/// zero are hardly told apart as they stand, and easily after the change. Uncorrelated effects are scaled, which keeps D diagonal.
/// </remarks>
internal static class RandomBasis
{
    /// <summary>Columns of which less than this share of the squared length is their own are scaled only.</summary>
    private const double NearlySingular = 1e-10;

    /// <summary>Changes the columns in place.</summary>
    /// <returns>T of each level, q×q, block diagonal over terms.</returns>
    public static double[][] Apply(GroupHierarchy hierarchy, Span<double> values, int n, int width)
    {
        var transforms = new double[hierarchy.Levels.Count][];
        var column = 0;
        for (var level = hierarchy.Levels.Count - 1; level >= 0; level--)
        {
            var q = hierarchy.Levels[level].Dimension;
            transforms[level] = new double[q * q];
            var offset = 0;
            foreach (var term in hierarchy.Levels[level].Terms)
            {
                var starts = Starts(hierarchy, term, hierarchy.Levels[level].IsSpread, n, width, column + offset);
                var inverse = Apply(term, values, n, starts);
                var copies = hierarchy.Levels[level].IsSpread ? term.GroupCount : 1;
                for (var copy = 0; copy < copies; copy++, offset += term.Dimension)
                {
                    Place(inverse, term.Dimension, transforms[level], q, offset);
                }
            }

            column += q;
        }

        return transforms;
    }

    /// <summary>Where the term's columns of each row start: those of its own group when the groups stand side by side.</summary>
    private static int[] Starts(GroupHierarchy hierarchy, RandomTermDesign term, bool spread, int n, int width, int column)
    {
        var starts = new int[n];
        for (var i = 0; i < n; i++)
        {
            CancellationScope.Check(i);
            var row = hierarchy.RowOrder is { } order ? order[i] : i;
            starts[i] = (i * width) + column + (spread ? term.Groups[row] * term.Dimension : 0);
        }

        return starts;
    }

    /// <summary>Changes one term's columns; returns L⁻¹ with ZᵀZ/n = LLᵀ (T = L⁻ᵀ).</summary>
    private static double[] Apply(RandomTermDesign term, Span<double> values, int n, int[] starts)
    {
        var own = term.Dimension;
        var gram = new double[own * own];
        for (var i = 0; i < n; i++)
        {
            CancellationScope.Check(i);
            Dense.AddCrossProduct(values.Slice(starts[i], own), 1, own, gram);
        }

        foreach (ref var value in gram.AsSpan())
        {
            value /= n;
        }

        var factor = (double[])gram.Clone();
        if (!term.Correlated || !Cholesky.TryFactor(factor, own, out _, NearlySingular))
        {
            Array.Clear(factor);
            for (var j = 0; j < own; j++)
            {
                factor[(j * own) + j] = gram[(j * own) + j] > 0 ? Math.Sqrt(gram[(j * own) + j]) : 1;
            }
        }

        var inverse = new double[own * own];
        Cholesky.InvertFactor(factor, own, inverse);
        for (var i = 0; i < n; i++)
        {
            CancellationScope.Check(i);
            var row = values.Slice(starts[i], own);
            for (var j = own - 1; j >= 0; j--)
            {
                row[j] = Dense.Dot(inverse.AsSpan(j * own, j + 1), row[..(j + 1)]);
            }
        }

        return inverse;
    }

    private static void Place(double[] inverse, int own, double[] transform, int q, int offset)
    {
        for (var i = 0; i < own; i++)
        {
            for (var j = 0; j < own; j++)
            {
                transform[((offset + i) * q) + offset + j] = inverse[(j * own) + i];
            }
        }
    }
}

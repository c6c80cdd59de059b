using MarginalConditional.Lmm.Model;
using MarginalConditional.Lmm.Residual;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests.Hierarchy;

/// <summary>The slow twin of prepared data: W = V/σ² of all working rows, and the designs it is made of, as dense matrices.</summary>
internal sealed class DenseWorking(LinearMixedData data)
{
    private readonly int n = data.Rows.Rows;

    /// <summary>[X̃, ỹ].</summary>
    public Matrix<double> Fixed => Columns(data.Rows.RandomEffects, data.Rows.FixedEffects + 1);

    /// <summary>X̃.</summary>
    public Matrix<double> Design => Columns(data.Rows.RandomEffects, data.Rows.FixedEffects);

    /// <summary>W under parameters.</summary>
    public Matrix<double> Covariance(double[] theta)
    {
        var w = Residual(theta.AsSpan(data.RandomParameters));
        var start = 0;
        foreach (var (level, z) in Levels())
        {
            var lambda = new double[level.Dimension * level.Dimension];
            level.Factor.Fill(theta.AsSpan(start, level.Factor.Parameters), lambda);
            var factor = Matrix<double>.Build.DenseOfRowMajor(level.Dimension, level.Dimension, lambda);
            foreach (var group in z)
            {
                w += group * factor * factor.Transpose() * group.Transpose();
            }

            start += level.Factor.Parameters;
        }

        return w;
    }

    /// <summary>The derivatives of V by the entries of each level's D, the coarsest first.</summary>
    public IEnumerable<Matrix<double>> Derivatives()
    {
        foreach (var (level, z) in Levels())
        {
            for (var k = 0; k < level.Factor.Parameters; k++)
            {
                var e = Matrix<double>.Build.Dense(level.Dimension, level.Dimension);
                for (var copy = 0; copy < level.Factor.Copies(k); copy++)
                {
                    var (row, column) = level.Factor.Place(k, copy);
                    (e[row, column], e[column, row]) = (1, 1);
                }

                yield return z.Aggregate(Matrix<double>.Build.Dense(n, n), (sum, group) => sum + (group * e * group.Transpose()));
            }
        }
    }

    /// <summary>Each level with Z of each of its groups, zero outside the group.</summary>
    public IEnumerable<(GroupLevel Level, IReadOnlyList<Matrix<double>> Designs)> Levels()
    {
        var levels = data.Hierarchy.Levels;
        for (var l = 0; l < levels.Count; l++)
        {
            var column = levels.Skip(l + 1).Sum(finer => finer.Dimension);
            var offsets = levels[l].ChildOffsets;
            foreach (var finer in levels.Skip(l + 1))
            {
                offsets = Array.ConvertAll(offsets, child => finer.ChildOffsets[child]);
            }

            var own = Columns(column, levels[l].Dimension);
            var designs = Enumerable.Range(0, levels[l].Groups)
                .Select(g => own.MapIndexed((i, _, value) => i >= offsets[g] && i < offsets[g + 1] ? value : 0));
            yield return (levels[l], [.. designs]);
        }
    }

    /// <summary>C of all rows.</summary>
    private Matrix<double> Residual(ReadOnlySpan<double> theta)
    {
        if (data.Residual is not { } residual)
        {
            return Matrix<double>.Build.DenseIdentity(n);
        }

        var (c, layout) = (Matrix<double>.Build.Dense(n, n), residual.Layout);
        for (var block = 0; block < layout.BlockPatterns.Length; block++)
        {
            var pattern = layout.Patterns[layout.BlockPatterns[block]];
            var full = Full(residual, pattern.Group, theta);
            for (var i = 0; i < pattern.Size; i++)
            {
                for (var j = 0; j < pattern.Size; j++)
                {
                    c[layout.BlockStarts[block] + i, layout.BlockStarts[block] + j] =
                        full[(pattern.Ranks[i] * layout.Waves) + pattern.Ranks[j]];
                }
            }
        }

        return c;
    }

    private static double[] Full(ResidualModel residual, int group, ReadOnlySpan<double> theta)
    {
        var ratio = residual.Ratio(group, theta);
        var full = new double[residual.Layout.Waves * residual.Layout.Waves];
        residual.Shape.Fill(
            residual.Shape.ToNatural(residual.Own(group, theta), residual.Layout.Waves, ratio * ratio),
            residual.Layout.Times,
            full);
        return full;
    }

    private Matrix<double> Columns(int first, int count) =>
        Matrix<double>.Build.Dense(n, count, (i, j) => data.Rows.Values[(i * data.Rows.Width) + first + j]);
}

using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Hierarchy;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Predictions;

/// <summary>Nested effects: the joint covariance of a group's effects and those of the groups it lies in, from the coarsest down.</summary>
internal sealed class NestedPosterior : EffectPosterior
{
    private readonly LinearMixedLikelihood likelihood;
    private readonly KnownGroups groupsOfTerms;
    private readonly int p;
    private readonly int[][] groups;
    private readonly Dictionary<(int Level, int Group), Moments> known = [];

    public NestedPosterior(LmmFit fit, LinearMixedLikelihood likelihood)
    {
        groupsOfTerms = new KnownGroups(fit.Frame.RandomTerms);
        this.likelihood = likelihood;
        p = likelihood.Root.Coefficients.Length;
        groups =
        [
            .. likelihood.Data.Hierarchy.Levels.Select(level =>
            {
                var internalGroups = new int[level.Terms[0].GroupCount];
                for (var g = 0; g < level.Groups && !level.IsSpread; g++)
                {
                    internalGroups[level.Terms[0].Groups[level.FirstRows[g]]] = g;
                }

                return internalGroups;
            }),
        ];
    }

    public override (double Variance, double[] Slope) Of(NewRow row)
    {
        var levels = likelihood.Data.Hierarchy.Levels;
        var (deepest, group) = (-1, 0);
        for (var level = 0; level < levels.Count; level++)
        {
            if (levels[level].IsSpread)
            {
                (deepest, group) = (level, 0);
            }
            else if (GroupOf(row, level) is >= 0 and var own)
            {
                if (level > 0 && !levels[level - 1].IsSpread)
                {
                    groupsOfTerms.RequireWithin(
                        row, groupsOfTerms.IndexOf(levels[level].Terms[0]), groupsOfTerms.IndexOf(levels[level - 1].Terms[0]));
                }

                (deepest, group) = (level, own);
            }
        }

        return deepest < 0 ? (0, new double[p]) : Along(row, deepest, group);
    }

    private (double Variance, double[] Slope) Along(NewRow row, int deepest, int group)
    {
        var levels = likelihood.Data.Hierarchy.Levels;
        var moments = At(deepest, group);
        var loading = new double[moments.Size];
        var at = 0;
        for (var level = deepest; level >= 0; level--)
        {
            var q = levels[level].Dimension;
            AddLoading(row, level, loading.AsSpan(at, q));
            at += q;
        }

        var slope = new double[p];
        for (var i = 0; i < loading.Length; i++)
        {
            Dense.AddScaled(loading[i], moments.Slope.AsSpan(i * p, p), slope);
        }

        return (Dense.QuadraticForm(moments.Covariance, loading), likelihood.Data.Rows.SlopeToOriginal(slope));
    }

    /// <summary>Tᵀz of a level's effects: z in the basis in which the effects were eliminated.</summary>
    private void AddLoading(NewRow row, int level, Span<double> loading)
    {
        var own = likelihood.Data.Hierarchy.Levels[level];
        var transform = likelihood.Data.Rows.Transform(level);
        var q = own.Dimension;
        var offset = 0;
        foreach (var term in own.Terms)
        {
            var t = groupsOfTerms.IndexOf(term);
            var start = offset + (own.IsSpread ? Math.Max(0, row.Groups[t]) * term.Dimension : 0);
            for (var a = 0; a < term.Dimension && row.Groups[t] >= 0; a++)
            {
                Dense.AddScaled(row.Effects[t][a], transform.Slice((start + a) * q, q), loading);
            }

            offset += term.Dimension * (own.IsSpread ? term.GroupCount : 1);
        }
    }

    /// <summary>The level's own number of the row's group; −1 when it was not fitted.</summary>
    private int GroupOf(NewRow row, int level)
    {
        var term = row.Groups[groupsOfTerms.IndexOf(likelihood.Data.Hierarchy.Levels[level].Terms[0])];
        return term < 0 ? -1 : groups[level][term];
    }

    /// <summary>
    /// Given everything coarser the effects are −Tᵀ(ancestors, β̃) + a constant with covariance σ²H: their joint covariance and derivative.
    /// </summary>
    private Moments At(int level, int group)
    {
        if (known.TryGetValue((level, group), out var found))
        {
            return found;
        }

        var own = likelihood.Data.Hierarchy.Levels[level];
        var above = level == 0 ? new Moments(0, [], []) : At(level - 1, own.Parents[group]);
        var (q, size) = (own.Dimension, own.Dimension + above.Size);
        var inner = likelihood.Sweep.Inner(level, group);
        var gain = likelihood.Sweep.Gain(level, group);
        var (covariance, slope) = (new double[size * size], new double[size * p]);
        above.Slope.CopyTo(slope, q * p);
        for (var a = 0; a < q; a++)
        {
            var row = slope.AsSpan(a * p, p);
            for (var j = 0; j < p; j++)
            {
                row[j] = -gain[((above.Size + j) * q) + a];
            }

            for (var i = 0; i < above.Size; i++)
            {
                Dense.AddScaled(-gain[(i * q) + a], above.Slope.AsSpan(i * p, p), row);
            }
        }

        var half = new double[above.Size * q];
        Dense.Multiply(above.Covariance, gain[..(above.Size * q)], above.Size, above.Size, q, half);
        for (var a = 0; a < q; a++)
        {
            for (var b = 0; b < q; b++)
            {
                var sum = likelihood.Scale * inner[(a * q) + b];
                for (var i = 0; i < above.Size; i++)
                {
                    sum += gain[(i * q) + a] * half[(i * q) + b];
                }

                covariance[(a * size) + b] = sum;
            }

            for (var i = 0; i < above.Size; i++)
            {
                covariance[((q + i) * size) + a] = -half[(i * q) + a];
                covariance[(a * size) + q + i] = -half[(i * q) + a];
            }
        }

        for (var i = 0; i < above.Size; i++)
        {
            above.Covariance.AsSpan(i * above.Size, above.Size).CopyTo(covariance.AsSpan(((q + i) * size) + q));
        }

        return known[(level, group)] = new Moments(size, covariance, slope);
    }

    /// <summary>A group's effects and those of the groups it lies in: their covariance given β, and their derivatives in β̃.</summary>
    private sealed record Moments(int Size, double[] Covariance, double[] Slope);
}

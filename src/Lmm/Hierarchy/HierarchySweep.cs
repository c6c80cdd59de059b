using MarginalConditional.Lmm.Model;
using MarginalConditional.Lmm.Residual;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Lmm.Hierarchy;

/// <summary>
/// The elimination of all random effects from the finest level to the coarsest, and the reverse sweep for the derivatives.
/// </summary>
/// <remarks>
/// An evaluation costs O(groups), not O(rows). A group keeps the products of its own effects with everything coarser, no more: the rest of
/// its moments reaches the root as it is, where what rows without a residual structure have of it is summed once
/// (<see cref="AddPlain"/>), so that an evaluation only takes from it.
/// </remarks>
internal sealed class HierarchySweep
{
    private readonly IReadOnlyList<GroupLevel> levels;
    private readonly WorkingRows rows;
    private readonly int[] topOffsets;
    private readonly ResidualFactors? residual;
    private readonly int[]? leafBlocks;
    private readonly double[][] plain;
    private readonly double[][] columns;
    private readonly double[][] inner;
    private readonly double[][] gain;
    private readonly double[][] lambda;
    private readonly int[] rest;

    /// <summary>Allocates, and computes what does not depend on parameters.</summary>
    /// <param name="data">The levels and the rows.</param>
    /// <param name="topOffsets">Where the rows of each top-level group start.</param>
    /// <param name="residual">The residual covariance, or null for independent residuals of one variance.</param>
    public HierarchySweep(LinearMixedData data, int[] topOffsets, ResidualFactors? residual)
    {
        levels = data.Hierarchy.Levels;
        rows = data.Rows;
        this.topOffsets = topOffsets;
        this.residual = residual;
        var count = levels.Count;
        plain = new double[count][];
        columns = new double[count][];
        inner = new double[count][];
        gain = new double[count][];
        lambda = new double[count][];
        rest = new int[count];
        var coarser = rows.FixedEffects + 1;
        RootSize = coarser;
        for (var level = 0; level < count; level++)
        {
            var (q, groups) = (levels[level].Dimension, levels[level].Groups);
            rest[level] = coarser;
            coarser += q;
            plain[level] = residual is null ? new double[groups * coarser * q] : [];
            columns[level] = residual is null && level == count - 1 ? plain[level] : new double[groups * coarser * q];
            inner[level] = new double[groups * q * q];
            gain[level] = new double[groups * rest[level] * q];
            lambda[level] = new double[q * q];
        }

        if (residual is not null && count > 0)
        {
            leafBlocks = BlocksOfLeaves(levels[^1].ChildOffsets, residual.Model.BlockStarts);
        }
        else if (count > 0)
        {
            FillPlain();
        }
    }

    /// <summary>p + 1, the order of the moments that are left at the root.</summary>
    public int RootSize { get; }

    /// <summary>Λ of a level under the current parameters.</summary>
    public ReadOnlySpan<double> Lambda(int level) => lambda[level];

    /// <summary>H = Λ(ΛᵀS_zzΛ + I)⁻¹Λᵀ of a group: its effects' conditional covariance over σ², given everything coarser.</summary>
    public ReadOnlySpan<double> Inner(int level, int group)
    {
        var q = levels[level].Dimension;
        return inner[level].AsSpan(group * q * q, q * q);
    }

    /// <summary>T of a group, r×q: the regression of its effects on everything coarser.</summary>
    public ReadOnlySpan<double> Gain(int level, int group)
    {
        var size = levels[level].Dimension * rest[level];
        return gain[level].AsSpan(group * size, size);
    }

    /// <summary>Sets Λ of every level from the parameters.</summary>
    public void SetFactors(ReadOnlySpan<double> theta)
    {
        var start = 0;
        for (var level = 0; level < levels.Count; level++)
        {
            levels[level].Factor.Fill(theta.Slice(start, levels[level].Factor.Parameters), lambda[level]);
            start += levels[level].Factor.Parameters;
        }
    }

    /// <summary>
    /// Adds the moments of the fixed effects and the response over the rows of some top-level groups, without any effect; nothing where a
    /// residual structure has to whiten them first.
    /// </summary>
    /// <param name="first">The first top-level group.</param>
    /// <param name="last">One past the last.</param>
    /// <param name="target">p + 1 square, lower triangle.</param>
    public void AddPlain(int first, int last, Span<double> target)
    {
        if (residual is not null)
        {
            return;
        }

        for (var row = topOffsets[first]; row < topOffsets[last]; row++)
        {
            CancellationScope.Check(row);
            Dense.RankOneUpdateLower(1, rows.Values.AsSpan(((row + 1) * rows.Width) - RootSize, RootSize), target);
        }
    }

    /// <summary>Eliminates the effects of some top-level groups.</summary>
    /// <param name="first">The first top-level group.</param>
    /// <param name="last">One past the last.</param>
    /// <param name="workspace">The thread's scratch; what the groups leave beside their plain moments is added to its root.</param>
    /// <returns>The sum of the log-determinants.</returns>
    public double Forward(int first, int last, SweepWorkspace workspace)
    {
        if (levels.Count == 0)
        {
            residual?.AddMoments(first, last, workspace.Root, workspace.Residual!.Whitened);
            return 0;
        }

        var logDeterminant = 0.0;
        for (var group = first; group < last; group++)
        {
            CancellationScope.Check(group);
            logDeterminant += Ascend(0, group, workspace.Root, workspace);
        }

        return logDeterminant;
    }

    /// <summary>Adds what one top-level group leaves at the root (p + 1 square, lower triangle).</summary>
    public void AddReduced(int group, Span<double> target, SweepWorkspace workspace)
    {
        AddPlain(group, group + 1, target);
        Ascend(0, group, target, workspace);
    }

    /// <summary>Adds the derivatives of some top-level groups by Ψ of every level and by the residual covariance.</summary>
    /// <param name="first">The first top-level group.</param>
    /// <param name="last">One past the last.</param>
    /// <param name="rootAdjoint">The derivative by the root's moments, full.</param>
    /// <param name="workspace">The thread's scratch and sums.</param>
    public void Backward(int first, int last, ReadOnlySpan<double> rootAdjoint, SweepWorkspace workspace)
    {
        if (levels.Count == 0)
        {
            residual?.AddAdjoint(first, last, rootAdjoint, workspace.Residual!);
        }
        else
        {
            for (var group = first; group < last; group++)
            {
                CancellationScope.Check(group);
                Descend(0, group, rootAdjoint, workspace);
            }
        }

        workspace.Residual?.Close(residual!);
    }

    /// <summary>Every group's products over its rows, without any effect.</summary>
    private void FillPlain()
    {
        var starts = levels[^1].ChildOffsets;
        for (var (level, offset) = (levels.Count - 1, 0); level >= 0; level--)
        {
            var q = levels[level].Dimension;
            var d = q + rest[level];
            for (var group = 0; group < levels[level].Groups; group++)
            {
                CancellationScope.Check(group);
                var own = plain[level].AsSpan(group * d * q, d * q);
                for (var row = starts[group]; row < starts[group + 1]; row++)
                {
                    var values = rows.Values.AsSpan((row * rows.Width) + offset, d);
                    Dense.RankOneUpdate(1, values, values[..q], own);
                }
            }

            offset += q;
            starts = level == 0 ? starts : Array.ConvertAll(levels[level - 1].ChildOffsets, child => starts[child]);
        }
    }

    /// <summary>Eliminates the effects below a group and its own, and adds to its parent's moments what it leaves beside plain ones.</summary>
    private double Ascend(int level, int group, Span<double> parent, SweepWorkspace workspace)
    {
        var (q, r) = (levels[level].Dimension, rest[level]);
        var d = q + r;
        var own = columns[level].AsSpan(group * d * q, d * q);
        var logDeterminant = 0.0;
        if (workspace.Moments(level) is { Length: > 0 } moments)
        {
            moments.Clear();
            logDeterminant = AddBelow(level, group, moments, workspace);
            LevelKernel.Split(moments, q, r, residual is null ? plain[level].AsSpan(group * d * q, d * q) : [], own, parent);
        }

        return logDeterminant + LevelKernel.Eliminate(
            own,
            q,
            r,
            lambda[level],
            inner[level].AsSpan(group * q * q, q * q),
            gain[level].AsSpan(group * r * q, r * q),
            parent,
            workspace.Scratch);
    }

    /// <summary>Adds what a group's children leave, or its whitened rows where it has none.</summary>
    private double AddBelow(int level, int group, Span<double> moments, SweepWorkspace workspace)
    {
        if (level == levels.Count - 1)
        {
            residual!.AddMoments(leafBlocks![group], leafBlocks[group + 1], moments, workspace.Residual!.Whitened);
            return 0;
        }

        var (children, logDeterminant) = (levels[level].ChildOffsets, 0.0);
        for (var child = children[group]; child < children[group + 1]; child++)
        {
            CancellationScope.Check(child);
            logDeterminant += Ascend(level + 1, child, moments, workspace);
        }

        return logDeterminant;
    }

    private void Descend(int level, int group, ReadOnlySpan<double> adjoint, SweepWorkspace workspace)
    {
        var (q, r) = (levels[level].Dimension, rest[level]);
        var d = q + r;
        LevelKernel.AddDerivative(
            columns[level].AsSpan(group * d * q, d * q),
            q,
            r,
            Inner(level, group),
            Gain(level, group),
            adjoint,
            workspace.Derivative(level),
            workspace.Scratch);
        var leaf = level == levels.Count - 1;
        if (leaf && residual is null)
        {
            return;
        }

        var own = workspace.Adjoint(level);
        LevelKernel.Descend(q, r, Inner(level, group), Gain(level, group), adjoint, own, workspace.Scratch);
        if (leaf)
        {
            residual!.AddAdjoint(leafBlocks![group], leafBlocks[group + 1], own, workspace.Residual!);
            return;
        }

        var children = levels[level].ChildOffsets;
        for (var child = children[group]; child < children[group + 1]; child++)
        {
            Descend(level + 1, child, own, workspace);
        }
    }

    private static int[] BlocksOfLeaves(int[] leafRows, int[] blockStarts)
    {
        var result = new int[leafRows.Length];
        var block = 0;
        for (var g = 0; g < leafRows.Length; g++)
        {
            while (blockStarts[block] < leafRows[g])
            {
                block++;
            }

            result[g] = block;
        }

        return result;
    }
}

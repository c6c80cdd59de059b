using MarginalConditional.Lmm.Model;
using MarginalConditional.Lmm.Residual;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Lmm.Hierarchy;

/// <summary>
/// The elimination of all random effects from the finest level to the coarsest, and the reverse sweep for the derivatives.
/// </summary>
/// <remarks>
/// With independent residuals an evaluation costs O(groups), not O(rows). A group keeps what its own effects explain of everything coarser
/// (<see cref="OwnColumns"/>), no more. What they do not explain needs no parameter where residuals are independent: it is summed once, for
/// every level above and for the root (<see cref="Open"/>).
/// </remarks>
internal sealed class HierarchySweep
{
    private readonly IReadOnlyList<GroupLevel> levels;
    private readonly WorkingRows rows;
    private readonly ResidualFactors? residual;
    private readonly int[]? leafBlocks;
    private readonly double[][] plain;
    private readonly double[][] columns;
    private readonly double[][] inner;
    private readonly double[][] gain;
    private readonly double[][] lambda;
    private readonly int[] rest;

    /// <summary>Allocates.</summary>
    /// <param name="data">The levels and the rows.</param>
    /// <param name="residual">The residual covariance, or null for independent residuals of one variance.</param>
    public HierarchySweep(LinearMixedData data, ResidualFactors? residual)
    {
        levels = data.Hierarchy.Levels;
        rows = data.Rows;
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
            plain[level] = new double[residual is null && level < count - 1 ? groups * coarser * q : 0];
            columns[level] = new double[groups * coarser * q];
            inner[level] = new double[groups * q * q];
            gain[level] = new double[groups * rest[level] * q];
            lambda[level] = new double[q * q];
        }

        if (residual is not null && count > 0)
        {
            leafBlocks = BlocksOfLeaves(levels[^1].ChildOffsets, residual.Model.BlockStarts);
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
    /// Prepares some top-level groups: computes what needs no parameter, and adds what of it is the root's. Nothing where a residual
    /// structure has to whiten the rows first.
    /// </summary>
    /// <param name="first">The first top-level group.</param>
    /// <param name="last">One past the last.</param>
    /// <param name="root">p + 1 square, lower triangle, added to.</param>
    /// <param name="workspace">The thread's scratch.</param>
    public void Open(int first, int last, Span<double> root, SweepWorkspace workspace)
    {
        if (residual is not null)
        {
            return;
        }

        if (levels.Count == 0)
        {
            for (var row = first; row < last; row++)
            {
                CancellationScope.Check(row);
                CancellationScope.CheckLong(rows.Width);
                Dense.RankOneUpdateLower(1, rows.Values.AsSpan(row * rows.Width, rows.Width), root);
            }

            return;
        }

        for (var level = 0; level < levels.Count - 1; level++)
        {
            var size = levels[level].Dimension * (levels[level].Dimension + rest[level]);
            plain[level].AsSpan(first * size, (last - first) * size).Clear();
            (first, last) = (levels[level].ChildOffsets[first], levels[level].ChildOffsets[last]);
        }

        for (var leaf = first; leaf < last; leaf++)
        {
            CancellationScope.Check(leaf);
            OpenLeaf(leaf, root, workspace.Scratch);
        }
    }

    /// <summary>Eliminates the effects of some top-level groups, which <see cref="Open"/> has prepared.</summary>
    /// <param name="first">The first top-level group.</param>
    /// <param name="last">One past the last.</param>
    /// <param name="workspace">The thread's scratch; what the groups leave, of what their effects explain, is added to its root.</param>
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

    /// <summary>Adds what one top-level group leaves at the root (p + 1 square, lower triangle), at the parameters set last.</summary>
    /// <remarks>The group is prepared and eliminated anew in its place, with the same bits: for one thread.</remarks>
    public void AddReduced(int group, Span<double> target, SweepWorkspace workspace)
    {
        Open(group, group + 1, target, workspace);
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

    /// <summary>Prepares a finest group, and adds what its effects do not explain to every level above and to the root.</summary>
    private void OpenLeaf(int leaf, Span<double> root, Span<double> scratch)
    {
        var (q, r) = (levels[^1].Dimension, rest[^1]);
        var d = q + r;
        var own = columns[^1].AsSpan(leaf * d * q, d * q);
        var (start, end) = (levels[^1].ChildOffsets[leaf], levels[^1].ChildOffsets[leaf + 1]);
        OwnColumns.OfRows(rows.Values.AsSpan(start * d, (end - start) * d), q, r, own, scratch);
        for (var row = start; row < end; row++)
        {
            CancellationScope.Check(row);
            CancellationScope.CheckLong(d);
            var left = OwnColumns.Left(rows.Values.AsSpan(row * d, d), q, own, scratch);
            var group = leaf;
            for (var level = levels.Count - 2; level >= 0; level--)
            {
                group = levels[level + 1].Parents[group];
                var size = levels[level].Dimension * left.Length;
                Dense.RankOneUpdate(1, left, left[..levels[level].Dimension], plain[level].AsSpan(group * size, size));
                left = left[levels[level].Dimension..];
            }

            Dense.RankOneUpdateLower(1, left, root);
        }
    }

    /// <summary>Eliminates the effects below a group and its own, and adds to its parent's moments what these leave.</summary>
    private double Ascend(int level, int group, Span<double> parent, SweepWorkspace workspace)
    {
        var (q, r) = (levels[level].Dimension, rest[level]);
        var d = q + r;
        var own = columns[level].AsSpan(group * d * q, d * q);
        var logDeterminant = 0.0;
        CancellationScope.CheckLong(d);
        if (workspace.Moments(level) is { Length: > 0 } moments)
        {
            moments.Clear();
            logDeterminant = AddBelow(level, group, moments, workspace);
            OwnColumns.Split(moments, q, r, residual is null ? plain[level].AsSpan(group * d * q, d * q) : [], own, parent);
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
        CancellationScope.CheckLong(d);
        LevelKernel.AddDerivative(
            columns[level].AsSpan(group * d * q, d * q),
            q,
            r,
            lambda[level],
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

    /// <summary>The first block of each finest group; blocks lie within groups.</summary>
    private static int[] BlocksOfLeaves(int[] leafRows, int[] blockStarts) =>
        Array.ConvertAll(leafRows, row => Array.BinarySearch(blockStarts, row));
}

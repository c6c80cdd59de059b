using MarginalConditional.Lmm.Model;
using MarginalConditional.Lmm.Residual;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Lmm.Hierarchy;

/// <summary>
/// The elimination of all random effects from the finest level to the coarsest, and the reverse sweep for the derivatives.
/// </summary>
/// <remarks>
/// An evaluation costs O(groups), not O(rows): each group enters by its moments, computed once when residuals are independent.
/// </remarks>
internal sealed class HierarchySweep
{
    private readonly IReadOnlyList<GroupLevel> levels;
    private readonly WorkingRows rows;
    private readonly ResidualFactors? residual;
    private readonly int[]? leafBlocks;
    private readonly double[][] moments;
    private readonly double[][] inner;
    private readonly double[][] gain;
    private readonly double[][] lambda;
    private readonly int[] rest;

    /// <summary>Allocates, and computes the finest groups' moments when they do not depend on parameters.</summary>
    /// <param name="hierarchy">The levels.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="residual">The residual covariance, or null for independent residuals of one variance.</param>
    public HierarchySweep(GroupHierarchy hierarchy, WorkingRows rows, ResidualFactors? residual)
    {
        levels = hierarchy.Levels;
        this.rows = rows;
        this.residual = residual;
        var count = levels.Count;
        moments = new double[count][];
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
            moments[level] = new double[groups * coarser * coarser];
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
            var (leaf, d) = (levels[^1], coarser);
            for (var g = 0; g < leaf.Groups; g++)
            {
                CancellationScope.Check(g);
                var start = leaf.ChildOffsets[g];
                Dense.AddCrossProduct(
                    rows.Values.AsSpan(start * d),
                    leaf.ChildOffsets[g + 1] - start,
                    d,
                    moments[^1].AsSpan(g * d * d, d * d));
            }
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

    /// <summary>Eliminates the effects of some top-level groups.</summary>
    /// <param name="first">The first top-level group.</param>
    /// <param name="last">One past the last.</param>
    /// <param name="workspace">The thread's scratch; its root moments are added to.</param>
    /// <returns>The sum of the log-determinants.</returns>
    public double Forward(int first, int last, SweepWorkspace workspace)
    {
        if (levels.Count == 0)
        {
            AddRows(first, last, workspace);
            return 0;
        }

        workspace.SetRanges(levels, first, last);
        Prepare(workspace);
        var logDeterminant = 0.0;
        for (var level = levels.Count - 1; level >= 0; level--)
        {
            logDeterminant += Eliminate(level, workspace);
        }

        return logDeterminant;
    }

    /// <summary>Adds what one top-level group leaves at the root (p + 1 square, lower triangle).</summary>
    public void AddReduced(int group, Span<double> target, SweepWorkspace workspace)
    {
        var (q, r) = (levels[0].Dimension, rest[0]);
        var d = q + r;
        LevelKernel.Eliminate(
            moments[0].AsSpan(group * d * d, d * d),
            q,
            r,
            lambda[0],
            workspace.Inner,
            workspace.Gain,
            target,
            workspace.Scratch);
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

    private void AddRows(int first, int last, SweepWorkspace workspace)
    {
        if (residual is null)
        {
            Dense.AddCrossProduct(rows.Values.AsSpan(first * rows.Width), last - first, rows.Width, workspace.Root);
        }
        else
        {
            residual.AddMoments(first, last, workspace.Root, workspace.Residual!.Whitened);
        }
    }

    /// <summary>Clears the moments that this evaluation builds, and adds the whitened rows to the finest groups.</summary>
    private void Prepare(SweepWorkspace workspace)
    {
        for (var level = 0; level < levels.Count - (residual is null ? 1 : 0); level++)
        {
            var d = rest[level] + levels[level].Dimension;
            var (from, to) = workspace.Range(level);
            moments[level].AsSpan(from * d * d, (to - from) * d * d).Clear();
        }

        if (residual is null)
        {
            return;
        }

        var width = rows.Width;
        var (first, last) = workspace.Range(levels.Count - 1);
        for (var g = first; g < last; g++)
        {
            CancellationScope.Check(g);
            residual.AddMoments(
                leafBlocks![g],
                leafBlocks[g + 1],
                moments[^1].AsSpan(g * width * width, width * width),
                workspace.Residual!.Whitened);
        }
    }

    private double Eliminate(int level, SweepWorkspace workspace)
    {
        var (q, r) = (levels[level].Dimension, rest[level]);
        var d = q + r;
        var (from, to) = workspace.Range(level);
        var parents = levels[level].Parents;
        var sum = 0.0;
        for (var g = from; g < to; g++)
        {
            CancellationScope.Check(g);
            var parent = level == 0 ? workspace.Root : moments[level - 1].AsSpan(parents[g] * r * r, r * r);
            sum += LevelKernel.Eliminate(
                moments[level].AsSpan(g * d * d, d * d),
                q,
                r,
                lambda[level],
                inner[level].AsSpan(g * q * q, q * q),
                gain[level].AsSpan(g * r * q, r * q),
                parent,
                workspace.Scratch);
        }

        return sum;
    }

    private void Descend(int level, int group, ReadOnlySpan<double> adjoint, SweepWorkspace workspace)
    {
        var (q, r) = (levels[level].Dimension, rest[level]);
        var d = q + r;
        LevelKernel.AddDerivative(
            moments[level].AsSpan(group * d * d, d * d),
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

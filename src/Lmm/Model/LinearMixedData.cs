using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Residual;
using MarginalConditional.Mixed.Crossed;

namespace MarginalConditional.Lmm.Model;

/// <summary>What the likelihood is computed from: rows, nesting, and the layout of the residual covariance. Immutable.</summary>
/// <param name="Hierarchy">The nested groupings of the random effects.</param>
/// <param name="Rows">The working rows.</param>
/// <param name="Residual">The residual covariance, or null for independent residuals of one variance.</param>
internal sealed record LinearMixedData(GroupHierarchy Hierarchy, WorkingRows Rows, ResidualModel? Residual)
{
    /// <summary>Rows of all crossed effects side by side may take no more numbers than this.</summary>
    private const double MaximumSpreadNumbers = 1e8;

    /// <summary>The dense matrices of crossed effects: the moments, the factor, and its inverse.</summary>
    private const int DenseMatrices = 3;

    /// <summary>The number of parameters of the random effects.</summary>
    public int RandomParameters => Hierarchy.Levels.Sum(level => level.Factor.Parameters);

    /// <summary>The number of parameters, σ² not counted.</summary>
    public int Parameters => RandomParameters + (Residual?.Parameters ?? 0);

    /// <summary>Prepares a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="response">n values: the frame's response, or a working one.</param>
    /// <param name="weights">n positive weights, or empty.</param>
    /// <param name="structure">The residual structure; identity needs no waves.</param>
    /// <param name="groups">The covariance group of each row, or empty.</param>
    public static LinearMixedData Create(
        ModelFrame frame,
        ReadOnlySpan<double> response,
        ReadOnlySpan<double> weights,
        ResidualStructure structure,
        ReadOnlySpan<int> groups)
    {
        var structured = structure != ResidualStructure.Identity || groups.Length > 0;
        var hierarchy = GroupHierarchy.Create(frame.RandomTerms, frame.Rows, structured);
        CheckSize(hierarchy, frame.Design.Columns, frame.Rows, structured);
        var rows = WorkingRows.Create(frame, response, weights, hierarchy);
        if (!structured)
        {
            return new LinearMixedData(hierarchy, rows, null);
        }

        var layout = ResidualLayout.Create(frame, hierarchy.RowOrder, groups, structure);
        var residual = new ResidualModel(layout, structure.Bind(layout.Unit), rows.Values, rows.Width);
        return new LinearMixedData(hierarchy, rows, hierarchy.Levels.Count == 0 ? residual.Compressed() : residual);
    }

    /// <summary>The same data with crossed effects side by side in every row.</summary>
    /// <param name="terms">The frame's terms.</param>
    /// <exception cref="InputException">That would take too much memory.</exception>
    public LinearMixedData Spread(IReadOnlyList<RandomTermDesign> terms)
    {
        var spread = GroupHierarchy.Create(terms, Rows.Rows, spread: true);
        CheckSize(spread, Rows.FixedEffects, Rows.Rows, Residual is not null);
        return new LinearMixedData(spread, Rows.Spread(Hierarchy, spread), Residual);
    }

    private static void CheckSize(GroupHierarchy hierarchy, int fixedEffects, int rows, bool structured)
    {
        if (!hierarchy.IsCrossed)
        {
            NestedMemory.Check(hierarchy, fixedEffects, rows, structured);
            return;
        }

        if (hierarchy.Layout is { } layout)
        {
            CrossedMemory.Check(layout.Own, layout.Rest, fixedEffects + 1, DenseMatrices);
            return;
        }

        double effects = hierarchy.Levels[0].Dimension;
        var width = effects + hierarchy.Levels[1].Dimension + fixedEffects + 1;
        var numbers = width * Math.Max(width * hierarchy.Levels[1].Groups, rows);
        if (numbers > MaximumSpreadNumbers)
        {
            throw new InputException($"The groupings "
                + $"{CrossedMemory.Names(hierarchy.Levels.SelectMany(level => level.Terms))} are crossed; a "
                + "residual structure beside them and Kenward and Roger's method work with all effects in every row, "
                + $"which would take {CrossedMemory.Size(8 * numbers)} of memory.")
            {
                Hint = "Leave out --residual, and use --df satterthwaite.",
            };
        }
    }

    /// <summary>Where the search starts: independent effects that vary about as much as the residual; crossed ones by moments.</summary>
    public double[] Start()
    {
        if (Hierarchy.Layout is not null)
        {
            return CrossedStart.Of(this);
        }

        var theta = new double[Parameters];
        var k = 0;
        foreach (var level in Hierarchy.Levels)
        {
            for (var j = 0; j < level.Factor.Parameters; j++, k++)
            {
                theta[k] = level.Factor.IsDiagonal(j) ? 1 : 0;
            }
        }

        Residual?.FillStart(theta.AsSpan(k));
        return theta;
    }

    /// <summary>Whether a parameter stands on the diagonal of a relative factor.</summary>
    public bool IsDiagonal(int parameter)
    {
        foreach (var level in Hierarchy.Levels)
        {
            if (parameter < level.Factor.Parameters)
            {
                return parameter >= 0 && level.Factor.IsDiagonal(parameter);
            }

            parameter -= level.Factor.Parameters;
        }

        return false;
    }

    /// <summary>Flips columns of the relative factors so that no diagonal is negative, which changes nothing else.</summary>
    public void NormalizeSigns(Span<double> theta)
    {
        var start = 0;
        foreach (var level in Hierarchy.Levels)
        {
            var factor = level.Factor;
            for (var k = 0; k < factor.Parameters; k++)
            {
                if (!factor.IsDiagonal(k) || theta[start + k] >= 0)
                {
                    continue;
                }

                for (var other = 0; other < factor.Parameters; other++)
                {
                    theta[start + other] = factor.Column(other) == factor.Column(k) ? -theta[start + other] : theta[start + other];
                }
            }

            start += factor.Parameters;
        }
    }

    /// <summary>
    /// Where the rows of each independent unit of work start: top-level groups, else blocks of the residual covariance, else rows.
    /// </summary>
    public int[] TopOffsets()
    {
        if (Hierarchy.Levels.Count == 0)
        {
            return Residual?.BlockStarts ?? [.. Enumerable.Range(0, Rows.Rows + 1)];
        }

        var offsets = Hierarchy.Levels[0].ChildOffsets;
        for (var level = 1; level < Hierarchy.Levels.Count; level++)
        {
            var next = Hierarchy.Levels[level].ChildOffsets;
            offsets = Array.ConvertAll(offsets, child => next[child]);
        }

        return offsets;
    }
}

using System.Globalization;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Glmm.Model;

namespace MarginalConditional.Glmm.Ordinal;

/// <summary>A frame and options made ready: the layout, scaled columns, levels, rows in blocks. Immutable.</summary>
internal sealed class OrdinalModel
{
    /// <summary>A block of more effects would need dense matrices of more than 128 MB, and minutes an evaluation.</summary>
    private const int MostEffects = 4_000;

    /// <summary>The nodes a dimension of nested groupings, and the number that is taken where those are too many.</summary>
    private const int NestedNodes = 9, FewNestedNodes = 5;

    /// <summary>The most densities a pass over nested groupings that are taken unasked, some seconds a fit.</summary>
    private const double MostNestedDensities = 5e5;

    /// <summary>Prepares a frame.</summary>
    /// <exception cref="ArgumentException">There is no such model: see <see cref="Problem"/>.</exception>
    public OrdinalModel(ModelFrame frame, OrdinalGlmmOptions options)
    {
        if (Problem(frame, options) is { } problem)
        {
            throw new ArgumentException(problem, nameof(frame));
        }

        Frame = frame;
        Options = options;
        Levels = RandomLevel.FromFrame(frame);
        Layout = new OrdinalLayout(frame.Design, frame.Categories, [.. options.NominalColumns]);
        Scaling = new OrdinalScaling(frame.Design, Layout);
        Rows = new OrdinalRows(frame, Layout, Scaling, Levels);
        Inner = HasQuadrature(Levels) && Nodes > 1
            ? [.. Enumerable.Range(1, Levels.Count - 1).Select(l => new OrdinalRows(frame, Layout, Scaling, [.. Levels.Skip(l)]))]
            : [];
        Precisions = options.PenaltyScale is { } scale ? Scaling.Precisions(scale) : [];
        Map = new ParameterMap(Scaling, Levels, freeDispersion: false, options.Tolerances.SingularShare);
    }

    /// <summary>The data.</summary>
    public ModelFrame Frame { get; }

    /// <summary>The options.</summary>
    public OrdinalGlmmOptions Options { get; }

    /// <summary>The groupings, coarsest first.</summary>
    public IReadOnlyList<RandomLevel> Levels { get; }

    /// <summary>Where the fixed parameters stand.</summary>
    public OrdinalLayout Layout { get; }

    /// <summary>The change of variables of the fixed part.</summary>
    public OrdinalScaling Scaling { get; }

    /// <summary>The rows in blocks.</summary>
    public OrdinalRows Rows { get; }

    /// <summary>The rows in the groups of each level within another that is integrated by quadrature; empty for one level.</summary>
    public IReadOnlyList<OrdinalRows> Inner { get; }

    /// <summary>The precisions of the penalty on the scaled fixed part; empty without one. Not to be changed.</summary>
    public double[] Precisions { get; }

    /// <summary>From the iteration's parameters to those reported.</summary>
    public ParameterMap Map { get; }

    /// <summary>Where the covariance parameters stand, which a climb may run away with.</summary>
    public (int First, int Count, bool Dispersion) Watched =>
        (Layout.Count, Levels.Sum(level => level.Factor.ParameterCount), false);

    /// <summary>The number of nodes in force.</summary>
    public int Nodes => Options.Nodes == 0 ? DefaultNodes(Levels, Frame.Rows)
        : HasQuadrature(Levels) ? Options.Nodes
        : 1;

    /// <summary>Opens a likelihood with scratch and modes of its own.</summary>
    public MarginalLikelihood Open(int nodes)
    {
        var likelihood = new OrdinalLikelihood(Rows, Options.Link, nodes, Options.Threads, Inner);
        return Precisions.Length > 0 ? new PenalizedLikelihood(likelihood, Precisions) : likelihood;
    }

    /// <summary>Whether effects can be integrated by quadrature: of one grouping, or of several each within the one before.</summary>
    public static bool HasQuadrature(IReadOnlyList<RandomLevel> levels) => levels.Count == 1 || !PreparedModel.AreCrossed(levels);

    /// <summary>The nodes a dimension that are taken unasked: of nested groupings 1 where there are too many rows for more.</summary>
    private static int DefaultNodes(IReadOnlyList<RandomLevel> levels, int rows)
    {
        bool IsAffordable(int nodes) => rows * ModelSize.NestedPoints(levels, nodes) <= MostNestedDensities;
        return levels.Count == 1 ? PreparedModel.NodesOf(levels)
            : !HasQuadrature(levels) ? 1
            : IsAffordable(NestedNodes) ? NestedNodes
            : IsAffordable(FewNestedNodes) ? FewNestedNodes
            : 1;
    }

    /// <summary>Why there is no such model, a sentence; null if there is one.</summary>
    public static string? Problem(ModelFrame frame, OrdinalGlmmOptions options)
    {
        if (frame.Categories.Count < 2 || frame.Design.Intercept < 0)
        {
            return "The frame has no ordered outcome of two categories or more, or no intercept.";
        }

        var levels = RandomLevel.FromFrame(frame);
        var groupings = string.Join(" and ", levels.Select(level => level.Terms[0].Group));
        if (!HasQuadrature(levels) && options.Nodes > 1)
        {
            return $"The random effects of {groupings}, which are not groupings each within the one before, are integrated by the Laplace "
                + "approximation alone: leave out --nodes, or use --nodes 1.";
        }

        var parameters = frame.Categories.Count - 1 + frame.Design.Columns - 1
            + (options.NominalColumns.Count * (frame.Categories.Count - 2))
            + levels.Sum(level => level.Factor.ParameterCount);
        if (parameters > frame.Rows)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"There are {frame.Rows:N0} complete rows for {parameters:N0} parameters, thresholds among them. Leave terms out or join "
                    + $"categories.");
        }

        var nodes = options.Nodes > 0 ? options.Nodes : DefaultNodes(levels, frame.Rows);
        return ModelSize.ProblemOfPoints(frame.Rows, levels, nodes, isNested: true)
            ?? (levels.Count == 1 ? null : ProblemOfBlocks(levels, frame.Rows, groupings));
    }

    /// <summary>Why rows tie too many effects together; null if they do not.</summary>
    private static string? ProblemOfBlocks(IReadOnlyList<RandomLevel> levels, int rows, string groupings)
    {
        if (levels.Sum(level => level.GroupCount * level.Factor.Dimension) <= MostEffects)
        {
            return null;
        }

        var blocks = new OrdinalBlocks(levels, rows);
        var largest = Enumerable.Range(0, blocks.Count).Max(block => blocks.EffectStart(block + 1) - blocks.EffectStart(block));
        return largest <= MostEffects ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"Rows tie {largest:N0} random effects of {groupings} together, and an ordinal model takes at most {MostEffects:N0} that "
                + $"depend on each other. Leave a grouping out, or take lmm for scores.");
    }
}

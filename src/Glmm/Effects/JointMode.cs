using MarginalConditional.Glmm.Densities;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Effects;

/// <summary>
/// The joint mode of all effects of one group of the coarsest level, by Newton's
/// method with halving, and the curvature there. The scratch of one thread.
/// </summary>
/// <remarks>
/// h(u) = Σ ℓ − ½Σ N‖u‖² over the rows and nodes below the group, N the copies of a node. The search starts from the modes of the
/// evaluation before. Afterwards <see cref="Rows"/> and <see cref="Elimination"/> are those at the mode.
/// </remarks>
internal sealed class JointMode
{
    private const double ShortestStep = 1e-12;

    private readonly GroupTree tree;
    private readonly ParameterPoint point;
    private readonly double[][] modes;
    private readonly int[] firstNodes;
    private readonly double[] effects;
    private readonly double[] slopes;
    private readonly double[] steps;

    /// <summary>Allocates for the largest group.</summary>
    /// <param name="tree">The groupings with their rows.</param>
    /// <param name="density">Family and link.</param>
    /// <param name="point">The parameters of the evaluation.</param>
    /// <param name="modes">û of every node of each level, shared by the
    /// threads: each group starts from its own and leaves them there.</param>
    public JointMode(GroupTree tree, ConditionalDensity density, ParameterPoint point, double[][] modes)
    {
        this.tree = tree;
        this.point = point;
        this.modes = modes;
        Path = new EffectPath(
            [.. tree.Levels.Select(level => level.Factor.Dimension)], [.. Enumerable.Range(0, tree.Depth).Select(tree.MaximumDescendants)]);
        Rows = new GroupRows(tree, density, point, Path);
        Elimination = new PathElimination(Path);
        firstNodes = new int[tree.Depth];
        (effects, slopes, steps) = (new double[Path.LargestSize], new double[Path.LargestSize], new double[Path.LargestSize]);
    }

    /// <summary>The tree of the group.</summary>
    public EffectPath Path { get; }

    /// <summary>Its rows.</summary>
    public GroupRows Rows { get; }

    /// <summary>The curvature of its effects.</summary>
    public PathElimination Elimination { get; }

    /// <summary>û: the effects of the tree.</summary>
    public ReadOnlySpan<double> Effects => effects.AsSpan(0, Path.Size);

    /// <summary>The tree's node of the path's first of a level.</summary>
    public int FirstNode(int level) => firstNodes[level];

    /// <summary>Takes a group with the modes it had last.</summary>
    public void Load(int top)
    {
        Path.Take(tree, top);
        for (var l = 0; l < firstNodes.Length; l++)
        {
            firstNodes[l] = tree.FirstDescendant(l, top);
            Shared(l).CopyTo(effects.AsSpan(Path.Slot(l, 0)));
        }

        Rows.Load(firstNodes[^1]);
    }

    /// <summary>Finds the mode and leaves it for the next evaluation; returns h there.</summary>
    public double Find()
    {
        var value = Height(withThird: false);
        var before = double.PositiveInfinity;
        for (var iteration = 0; iteration < ModeSearch.MaximumSteps; iteration++)
        {
            var decrement = Step();
            var last = ModeSearch.IsLast(decrement);
            var next = Move(value, last);
            if (last || ModeSearch.IsRounding(next, value, decrement, before))
            {
                break;
            }

            (value, before) = (next, decrement);
        }

        value = Height(withThird: true);
        Elimination.Factor(Rows.Directions, Rows.Second);
        for (var l = 0; l < firstNodes.Length; l++)
        {
            var shared = Shared(l);
            effects.AsSpan(Path.Slot(l, 0), shared.Length).CopyTo(shared);
        }

        return value;
    }

    /// <summary>Writes the modes b̂ = Λû with their standard errors, the roots of the diagonal of ΛH⁻¹Λᵀ.</summary>
    /// <param name="posterior">One entry a level; the rows are the tree's nodes.</param>
    public void Describe(IReadOnlyList<PosteriorModes> posterior)
    {
        Elimination.FillCovariances();
        for (var l = 0; l < firstNodes.Length; l++)
        {
            var (q, start, width) = (Path.Dimension(l), Path.PathStart(l), Path.PathStart(l + 1));
            var lambda = point.Lambda(l);
            for (var node = 0; node < Path.Count(l); node++)
            {
                var target = (firstNodes[l] + node) * q;
                var covariance = Elimination.Covariance(l, node);
                for (var a = 0; a < q; a++)
                {
                    var row = lambda.AsSpan(a * q, q);
                    posterior[l].Modes[target + a] = Dense.Dot(row, effects.AsSpan(Path.Slot(l, node), q));
                    var variance = 0.0;
                    for (var b = 0; b < q; b++)
                    {
                        variance += row[b] * Dense.Dot(row, covariance.Slice(((start + b) * width) + start, q));
                    }

                    posterior[l].StandardErrors[target + a] = Math.Sqrt(variance);
                }
            }
        }
    }

    private Span<double> Shared(int level) =>
        modes[level].AsSpan(firstNodes[level] * Path.Dimension(level), Path.Count(level) * Path.Dimension(level));

    // h at the effects, leaving the rows' derivatives.
    private double Height(bool withThird)
    {
        var value = Rows.Evaluate(effects, withThird);
        for (var l = 0; l < firstNodes.Length; l++)
        {
            for (var node = 0; node < Path.Count(l); node++)
            {
                var own = effects.AsSpan(Path.Slot(l, node), Path.Dimension(l));
                value -= 0.5 * Path.Copies(l, node) * Dense.Dot(own, own);
            }
        }

        return value;
    }

    // The Newton step; returns slope times step.
    private double Step()
    {
        Elimination.Factor(Rows.Directions, Rows.Second);
        var slope = slopes.AsSpan(0, Path.Size);
        for (var l = 0; l < firstNodes.Length; l++)
        {
            var q = Path.Dimension(l);
            for (var node = 0; node < Path.Count(l); node++)
            {
                var own = Path.Slot(l, node);
                for (var a = own; a < own + q; a++)
                {
                    slope[a] = -Path.Copies(l, node) * effects[a];
                }
            }
        }

        Path.AddRows(Rows.Directions, Rows.First, slope);
        slope.CopyTo(steps);
        Elimination.Solve(steps.AsSpan(0, slope.Length));
        return Dense.Dot(slope, steps);
    }

    // Moves by the step, halved while h falls; the last, tiny step is not checked.
    private double Move(double value, bool last)
    {
        var step = steps.AsSpan(0, Path.Size);
        for (double length = 1; ; length *= 0.5)
        {
            Dense.AddScaled(length, step, effects);
            if (last)
            {
                return value;
            }

            var next = Height(withThird: false);
            if (ModeSearch.Holds(next, value) || length < ShortestStep)
            {
                return next;
            }

            Dense.AddScaled(-length, step, effects);
        }
    }
}

using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Tests.Likelihood;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Effects;

/// <summary>
/// The joint mode is that of Newton's method on one dense system, wherever
/// it starts; what moves with it has the derivatives that differences give.
/// </summary>
public sealed class JointModeTests
{
    [Theory]
    [InlineData(1, new[] { 3, 2 }, 2)]
    [InlineData(2, new[] { 3, 2, 2 }, 1)]
    [InlineData(3, new[] { 2, 2, 2 }, 3)]
    public void Mode_and_height_are_those_of_a_dense_system(int seed, int[] groups, int effects)
    {
        var model = Model(SyntheticFrames.Make(seed, Family.Binomial, groups, size: 4, effects: effects), Family.Binomial);
        var parameters = Parameters(model);
        var dense = new DenseLaplace(model, parameters);
        var (tree, joint, _) = Open(model, parameters, start: 3);
        var value = 0.0;
        for (var top = 0; top < tree.NodeCount(0); top++)
        {
            joint.Load(top);
            value += joint.Find() - (0.5 * joint.Elimination.LogDeterminant());
            for (var l = 0; l < tree.Depth; l++)
            {
                var (modes, _) = dense.Level(l);
                for (var node = 0; node < joint.Path.Count(l); node++)
                {
                    // Without repeats every node is one group, numbered alike but for the order of the top ones.
                    var group = tree.NodesOfGroups(l).IndexOf(joint.FirstNode(l) + node);
                    var slot = joint.Path.Slot(l, node);
                    var q = joint.Path.Dimension(l);
                    var own = Transformed(model, parameters, l, joint.Effects.Slice(slot, q).ToArray());
                    for (var a = 0; a < q; a++)
                    {
                        Assert.Equal(modes[(group * q) + a], own[a], 1e-10);
                    }
                }
            }
        }

        Assert.Equal(dense.Value, value, 1e-10 * Math.Abs(dense.Value));
    }

    [Theory]
    [InlineData(4, new[] { 2, 3 }, 1, 0)]
    [InlineData(5, new[] { 2, 3 }, 2, 1)]
    [InlineData(6, new[] { 2, 2, 2 }, 2, 2)]
    public void Movement_of_mode_and_curvature_equals_differences(int seed, int[] groups, int effects, int family)
    {
        Family[] families = [Family.Binomial, Family.Poisson, Family.Gamma];
        var model = Model(SyntheticFrames.Make(seed, families[family], groups, size: 4, effects: effects), families[family]);
        var parameters = Parameters(model);
        var q = effects;
        double[] means = [.. Enumerable.Range(0, q).Select(a => 0.7 - a)];
        double[] movement = [.. Enumerable.Range(0, q * q).Select(k => (k % (q + 1) == 0 ? 1.5 : 0.4))];
        var (tree, joint, point) = Open(model, parameters, start: 0);
        var moved = new ModeMovement(tree, joint);
        joint.Load(0);
        joint.Find();
        joint.Elimination.FillMovement(movement);
        moved.Solve(means);
        var gradient = new double[parameters.Length];
        joint.Rows.AddCoefficientSlopes(1, moved.RowSlopes, gradient);
        moved.AddTheta(1, gradient.AsSpan(model.Data.Columns));
        if (model.Density.HasFreeDispersion)
        {
            gradient[^1] += moved.DispersionSlope(withHeight: false);
        }

        for (var j = 0; j < parameters.Length; j++)
        {
            const double Step = 1e-4;
            var difference = ((8 * (At(Step) - At(-Step))) - (At(2 * Step) - At(-2 * Step))) / (12 * Step);
            Assert.Equal(difference, gradient[j], 1e-7 * (1 + gradient.Max(Math.Abs)));

            // Aᵀû − tr(VS) of the root.
            double At(double step)
            {
                var there = (double[])parameters.Clone();
                there[j] += step;
                point.Set(there, model.Density.HasFreeDispersion, model.FixedDispersion);
                joint.Load(0);
                joint.Find();
                var factor = joint.Elimination.RootFactor;
                var sum = 0.0;
                for (var a = 0; a < q; a++)
                {
                    sum += means[a] * joint.Effects[a];
                    for (var b = 0; b < q; b++)
                    {
                        for (var c = 0; c <= Math.Min(a, b); c++)
                        {
                            sum -= movement[(a * q) + b] * factor[(a * q) + c] * factor[(b * q) + c];
                        }
                    }
                }

                return sum;
            }
        }
    }

    private static PreparedModel Model(Data.Frames.ModelFrame frame, Family family) =>
        new(frame, new GlmmOptions { Family = family, Threads = 1 });

    private static double[] Parameters(PreparedModel model) =>
        [.. Enumerable.Range(0, model.Map.ParameterCount).Select(j => 0.5 + (0.3 * Math.Sin(j)))];

    private static (GroupTree Tree, JointMode Joint, ParameterPoint Point) Open(PreparedModel model, double[] parameters, double start)
    {
        var tree = GroupTreeBuilder.Build(model.Levels, model.Data);
        var point = new ParameterPoint(model.Data.Columns, [.. model.Levels.Select(level => level.Factor)]);
        point.Set(parameters, model.Density.HasFreeDispersion, model.FixedDispersion);
        double[][] modes =
            [.. model.Levels.Select((level, l) => Enumerable.Repeat(start, tree.NodeCount(l) * level.Factor.Dimension).ToArray())];
        return (tree, new JointMode(tree, model.Density, point, modes), point);
    }

    private static double[] Transformed(PreparedModel model, double[] parameters, int level, double[] effects)
    {
        var point = new ParameterPoint(model.Data.Columns, [.. model.Levels.Select(l => l.Factor)]);
        point.Set(parameters, model.Density.HasFreeDispersion, model.FixedDispersion);
        var lambda = point.Lambda(level);
        var q = effects.Length;
        return [.. Enumerable.Range(0, q).Select(a => Enumerable.Range(0, q).Sum(b => lambda[(a * q) + b] * effects[b]))];
    }
}

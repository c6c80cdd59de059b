using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Statistics.Families;
using MathNet.Numerics;

namespace MarginalConditional.Glmm.Tests.Effects;

/// <summary>The rows of a top-level group are those of its groups, with predictors, densities and derivatives assembled by hand.</summary>
public sealed class GroupRowsTests
{
    public static TheoryData<int, bool, int[], int> Groups => new()
    {
        { 1, false, [3, 2], 2 }, { 2, true, [3, 2], 2 }, { 3, false, [2, 2, 2], 1 }, { 4, true, [2, 3, 2], 3 },
    };

    [Theory]
    [MemberData(nameof(Groups))]
    public void Predictors_and_densities_are_those_of_the_rows(int seed, bool gamma, int[] groups, int effects)
    {
        var hand = new Hand(seed, gamma, groups, effects);
        hand.ForEveryGroup((rows, leafRows, u) =>
        {
            var value = rows.Evaluate(u, withThird: true);
            Assert.Equal(leafRows.Count, rows.Count);
            Close(leafRows.Sum(row => row.Weight * hand.Log(row.Eta(u), row.Response)), value + rows.Constants(), 1e-11);
            rows.Disperse(out var log, out var slope, out var bend);
            for (var i = 0; i < rows.Count; i++)
            {
                var row = leafRows[i];
                var (weight, eta) = (row.Weight, row.Eta(u));
                double At(double step, double turn = 0) => weight * hand.Log(eta + step, row.Response, turn);
                Close(row.Linear, rows.Linear[i], 1e-13);
                Close(Derivative(step => At(step)), rows.First[i], 1e-8);
                Close(Second(step => At(step)), rows.Second[i], 1e-7);
                Close(Derivative(outer => Second(step => At(outer + step)), 0.02), rows.Third[i], 1e-4);

                // What depends on the dispersion alone is in the constants.
                var constant = gamma ? weight * hand.ConstantSlope(row.Response) : 0;
                Close(Derivative(turn => At(0, turn)) - constant, log[i], 1e-7);
                Close(Derivative(turn => Derivative(step => At(step, turn))), slope[i], 1e-6);
                Close(Derivative(turn => Second(step => At(step, turn)), 0.02), bend[i], 1e-5);
                for (var l = 0; l < row.Designs.Length; l++)
                {
                    Assert.Equal(row.Designs[l], rows.Design(i, l).ToArray());
                }
            }

            Close(gamma ? leafRows.Sum(row => row.Weight * hand.ConstantSlope(row.Response)) : 0, rows.ConstantSlopes(), 1e-8);
        });
    }

    [Theory]
    [MemberData(nameof(Groups))]
    public void Scores_and_curvature_of_the_effects_and_coefficients_are_differences(int seed, bool gamma, int[] groups, int effects)
    {
        var hand = new Hand(seed, gamma, groups, effects);
        hand.ForEveryGroup((rows, leafRows, u) =>
        {
            var path = hand.Path;
            double[] Scores(double[] at)
            {
                rows.Evaluate(at, withThird: false);
                var slopes = new double[path.Size];
                path.AddRows(rows.Directions, rows.First, slopes);
                return slopes;
            }

            // Curvature at u, by rows, and the scores' differences there.
            var scores = Scores(u);
            var second = rows.Second.ToArray();
            for (var k = 0; k < path.Size; k++)
            {
                double[] Moved(double step) => [.. u.Select((value, at) => at == k ? value + step : value)];
                Close(Derivative(step => rows.Evaluate(Moved(step), withThird: false)), scores[k], 1e-8);
                var along = new double[rows.Count];
                path.Project(rows.Directions, [.. u.Select((_, at) => at == k ? 1.0 : 0)], along);
                var column = new double[path.Size];
                path.AddRows(rows.Directions, [.. along.Zip(second, (d, bend) => d * bend)], column);
                for (var other = 0; other < path.Size; other++)
                {
                    Close(Derivative(step => Scores(Moved(step))[other]), column[other], 1e-8);
                }
            }

            Scores(u);
            var gradient = new double[hand.Model.Data.Columns];
            rows.AddCoefficientSlopes(3, rows.First, gradient);
            for (var j = 0; j < gradient.Length; j++)
            {
                Close(
                    3 * leafRows.Sum(row => row.Weight * row.Covariates[j] * Derivative(step => hand.Log(row.Eta(u) + step, row.Response))),
                    gradient[j],
                    1e-8);
            }
        });
    }

    private static double Derivative(Func<double, double> function, double h = 2e-3) =>
        ((8 * (function(h) - function(-h))) - (function(2 * h) - function(-2 * h))) / (12 * h);

    private static double Second(Func<double, double> function)
    {
        const double H = 0.01;
        return ((16 * (function(H) + function(-H))) - function(2 * H) - function(-2 * H) - (30 * function(0))) / (12 * H * H);
    }

    private static void Close(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * (1 + Math.Abs(expected)), $"{actual:R} is not {expected:R}");

    /// <summary>One row: what it is multiplied with, and a + Σ zᵀΛu over the levels its leaf lies in.</summary>
    private sealed record Row(
        double Response,
        double Weight,
        double Linear,
        double[] Covariates,
        double[][] Designs,
        Func<double[], double> Eta);

    /// <summary>A small model and its rows, spelled out.</summary>
    private sealed class Hand
    {
        private readonly bool gamma;
        private readonly GroupTree tree;
        private readonly ParameterPoint point;

        public Hand(int seed, bool gamma, int[] groups, int effects)
        {
            this.gamma = gamma;
            var family = gamma ? Family.Gamma : Family.Binomial;
            var frame = SyntheticFrames.Make(seed, family, groups, size: 4, effects: effects, repeats: !gamma);
            Model = new PreparedModel(frame, new GlmmOptions { Family = family, Link = gamma ? Link.Log : Link.Logit, Threads = 1 });
            tree = GroupTreeBuilder.Build(Model.Levels, Model.Data);
            point = new ParameterPoint(Model.Data.Columns, [.. Model.Levels.Select(level => level.Factor)]);
            var parameters = Enumerable.Range(0, Model.Map.ParameterCount).Select(j => 0.5 + (0.3 * Math.Sin(j))).ToArray();
            point.Set(parameters, Model.Density.HasFreeDispersion, Model.FixedDispersion);
            Path = new EffectPath(
                [.. Model.Levels.Select(level => level.Factor.Dimension)],
                [.. Enumerable.Range(0, tree.Depth).Select(tree.MaximumDescendants)]);
        }

        public PreparedModel Model { get; }

        public EffectPath Path { get; }

        /// <summary>The textbook's log-density, its dispersion multiplied by e to some power.</summary>
        public double Log(double eta, double y, double turn = 0)
        {
            if (!gamma)
            {
                return (y * eta) - Math.Log(1 + Math.Exp(eta));
            }

            var shape = Math.Exp(-turn) / point.Dispersion;
            var ratio = y * Math.Exp(-eta);
            return (shape * Math.Log(shape * ratio)) - Math.Log(y) - (shape * ratio) - SpecialFunctions.GammaLn(shape);
        }

        /// <summary>The derivative in log φ of what the density leaves to its constant.</summary>
        public double ConstantSlope(double y) =>
            Derivative(turn => Model.Density.Constant(y, point.Dispersion * Math.Exp(turn), out _));

        /// <summary>Loads each top-level group; gives its rows, the same by hand, and some effects.</summary>
        public void ForEveryGroup(Action<GroupRows, IReadOnlyList<Row>, double[]> check)
        {
            var rows = new GroupRows(tree, Model.Density, point, Path);
            for (var top = 0; top < tree.NodeCount(0); top++)
            {
                Path.Take(tree, top);
                var firstLeaf = tree.FirstDescendant(tree.Depth - 1, top);
                rows.Load(firstLeaf);
                List<Row> own = [];
                for (var leaf = 0; leaf < Path.Count(tree.Depth - 1); leaf++)
                {
                    var pattern = tree.Pattern(firstLeaf + leaf);
                    for (var row = Model.Data.PatternOffsets[pattern]; row < Model.Data.PatternOffsets[pattern + 1]; row++)
                    {
                        own.Add(RowOf(leaf, row));
                    }
                }

                check(rows, own, [.. Enumerable.Range(0, Path.Size).Select(k => 0.8 * Math.Sin(1 + (2.7 * k)))]);
            }
        }

        private Row RowOf(int leaf, int row)
        {
            var data = Model.Data;
            double[] x = [.. Enumerable.Range(0, data.Columns).Select(j => data.Design[(row * data.Columns) + j])];
            var linear = data.Offset[row] + x.Select((value, j) => value * point.Coefficients[j]).Sum();
            var (designs, slots) = (new double[tree.Depth][], new int[tree.Depth]);
            var (node, copies) = (leaf, Path.Copies(tree.Depth - 1, leaf));
            for (var l = tree.Depth - 1; l >= 0; node = Path.Parent(l, node), l--)
            {
                var q = Path.Dimension(l);
                slots[l] = Path.Slot(l, node);
                designs[l] = l == tree.Depth - 1
                    ? data.RandomDesign[(row * q)..((row + 1) * q)]
                    : data.CoarseDesign.AsSpan((row * data.CoarseWidth) + Path.PathStart(l), q).ToArray();
            }

            double Of(int l, double[] u) => Enumerable.Range(0, designs[l].Length).Sum(a =>
                Enumerable.Range(0, designs[l].Length).Sum(b =>
                    designs[l][a] * point.Lambda(l)[(a * designs[l].Length) + b] * u[slots[l] + b]));
            double Eta(double[] u) => linear + Enumerable.Range(0, tree.Depth).Sum(l => Of(l, u));
            return new Row(data.Response[row], copies * data.Weight[row], linear, x, designs, Eta);
        }
    }
}

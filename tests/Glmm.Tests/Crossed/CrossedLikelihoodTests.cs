using MarginalConditional.Glmm.Crossed;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Tests.Likelihood;
using MarginalConditional.Glmm.Tests.Quadrature;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Statistics.Families;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Glmm.Tests.Crossed;

/// <summary>
/// <see cref="CrossedLikelihood"/>, with its <see cref="CrossedRows"/>, <see cref="CrossedMode"/> and <see cref="CrossedMovement"/>,
/// against one dense expansion over all effects, the normal density, the elimination of nested effects, and differences.
/// </summary>
public sealed class CrossedLikelihoodTests
{
    private static readonly (Family Family, Link Link)[] Models =
    [
        (Family.Binomial, Link.Logit), (Family.Binomial, Link.Probit), (Family.Binomial, Link.Cloglog), (Family.Poisson, Link.Log),
        (Family.Poisson, Link.Sqrt), (Family.Poisson, Link.Identity), (Family.NegativeBinomial(2), Link.Log),
        (Family.NegativeBinomial(2), Link.Sqrt), (Family.Gamma, Link.Log), (Family.Gamma, Link.Inverse),
        (Family.InverseGaussian, Link.Log), (Family.Gaussian, Link.Identity), (Family.Gaussian, Link.Log),
    ];

    public static TheoryData<string> Shapes => [.. CrossedShapes.All];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Value_gradient_and_modes_are_those_of_a_dense_expansion(string shape)
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            var model = Model(shape, seed, Family.Binomial, Link.Logit);
            Assert.NotNull(model.Crossed);
            var point = SmallClusters.Point(model.Map.ParameterCount);
            var (_, likelihood) = CrossedShapes.Open(model);
            var gradient = new double[point.Length];
            var dense = new DenseLaplace(model, point);
            LaneCrew.Close(dense.Value, likelihood.Evaluate(point, EvaluationNeeds.Gradient, gradient, []), 1e-11);
            for (var j = 0; j < point.Length && seed == 1; j++)
            {
                var (up, down) = ((double[])point.Clone(), (double[])point.Clone());
                (up[j], down[j]) = (up[j] + 1e-4, down[j] - 1e-4);
                LaneCrew.Close((new DenseLaplace(model, up).Value - new DenseLaplace(model, down).Value) / 2e-4, gradient[j], 1e-6);
            }

            var posterior = likelihood.Posterior(point);
            for (var l = 0; l < model.Levels.Count; l++)
            {
                var (modes, errors) = dense.Level(l);
                for (var k = 0; k < modes.Length; k++)
                {
                    LaneCrew.Close(modes[k], posterior[l].Modes[k], 1e-8);
                    LaneCrew.Close(errors[k], posterior[l].StandardErrors[k], 1e-8);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Gradient_equals_central_differences_for_every_family_and_link(string shape)
    {
        for (var k = 0; k < Models.Length; k++)
        {
            var (family, link) = Models[k];
            var model = Model(shape, k + 1, family, link);
            var level = link == Link.Identity || link == Link.Inverse || link == Link.Sqrt ? 6 : 0.4;
            double[] point = [.. Enumerable.Range(0, model.Map.ParameterCount)
                .Select(j => j == 0 ? level : (level == 6 ? 0.3 : 1) * (0.4 + (0.3 * Math.Sin(k + (7.3 * j)))))];
            AssertDifferences(CrossedShapes.Open(model).Likelihood, point, $"{family.Name} {link.Name}");
        }
    }

    [Fact]
    public void Gradient_holds_where_a_variance_is_zero()
    {
        var model = Model("slopes", 3, Family.Poisson, Link.Log);
        var point = SmallClusters.Point(model.Map.ParameterCount);
        point[^1] = 0;
        AssertDifferences(CrossedShapes.Open(model).Likelihood, point, "zero");
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_value_of_a_normal_outcome_is_its_exact_density(string shape)
    {
        var model = Model(shape, 4, Family.Gaussian, Link.Identity);
        var point = SmallClusters.Point(model.Map.ParameterCount);
        var value = CrossedShapes.Open(model).Likelihood.Evaluate(point, EvaluationNeeds.Value, [], []);
        var reported = model.Map.ToReported(point, out _);
        var (frame, p) = (model.Frame, model.Frame.Design.Columns);
        var residual = Vector<double>.Build.Dense(
            frame.Rows,
            i => frame.Response[i] - Enumerable.Range(0, p).Sum(j => reported[j] * frame.Design.Column(j)[i]));
        var covariance = Math.Exp(point[^1]) * Matrix<double>.Build.DenseIdentity(frame.Rows);
        for (var l = 0; l < model.Levels.Count; l++)
        {
            for (var t = 0; t < model.Levels[l].Terms.Count; t++)
            {
                var term = model.Levels[l].Terms[t];
                var d = model.Map.CovarianceOf(l, t, point);
                covariance += Matrix<double>.Build.Dense(frame.Rows, frame.Rows, (i, k) => term.Groups[i] != term.Groups[k] ? 0
                    : Enumerable.Range(0, term.Dimension).Sum(a => Enumerable.Range(0, term.Dimension)
                        .Sum(b => term.Column(a)[i] * d[(a * term.Dimension) + b] * term.Column(b)[k])));
            }
        }

        var root = covariance.Cholesky();
        var expected = -0.5 * ((frame.Rows * Math.Log(2 * Math.PI)) + root.DeterminantLn + (residual * root.Solve(residual)));
        LaneCrew.Close(expected, value, 1e-9);
    }

    /// <summary>Nested effects are a case of crossed ones: two engines, one value.</summary>
    [Theory]
    [InlineData(1, new[] { 4, 3 }, 1)]
    [InlineData(2, new[] { 5, 2 }, 2)]
    [InlineData(3, new[] { 3, 2, 2 }, 1)]
    public void Nested_effects_have_value_gradient_scores_and_modes_of_their_elimination(int seed, int[] groups, int effects)
    {
        foreach (var (family, link) in Models.Take(4))
        {
            var frame = SyntheticFrames.Make(seed, family, groups, size: 4, effects: effects);
            var model = new PreparedModel(frame, new GlmmOptions { Family = family, Link = link, Threads = 1 });
            Assert.Null(model.Crossed);
            var point = SmallClusters.Point(model.Map.ParameterCount);
            var (tree, crossed) = (model.Open(1), CrossedShapes.Open(model).Likelihood);
            var m = point.Length;
            var (expected, gradient) = (new double[m], new double[m]);
            LaneCrew.Close(
                tree.Evaluate(point, EvaluationNeeds.Gradient, expected, []),
                crossed.Evaluate(point, EvaluationNeeds.Gradient, gradient, []),
                1e-11);
            CrossedShapes.Close(expected, gradient, 1e-8);
            Assert.Equal(tree.Clusters, crossed.Clusters);
            var (theirs, ours) = (new double[m * tree.Clusters], Enumerable.Repeat(7.0, m * tree.Clusters).ToArray());
            tree.ClusterScores(point, theirs);

            // Asked at another point before, and for what stands there already.
            var moved = CrossedShapes.Open(model).Likelihood;
            moved.Evaluate([.. point.Select(value => value + 0.1)], EvaluationNeeds.Gradient, new double[m], []);
            moved.ClusterScores(point, ours);
            CrossedShapes.Close(theirs, ours, 1e-8);
            var (one, other) = (tree.Posterior(point), crossed.Posterior(point));
            for (var l = 0; l < groups.Length; l++)
            {
                CrossedShapes.Close(one[l].Modes, other[l].Modes, 1e-8);
                CrossedShapes.Close(one[l].StandardErrors, other[l].StandardErrors, 1e-8);
            }
        }
    }

    [Fact]
    public void Clusters_that_groups_reach_across_have_no_scores()
    {
        var model = Model("two", 1, Family.Binomial, Link.Logit);
        var likelihood = CrossedShapes.Open(model).Likelihood;
        Assert.Equal(0, likelihood.Clusters);
        likelihood.ClusterScores(SmallClusters.Point(model.Map.ParameterCount), []);
    }

    /// <summary>
    /// The Laplace value of a normal outcome is exact, and a grouping whose rows are scattered still repeats rows of Z: neither is worth a
    /// warning.
    /// </summary>
    [Fact]
    public void A_normal_outcome_is_warned_of_nothing()
    {
        var frame = CrossedShapes.Of("two", 4, Family.Gaussian);
        var fit = GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Gaussian, Threads = 1 });
        Assert.DoesNotContain(fit.Warnings, warning => warning.Contains("Laplace", StringComparison.Ordinal));
        Assert.DoesNotContain(fit.Warnings, warning => warning.Contains("residual", StringComparison.Ordinal));
        var binary = GlmmFitter.Fit(CrossedShapes.Of("two", 4, Family.Binomial), new GlmmOptions { Family = Family.Binomial, Threads = 1 });
        Assert.Contains(binary.Warnings, warning => warning.Contains("Laplace", StringComparison.Ordinal));
    }

    private static PreparedModel Model(string shape, int seed, Family family, Link link) =>
        new(CrossedShapes.Of(shape, seed, family), new GlmmOptions { Family = family, Link = link, Threads = 1 });

    private static void AssertDifferences(CrossedLikelihood likelihood, double[] point, string what)
    {
        var gradient = new double[point.Length];
        Assert.True(double.IsFinite(likelihood.Evaluate(point, EvaluationNeeds.Gradient, gradient, [])), what);
        var scale = 1 + gradient.Max(Math.Abs);
        for (var j = 0; j < point.Length; j++)
        {
            const double Step = 1e-3;
            double At(double by)
            {
                var moved = (double[])point.Clone();
                moved[j] += by;
                return likelihood.Evaluate(moved, EvaluationNeeds.Value, [], []);
            }

            var difference = ((8 * (At(Step) - At(-Step))) - (At(2 * Step) - At(-2 * Step))) / (12 * Step);
            Assert.True(
                Math.Abs(difference - gradient[j]) <= 1e-6 * scale,
                $"{what}, parameter {j}: exact {gradient[j]:R}, differences {difference:R}");
        }
    }
}

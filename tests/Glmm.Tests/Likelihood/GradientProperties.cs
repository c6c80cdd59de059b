using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Likelihood;

/// <summary>The exact gradient, node movement and all, is the derivative of the log-likelihood that is computed.</summary>
public sealed class GradientProperties
{
    private static readonly (Family Family, Link Link)[] Models =
    [
        (Family.Binomial, Link.Logit), (Family.Binomial, Link.Probit), (Family.Binomial, Link.Cloglog), (Family.Poisson, Link.Log),
        (Family.NegativeBinomial(2), Link.Log), (Family.Gamma, Link.Log), (Family.Gaussian, Link.Identity),
    ];

    private static readonly (Family Family, Link Link)[] OtherLinks =
    [
        (Family.Gaussian, Link.Log),
            (Family.Poisson, Link.Sqrt),
            (Family.Poisson, Link.Identity),
            (Family.Gamma, Link.Inverse),
            (Family.Gamma, Link.Identity),
            (Family.InverseGaussian, Link.Log), (Family.InverseGaussian, Link.Inverse), (Family.InverseGaussian, Link.Identity),
            (Family.NegativeBinomial(2), Link.Sqrt), (Family.NegativeBinomial(2), Link.Identity),
        ];

    private static readonly Arbitrary<(int Seed, int Model, int Nodes)> Any =
        Gen.Choose(1, 100000).SelectMany(seed => Gen.Choose(0, Models.Length - 1)
            .SelectMany(model => Gen.Choose(1, 7).Select(nodes => (seed, model, nodes)))).ToArbitrary();

    [Fact]
    public void Gradient_equals_central_differences_in_one_dimension() => Check([8], 1, adaptive: true);

    [Fact]
    public void Gradient_equals_central_differences_in_two_dimensions() => Check([6], 2, adaptive: true);

    [Fact]
    public void Gradient_equals_central_differences_in_three_dimensions() => Check([5], 3, adaptive: true, mostNodes: 4);

    [Fact]
    public void Gradient_equals_central_differences_for_uncorrelated_slopes() => Check([6], 2, adaptive: true, correlated: false);

    [Fact]
    public void Gradient_equals_central_differences_for_fixed_nodes() => Check([6], 1, adaptive: false);

    [Fact]
    public void Gradient_equals_central_differences_for_nested_levels() => Check([4, 3], 1, adaptive: true);

    [Fact]
    public void Gradient_equals_central_differences_for_nested_levels_with_an_outer_slope() =>
        Check([3, 2], 2, adaptive: true, mostNodes: 4);

    [Fact]
    public void Gradient_equals_central_differences_for_three_nested_levels() => Check([2, 2, 2], 1, adaptive: true);

    [Theory]
    [InlineData(new[] { 6 }, 1)]
    [InlineData(new[] { 6 }, 2)]
    [InlineData(new[] { 3, 2 }, 1)]
    [InlineData(new[] { 2, 2, 2 }, 1)]
    public void Gradient_equals_central_differences_for_other_links(int[] groups, int effects)
    {
        foreach (var (family, link) in OtherLinks)
        {
            for (var seed = 1; seed <= 4; seed++)
            {
                var frame = SyntheticFrames.Make(seed, family, groups, effects: effects);
                var model = new PreparedModel(frame, new GlmmOptions { Family = family, Link = link, Threads = 1 });
                var point = Point(model, seed).Select((value, j) => j == 0 && link != Link.Log ? 6 : 0.3 * value).ToArray();
                Compare(model.Open(1 + (2 * seed)), point);
            }
        }
    }

    [Fact]
    public void Gradient_equals_central_differences_where_rows_and_clusters_repeat() => Check([12], 1, adaptive: true, repeats: true);

    [Fact]
    public void Gradient_equals_central_differences_where_nested_groups_repeat() => Check([6, 4], 1, adaptive: true, repeats: true);

    [Fact]
    public void Gradient_equals_central_differences_for_nested_fixed_nodes() => Check([4, 3], 1, adaptive: false);

    [Fact]
    public void Gradient_equals_central_differences_for_three_levels_with_an_outer_slope_where_groups_repeat() =>
        Check([4, 3, 3], 2, adaptive: true, repeats: true);

    private static void Check(int[] groups, int effects, bool adaptive, int mostNodes = 7, bool correlated = true, bool repeats = false) =>
        Prop.ForAll(Any, sample =>
        {
            var (family, link) = Models[sample.Model];
            var frame = SyntheticFrames.Make(
                sample.Seed,
                family,
                groups,
                size: repeats ? 3 : 6,
                effects: effects,
                correlated: correlated,
                repeats: repeats);
            var model = new PreparedModel(frame, new GlmmOptions { Family = family, Link = link, Adaptive = adaptive, Threads = 1 });
            Compare(model.Open(Math.Min(mostNodes, sample.Nodes)), Point(model, sample.Seed));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    // Neither the truth nor the maximum: a place where every part of the gradient counts.
    private static double[] Point(PreparedModel model, int seed)
    {
        var point = new double[model.Map.ParameterCount];
        for (var j = 0; j < point.Length; j++)
        {
            point[j] = 0.4 + (0.3 * Math.Sin((seed % 100) + (7.3 * j)));
        }

        return point;
    }

    private static void Compare(MarginalLikelihood likelihood, double[] point)
    {
        var m = point.Length;
        var gradient = new double[m];
        likelihood.Evaluate(point, EvaluationNeeds.Gradient, gradient, []);
        var scale = 1 + gradient.Max(Math.Abs);
        for (var j = 0; j < m; j++)
        {
            // Fourth-order differences: truncation below the tolerance at a step where rounding is too.
            const double Step = 1e-3;
            double At(double h)
            {
                var moved = (double[])point.Clone();
                moved[j] += h;
                return likelihood.Evaluate(moved, EvaluationNeeds.Value, [], []);
            }

            var difference = ((8 * (At(Step) - At(-Step))) - (At(2 * Step) - At(-2 * Step))) / (12 * Step);
            Assert.True(
                Math.Abs(difference - gradient[j]) <= 1e-6 * scale,
                $"parameter {j}: exact {gradient[j]:R}, differences {difference:R}");
        }
    }
}

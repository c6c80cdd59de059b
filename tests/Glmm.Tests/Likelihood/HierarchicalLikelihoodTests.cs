using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Glmm.Tests.Quadrature;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Likelihood;

/// <summary>
/// What <see cref="HierarchicalLikelihood"/> sums over top-level groups is, by Laplace, one dense
/// expansion over all effects and, by quadrature, the integral summed over a fine grid.
/// </summary>
public sealed class HierarchicalLikelihoodTests
{
    [Theory]
    [InlineData(1, new[] { 3, 2 }, 2, false)]
    [InlineData(2, new[] { 4, 3 }, 1, true)]
    [InlineData(3, new[] { 2, 2, 2 }, 1, true)]
    public void Laplace_has_the_value_and_gradient_of_a_dense_expansion(int seed, int[] groups, int effects, bool repeats)
    {
        var (model, point) = Model(seed, groups, effects, repeats);
        var gradient = new double[point.Length];
        var value = Laplace(model, 1).Evaluate(point, EvaluationNeeds.Gradient, gradient, []);
        LaneCrew.Close(new DenseLaplace(model, point).Value, value, 1e-11);
        for (var j = 0; j < point.Length; j++)
        {
            LaneCrew.Close(Derivative(point, j, moved => new DenseLaplace(model, moved).Value), gradient[j], 1e-7);
        }
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public void Nested_quadrature_has_value_gradient_and_scores_of_a_sum_over_a_fine_grid(int seed, bool repeats)
    {
        var (model, point) = Model(seed, [4, 2], 1, repeats);
        var likelihood = Nested(model, 40, 1);
        var m = point.Length;
        var (gradient, scores) = (new double[m], new double[likelihood.Clusters * m]);
        var value = likelihood.Evaluate(point, EvaluationNeeds.Gradient, gradient, []);
        likelihood.ClusterScores(point, scores);
        LaneCrew.Close(Enumerable.Range(0, likelihood.Clusters).Sum(group => LogIntegral(model, point, group)), value, 1e-8);
        for (var j = 0; j < m; j++)
        {
            var expected = 0.0;
            for (var group = 0; group < likelihood.Clusters; group++)
            {
                var own = Derivative(point, j, moved => LogIntegral(model, moved, group));
                LaneCrew.Close(own, scores[(group * m) + j], 1e-6);
                expected += own;
            }

            LaneCrew.Close(expected, gradient[j], 1e-6);
        }
    }

    [Theory]
    [InlineData(new[] { 120, 6 }, 5)]
    [InlineData(new[] { 60, 4, 3 }, 1)]
    public void Threads_and_points_evaluated_in_between_change_no_bit(int[] groups, int nodes)
    {
        var (model, point) = Model(6, groups, 1, repeats: false);
        var m = point.Length;
        HierarchicalLikelihood Open(int threads) => nodes > 1 ? Nested(model, nodes, threads) : Laplace(model, threads);
        double[] Ask(HierarchicalLikelihood likelihood, double shift)
        {
            var gradient = new double[m];
            double[] there = [.. point.Select(value => value + shift)];
            return [likelihood.Evaluate(there, EvaluationNeeds.Gradient, gradient, []), .. gradient];
        }

        var one = Open(1);
        var start = one.CopyModes();
        var expected = Ask(one, 0);
        foreach (var threads in new[] { 1, 3 })
        {
            var other = Open(threads);
            Assert.Equal(expected, Ask(other, 0));
            Ask(other, 0.4);
            other.Posterior([.. point.Select(value => value - 0.3)]);
            other.ClusterScores(point, new double[other.Clusters * m]);

            // From the modes of another point the search ends at the same ones but for rounding; from the same start, at the same bits.
            LaneCrew.Close(expected[0], Ask(other, 0)[0], 1e-11);
            other.StartAt(start);
            Assert.Equal(expected, Ask(other, 0));
        }
    }

    private static (PreparedModel Model, double[] Point) Model(int seed, int[] groups, int effects, bool repeats)
    {
        var frame = SyntheticFrames.Make(seed, Family.Binomial, groups, size: 4, effects: effects, repeats: repeats);
        var model = new PreparedModel(frame, new GlmmOptions { Family = Family.Binomial, Threads = 1 });
        return (model, SmallClusters.Point(model.Map.ParameterCount));
    }

    private static LaplaceLikelihood Laplace(PreparedModel model, int threads) =>
        new(GroupTreeBuilder.Build(model.Levels, model.Data), model.Density, model.FixedDispersion, threads);

    private static NestedLikelihood Nested(PreparedModel model, int nodes, int threads) =>
        new(GroupTreeBuilder.Build(model.Levels, model.Data), model.Density, model.FixedDispersion, nodes, adaptive: true, threads);

    private static double Derivative(double[] point, int j, Func<double[], double> function)
    {
        const double H = 1e-3;
        double At(double step) => function([.. point.Select((value, k) => k == j ? value + step : value)]);
        return ((8 * (At(H) - At(-H))) - (At(2 * H) - At(-2 * H))) / (12 * H);
    }

    // log ∫ φ(v) Π ∫ φ(u) exp Σ ℓ du dv of one top-level group with an intercept at each level, by trapezoids.
    private static double LogIntegral(PreparedModel model, double[] point, int group)
    {
        var (frame, p) = (model.Frame, model.Data.Columns);
        var (outer, inner) = (model.Levels[0], model.Levels[1]);
        var (outerDesign, innerDesign) = (outer.RowMajorDesign(), inner.RowMajorDesign());
        var wards = Enumerable.Range(0, frame.Rows).Where(i => outer.Groups[i] == group).GroupBy(i => inner.Groups[i]).ToArray();
        double Row(int i, double v, double u)
        {
            var eta = (outerDesign[i] * point[p] * v) + (innerDesign[i] * point[p + 1] * u);
            for (var j = 0; j < p; j++)
            {
                eta += point[j] * model.Scaling.Apply(j, frame.Design.Column(j)[i]);
            }

            return (frame.Response[i] * eta) - Math.Log(1 + Math.Exp(eta));
        }

        return Math.Log(Trapezoid(v => wards.Aggregate(
            1.0, (product, rows) => product * Trapezoid(u => Math.Exp(rows.Sum(i => Row(i, v, u)))))));
    }

    private static double Trapezoid(Func<double, double> function)
    {
        const double H = 0.2;
        return Enumerable.Range(-42, 85).Sum(k => H * Math.Exp(-0.5 * k * H * k * H) / Math.Sqrt(2 * Math.PI) * function(k * H));
    }
}

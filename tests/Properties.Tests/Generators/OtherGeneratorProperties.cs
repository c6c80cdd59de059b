using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Properties.Generators;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Properties.Tests.Generators;

/// <summary>Parameters of correlation, covariances, formulas and studies.</summary>
public sealed class OtherGeneratorProperties
{
    [Fact]
    public void Exchangeable_and_autoregressive_parameters_give_positive_definite_matrices()
    {
        foreach (var m in new[] { 2, 3, 7 })
        {
            foreach (var rho in CorrelationGenerators.Exchangeable(m).Generator.Sample(200, new Rnd(5, 1), 50))
            {
                Assert.True(LeastPivot(Matrix(m, (j, k) => j == k ? 1 : rho)) > 0, $"{rho}");
            }

            foreach (var rho in CorrelationGenerators.Autoregressive().Generator.Sample(200, new Rnd(5, 1), 50))
            {
                Assert.True(LeastPivot(Matrix(m, (j, k) => Math.Pow(rho, Math.Abs(j - k)))) > 0, $"{rho}");
            }
        }
    }

    [Fact]
    public void Both_bounds_are_come_near_to()
    {
        var values = CorrelationGenerators.Exchangeable(3).Generator.Sample(2000, new Rnd(5, 1), 50).ToArray();
        Assert.InRange(values.Min(), -0.5, -0.45);
        Assert.InRange(values.Max(), 0.95, 1);
    }

    [Fact]
    public void Correlation_matrices_have_a_diagonal_of_one_and_positive_pivots()
    {
        var arbitrary = CorrelationGenerators.Unstructured(4);
        foreach (var matrix in arbitrary.Generator.Sample(200, new Rnd(5, 1), 50))
        {
            foreach (var one in arbitrary.Shrinker(matrix).Prepend(matrix))
            {
                Assert.All(Enumerable.Range(0, 4), j => Assert.Equal(1, one[(j * 4) + j]));
                Assert.True(LeastPivot(one) > 0);
            }
        }
    }

    [Fact]
    public void Covariances_of_random_effects_may_be_singular_and_never_less()
    {
        var arbitrary = CorrelationGenerators.RandomEffects(3);
        double[][] matrices =
        [
            .. arbitrary.Generator.Sample(300, new Rnd(5, 1), 50).SelectMany(matrix => arbitrary.Shrinker(matrix).Prepend(matrix)),
        ];
        Assert.All(matrices, matrix => Assert.True(LeastPivot(matrix) >= -1e-9 * (1 + matrix.Max())));
        Assert.Contains(matrices, matrix => matrix[0] == 0);
        Assert.Contains(matrices, matrix => matrix[0] == 900);
    }

    [Fact]
    public void Formulas_are_formulas_and_so_are_the_smaller_ones()
    {
        var arbitrary = FormulaGenerators.Formulas("y", ["age", "time", "dose"], ["patient", "center"]);
        var formulas = arbitrary.Generator.Sample(300, new Rnd(5, 1), 100).ToArray();
        foreach (var formula in formulas.SelectMany(formula => arbitrary.Shrinker(formula).Prepend(formula)))
        {
            Assert.Equal("y", FormulaParser.Parse(formula).Response.Text);
        }

        Assert.All(formulas, formula => Assert.All(arbitrary.Shrinker(formula), smaller => Assert.True(smaller.Length < formula.Length)));
        Assert.Contains(formulas, formula => formula.Contains("||", StringComparison.Ordinal));
        Assert.Contains(formulas, formula => formula.Contains('*', StringComparison.Ordinal));
        Assert.Contains(formulas, formula => formula.Contains("~ 0 +", StringComparison.Ordinal));
        Assert.DoesNotContain(
            FormulaGenerators.Formulas("y", ["age"]).Generator.Sample(100, new Rnd(5, 1), 100),
            formula => formula.Contains('|', StringComparison.Ordinal));
    }

    [Property(Arbitrary = [typeof(TrialArbitraries)], MaxTest = 40)]
    public bool Mechanisms_give_trials(Mechanism mechanism)
    {
        var frame = mechanism.Open().Draw(new RandomStream(1, 2, 3), 0);
        return frame.Clusters.Count == mechanism.Clusters && frame.Rows >= mechanism.Clusters;
    }

    [Fact]
    public void Mechanisms_shrink_to_two_clusters_without_effects()
    {
        var arbitrary = StudyGenerators.Mechanisms();
        foreach (var mechanism in arbitrary.Generator.Sample(30, new Rnd(5, 1), 50))
        {
            var (current, steps) = (mechanism, 0);
            while (arbitrary.Shrinker(current).FirstOrDefault() is { } smaller)
            {
                current = smaller;
                Assert.True(++steps < 20);
            }

            Assert.Equal(2, current.Clusters);
            Assert.Equal(0, current.RandomEffect.StandardDeviation);
            Assert.Equal(new TrialEffects(), current.Effects);
        }
    }

    private static double[] Matrix(int m, Func<int, int, double> entry) =>
        [.. Enumerable.Range(0, m * m).Select(place => entry(place / m, place % m))];

    /// <summary>The least pivot of Gaussian elimination without exchanges; zero rows count as pivots of 0.</summary>
    private static double LeastPivot(double[] matrix)
    {
        var m = (int)Math.Sqrt(matrix.Length);
        double[] work = [.. matrix];
        var least = double.PositiveInfinity;
        for (var k = 0; k < m; k++)
        {
            var pivot = work[(k * m) + k];
            least = Math.Min(least, pivot);
            for (var i = k + 1; i < m && pivot > 1e-12; i++)
            {
                var factor = work[(i * m) + k] / pivot;
                for (var j = k; j < m; j++)
                {
                    work[(i * m) + j] -= factor * work[(k * m) + j];
                }
            }
        }

        return least;
    }
}

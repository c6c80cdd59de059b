using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Persons;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Families;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;

namespace MarginalConditional.Compare.Tests.Persons;

/// <summary>
/// <see cref="YeVariance"/> by its definition, <see cref="GeVariance"/> by dense matrices, and <see cref="StratifiedInfluence"/> by the
/// moments that it takes away.
/// </summary>
public sealed class PersonVarianceTests
{
    private static readonly string[] Levels = ["pbo", "high", "low"];

    [Theory]
    [InlineData("logit", false, "simple")]
    [InlineData("probit", false, "simple")]
    [InlineData("probit", true, "simple")]
    [InlineData("cloglog", false, "permuted-block")]
    [InlineData("logit", true, "pocock-simon")]
    public void Ye_is_its_definition(string linkName, bool modified, string randomization)
    {
        Assert.True(Link.TryParse(linkName, out var link));
        Assert.True(Randomization.TryParse(randomization, out var chosen));
        var frame = PersonFrames.Reference("irt3", "y ~ trt + x", "s1:s2");
        var comparison = Compare(frame, link, modified ? StandardizedErrors.YeModified : StandardizedErrors.Ye, chosen);

        var arm = ArmOf(frame);
        var stratum = ((Data.Tables.FactorColumn)frame.Auxiliary("s1:s2")).Codes.ToArray();
        var y = frame.Response.ToArray();
        var rows = Enumerable.Range(0, y.Length).ToArray();
        var m = Levels.Select(level => Means(frame, comparison, level)).ToArray();
        for (var a = 0; a < 3; a++)
        {
            var own = m[a];
            var cell = rows.Where(i => arm[i] == a).GroupBy(i => chosen == Randomization.PocockSimon ? stratum[i] : 0)
                .ToDictionary(group => group.Key, group => group.Average(i => y[i] - own[i]));
            m[a] = [.. rows.Select(i => own[i] + cell[chosen == Randomization.PocockSimon ? stratum[i] : 0])];
            Assert.Equal(m[a].Average(), comparison.Standardized!.Means[a], 1e-12);
        }

        double Cov(IEnumerable<int> who, double[] u, double[] v) => who.Select(i => u[i]).Covariance(who.Select(i => v[i]));
        var share = Enumerable.Range(0, 3).Select(a => rows.Count(i => arm[i] == a) / (double)rows.Length).ToArray();
        for (var a = 0; a < 3; a++)
        {
            for (var b = 0; b < 3; b++)
            {
                int[] inA = [.. rows.Where(i => arm[i] == a)], inB = [.. rows.Where(i => arm[i] == b)];
                var expected = Cov(inA, y, m[b]) + Cov(inB, y, m[a]) - Cov(rows, m[a], m[b]);
                if (a == b)
                {
                    double[] residual = [.. rows.Select(i => y[i] - m[a][i])];
                    expected += (modified ? Cov(inA, residual, residual) : Cov(inA, y, y) - (2 * Cov(inA, y, m[a])) + Cov(rows, m[a], m[a]))
                        / share[a];
                }

                if (chosen == Randomization.PermutedBlock)
                {
                    foreach (var z in stratum.Distinct())
                    {
                        double Q(int k) => rows.Where(i => stratum[i] == z && arm[i] == k).Average(i => y[i] - m[k][i]) / share[k];
                        expected -= rows.Count(i => stratum[i] == z) / (double)rows.Length * Q(a) * Q(b)
                            * ((a == b ? share[a] : 0) - (share[a] * share[b]));
                    }
                }

                Assert.Equal(expected / rows.Length, comparison.Standardized!.Covariance[(a * 3) + b], 1e-12);
            }
        }
    }

    [Theory]
    [InlineData("ge")]
    [InlineData("ge-hc0")]
    [InlineData("ge-hc1")]
    [InlineData("ge-hc2")]
    [InlineData("ge-hc3")]
    public void Ge_with_the_canonical_link_is_the_delta_method_on_the_coefficients(string errors)
    {
        var kind = StandardizedErrors.All.Single(choice => choice.Name == errors);
        foreach (var (outcome, family) in new[] { ("y", Family.Binomial), ("yc", Family.Gaussian) })
        {
            var frame = PersonFrames.Reference("irt3", $"{outcome} ~ trt * s1 + x");
            var comparison = Compare(frame, family.DefaultLink, kind, Randomization.Simple, family);
            var (x, link) = (Matrix(frame.Design), family.DefaultLink);
            var eta = x * Vector<double>.Build.DenseOfArray(comparison.Fit.Coefficients.ToArray());
            var weight = eta.Map(value => family == Family.Gaussian ? 1 : link.Derivative(value));
            var residual = Vector<double>.Build.DenseOfArray(frame.Response.ToArray()) - eta.Map(link.Mean);
            var inverse = (x.Transpose() * Matrix<double>.Build.DenseOfDiagonalVector(weight) * x).Inverse();
            var hat = x * inverse * x.Transpose();
            var (n, p) = (x.RowCount, x.ColumnCount);
            var squares = Vector<double>.Build.Dense(n, i => residual[i] * residual[i] * (errors switch
            {
                "ge-hc1" => n / (double)(n - p),
                "ge-hc2" => 1 / (1 - (hat[i, i] * weight[i])),
                "ge-hc3" => 1 / Math.Pow(1 - (hat[i, i] * weight[i]), 2),
                _ => 1,
            }));
            var beta = errors == "ge"
                ? inverse * (family == Family.Gaussian ? residual.DotProduct(residual) / (n - p) : 1)
                : inverse * x.Transpose() * Matrix<double>.Build.DenseOfDiagonalVector(squares) * x * inverse;
            var slopes = Matrix<double>.Build.DenseOfRowVectors(Levels.Select(level =>
            {
                var set = Matrix(frame.Recipe!.With("trt", level));
                var at = set * Vector<double>.Build.DenseOfArray(comparison.Fit.Coefficients.ToArray());
                return set.Transpose() * at.Map(link.Derivative) / n;
            }));
            var expected = slopes * beta * slopes.Transpose();
            for (var k = 0; k < 9; k++)
            {
                Assert.Equal(expected[k / 3, k % 3], comparison.Standardized!.Covariance[k], 1e-10);
            }
        }
    }

    [Fact]
    public void Strata_take_away_the_moments_of_arms_within_them()
    {
        var frame = PersonFrames.Reference("irt3", "y ~ trt + x", "s1:s2");
        var plain = Compare(frame, Link.Probit, StandardizedErrors.Influence, Randomization.Simple).Standardized!;
        var blocks = Compare(frame, Link.Probit, StandardizedErrors.Influence, Randomization.PermutedBlock).Standardized!;
        var (arm, n) = (ArmOf(frame), frame.Rows);
        var stratum = ((Data.Tables.FactorColumn)frame.Auxiliary("s1:s2")).Codes.ToArray();
        var groups = Enumerable.Range(0, n).GroupBy(i => (stratum[i], arm[i])).ToList();
        for (var j = 0; j < 3; j++)
        {
            double Average(IEnumerable<int> who) => who.Average(i => plain.Influence.Of(i)[j]);
            var between = groups.Sum(cell => cell.Count() * Math.Pow(
                Average(cell) - Average(Enumerable.Range(0, n).Where(i => stratum[i] == cell.Key.Item1)), 2));
            var expected = plain.Covariance[j * 4] - (n / (n - 1.0) * between);
            Assert.Equal(expected, blocks.Covariance[j * 4], 1e-12);
            Assert.True(blocks.Covariance[j * 4] < plain.Covariance[j * 4]);
        }

        // Ye's correction differs by the arms' shares, which are nearly the same in all strata.
        var ye = Compare(frame, Link.Probit, StandardizedErrors.Ye, Randomization.PermutedBlock).Standardized!;
        Assert.Equal(ye.Covariance[0], blocks.Covariance[0], 0.05 * ye.Covariance[0]);
    }

    private static PersonComparison Compare(
        ModelFrame frame, Link link, StandardizedErrors errors, Randomization randomization, Family? family = null) =>
        PersonComparer.Compare(frame, new PersonOptions
        {
            Treatment = "trt",
            Family = family ?? Family.Binomial,
            Link = link,
            Errors = errors,
            Strata = randomization == Randomization.Simple ? [] : ["s1", "s2"],
            Randomization = randomization,
        });

    private static int[] ArmOf(ModelFrame frame)
    {
        var known = frame.Recipe!.LevelsOf("trt");
        return Array.ConvertAll(frame.Recipe.CodesOf("trt"), code => Array.IndexOf(Levels, known[code]));
    }

    private static double[] Means(ModelFrame frame, PersonComparison comparison, string level)
    {
        var eta = Matrix(frame.Recipe!.With("trt", level)) * Vector<double>.Build.DenseOfArray(comparison.Fit.Coefficients.ToArray());
        return [.. eta.Select(comparison.Options.EffectiveLink.Mean)];
    }

    private static Matrix<double> Matrix(DesignMatrix design) =>
        Matrix<double>.Build.DenseOfColumnMajor(design.Rows, design.Columns, design.Values.ToArray());
}

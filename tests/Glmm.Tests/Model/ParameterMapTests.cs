using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Glmm.Tests.Model;

/// <summary>Against dense factors and finite differences.</summary>
public sealed class ParameterMapTests
{
    public static TheoryData<int, bool> Shapes => new() { { 1, true }, { 2, true }, { 2, false }, { 3, true } };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Reported_factors_are_the_Cholesky_factors_of_the_covariance_in_the_units_of_the_data(int effects, bool correlated)
    {
        var model = Prepare(effects, correlated);
        var scaled = Point(model);
        var reported = model.Map.ToReported(scaled, out var singular);
        Assert.False(singular);
        var at = model.Scaling.Columns;
        foreach (var level in model.Levels)
        {
            var layout = level.Reported;
            var lambda = new double[layout.Dimension * layout.Dimension];
            level.Factor.Fill(scaled.AsSpan(at, layout.Count), lambda);
            var upper = Matrix<double>.Build.Dense(
                layout.Dimension,
                layout.Dimension,
                (a, b) => lambda[(a * layout.Dimension) + b] / level.Scales[a]);
            var lower = (upper * upper.Transpose()).Cholesky().Factor;
            for (var e = 0; e < layout.Count; e++)
            {
                Assert.Equal(lower[layout.Row(e), layout.Column(e)], reported[at + e], 1e-12);
            }

            at += layout.Count;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Jacobians_match_differences_and_are_inverse_to_each_other(int effects, bool correlated)
    {
        var model = Prepare(effects, correlated);
        var scaled = Point(model);
        var m = model.Map.ParameterCount;
        model.Map.Jacobians(scaled, out var scaledByReported, out var reportedByScaled);
        for (var j = 0; j < m; j++)
        {
            const double Step = 1e-6;
            var (above, below) = ((double[])scaled.Clone(), (double[])scaled.Clone());
            above[j] += Step;
            below[j] -= Step;
            var (up, down) = (model.Map.ToReported(above, out _), model.Map.ToReported(below, out _));
            for (var i = 0; i < m; i++)
            {
                var difference = (up[i] - down[i]) / (2 * Step);
                Assert.Equal(difference, reportedByScaled[(i * m) + j], 1e-7 * (1 + Math.Abs(difference)));
                var product = Enumerable.Range(0, m).Sum(k => scaledByReported[(i * m) + k] * reportedByScaled[(k * m) + j]);
                Assert.Equal(i == j ? 1 : 0, product, 1e-9);
            }
        }
    }

    [Fact]
    public void A_singular_covariance_is_named_and_its_Jacobians_move_along_its_rank()
    {
        var model = Prepare(2, correlated: true);
        var scaled = Point(model);
        var p = model.Scaling.Columns;

        // Λ with a vanished first column: one effect b(r, 1).
        scaled[p] = 0;
        model.Map.ToReported(scaled, out var singular);
        Assert.True(singular);
        var m = model.Map.ParameterCount;
        model.Map.Jacobians(scaled, out var scaledByReported, out var reportedByScaled);
        for (var i = 0; i < m; i++)
        {
            Assert.Equal(0, reportedByScaled[(i * m) + p]);
            Assert.Equal(0, scaledByReported[(p * m) + i]);
            var product = Enumerable.Range(0, m).Sum(k => scaledByReported[(i * m) + k] * reportedByScaled[(k * m) + i]);
            Assert.Equal(i == p ? 0 : 1, product, 1e-9);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void FactorDerivative_matches_differences_of_the_lower_factor(int q)
    {
        var stream = new RandomStream((ulong)q, 0, 0);
        var upper = new double[q * q];
        for (var a = 0; a < q; a++)
        {
            for (var b = a; b < q; b++)
            {
                upper[(a * q) + b] = stream.NextNormal() + (a == b ? 2 : 0);
            }
        }

        var derivative = new FactorDerivative(Lower(upper), upper, q);
        Assert.Equal((q, q), (derivative.Rank, derivative.FreeColumns));
        for (var a = 0; a < q; a++)
        {
            for (var b = a; b < q; b++)
            {
                const double Step = 1e-6;
                var (above, below) = ((double[])upper.Clone(), (double[])upper.Clone());
                above[(a * q) + b] += Step;
                below[(a * q) + b] -= Step;
                var (up, down) = (Lower(above), Lower(below));
                var exact = derivative.Of(a, b, 3);
                for (var k = 0; k < q * q; k++)
                {
                    Assert.Equal(3 * (up[k] - down[k]) / (2 * Step), exact[k], 1e-7);
                }
            }
        }

        double[] Lower(double[] factor)
        {
            var matrix = Matrix<double>.Build.Dense(q, q, (a, b) => factor[(a * q) + b]);
            return (matrix * matrix.Transpose()).Cholesky().Factor.Transpose().ToColumnMajorArray();
        }
    }

    private static PreparedModel Prepare(int effects, bool correlated) => new(
        SyntheticFrames.Make(3, Family.Gamma, [6, 2], effects: effects, correlated: correlated),
        new GlmmOptions { Family = Family.Gamma, Link = Link.Log, Threads = 1 });

    private static double[] Point(PreparedModel model) =>
        [.. Enumerable.Range(0, model.Map.ParameterCount).Select(j => 0.7 + (0.4 * Math.Sin(3 * j)))];
}

using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Statistics.Families;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Glmm.Tests.Fitting;

/// <summary>What <see cref="GlmmFitAssembler"/> reports, against the solution in the iteration's units turned by dense algebra.</summary>
public sealed class GlmmFitAssemblerTests
{
    private static readonly GlmmFit Fit = GlmmFitter.Fit(
        SyntheticFrames.Make(6, Family.Poisson, [30], size: 8, effects: 2),
        new GlmmOptions { Family = Family.Poisson, Nodes = 5, Threads = 1 });

    [Fact]
    public void Every_threshold_is_listed_with_the_number_in_force() =>
        TolerancePage.AssertComplete(new GlmmTolerances { Distance = 0.125 }, new GlmmTolerances { Distance = 0.125 }.All);

    [Fact]
    public void The_joint_covariance_is_the_inverse_information_in_the_units_of_the_data()
    {
        var m = Fit.ParameterCount;
        Fit.Model.Map.Jacobians(Fit.Solution.Parameters, out _, out var jacobian);
        var turned = Matrix<double>.Build.Dense(m, m, (i, j) => jacobian[(i * m) + j]);
        var information = Fit.Solution.Information.ToArray();
        var expected = turned * Matrix<double>.Build.Dense(m, m, (i, j) => information[(i * m) + j]).Inverse() * turned.Transpose();
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < m; j++)
            {
                Assert.Equal(expected[i, j], Fit.JointCovariance[(i * m) + j], 1e-10);
            }
        }

        Assert.Equal(Math.Sqrt(expected[1, 1]), Fit.StandardErrors[1], 1e-10);
    }

    [Fact]
    public void The_scores_of_the_clusters_add_up_to_zero()
    {
        for (var j = 0; j < Fit.ParameterCount; j++)
        {
            var sum = 0.0;
            for (var cluster = 0; cluster < 30; cluster++)
            {
                sum += Fit.ClusterScores[(cluster * Fit.ParameterCount) + j];
            }

            Assert.Equal(0, sum, 1e-3);
        }
    }

    [Fact]
    public void Parameters_are_named_term_by_term_and_column_by_column() => Assert.Equal(
        ["(Intercept)", "x", "w", "theta[g0](Intercept)", "theta[g0]x,(Intercept)", "theta[g0]x"], Fit.ParameterNames);

    [Fact]
    public void The_covariance_of_the_effects_is_that_of_the_reported_factor()
    {
        var (a, b, c) = (Fit.Parameters[3], Fit.Parameters[4], Fit.Parameters[5]);
        double[] expected = [a * a, a * b, a * b, (b * b) + (c * c)];
        for (var k = 0; k < 4; k++)
        {
            Assert.Equal(expected[k], Fit.RandomEffects[0].Covariance[k], 1e-12);
        }
    }
}

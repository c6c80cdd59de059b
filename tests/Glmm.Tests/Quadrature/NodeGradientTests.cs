using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Quadrature;

namespace MarginalConditional.Glmm.Tests.Quadrature;

/// <summary>A <see cref="NodeGradient"/> is the derivative of the sum itself, with nodes so few that their movement counts most.</summary>
public sealed class NodeGradientTests
{
    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(1, 3, true)]
    [InlineData(2, 2, true)]
    [InlineData(2, 3, false)]
    [InlineData(4, 2, true)]
    public void Scores_of_rows_and_slopes_in_theta_equal_differences(int effects, int nodes, bool adaptive)
    {
        var crew = new LaneCrew(new GammaLaw(), effects, nodes, 4, adaptive);
        var theta = new Vector256<double>[crew.Data.Factor.ParameterCount];
        void Differentiate()
        {
            crew.Sum(EvaluationNeeds.Gradient);
            crew.Gradient.Differentiate(theta, out _);
        }

        crew.ForEveryLane(Differentiate, (lane, pattern) =>
        {
            var expected = crew.Twin(pattern).Gradient(crew.Parameters);
            var scores = crew.Twin(pattern).RowScores(crew.Parameters);
            for (var e = 0; e < theta.Length; e++)
            {
                LaneCrew.Close(expected[2 + e], theta[e][lane], 1e-8);
            }

            for (var i = 0; i < scores.Length; i++)
            {
                LaneCrew.Close(scores[i], crew.Gradient.RowScores[i][lane], 1e-8);
            }
        });
    }

    [Fact]
    public void Slopes_of_coefficients_are_the_rows_scores_times_x_and_the_multiplicity()
    {
        var crew = new LaneCrew(new BernoulliLaw(), 2, 3, 5);
        var slopes = new Vector256<double>[2];
        void Differentiate()
        {
            crew.Sum(EvaluationNeeds.Gradient);
            crew.Gradient.Differentiate(new Vector256<double>[3], out _);
            slopes.AsSpan().Clear();
            crew.Gradient.AddCoefficientSlopes(Vector256.Create(3.0), slopes);
        }

        crew.ForEveryLane(Differentiate, (lane, pattern) =>
        {
            var expected = crew.Twin(pattern).Gradient(crew.Parameters);
            LaneCrew.Close(3 * expected[0], slopes[0][lane], 1e-8);
            LaneCrew.Close(3 * expected[1], slopes[1][lane], 1e-8);
        });
    }
}

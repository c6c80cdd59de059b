using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Quadrature;

namespace MarginalConditional.Glmm.Tests.Quadrature;

/// <summary><see cref="LouisInformation"/> is the formula node by node, and with many nodes the curvature of ℓ.</summary>
public sealed class LouisInformationTests
{
    [Theory]
    [InlineData(1, 5, true, true)]
    [InlineData(2, 4, true, true)]
    [InlineData(2, 4, false, false)]
    public void Every_entry_equals_the_formula_node_by_node(int effects, int nodes, bool adaptive, bool correlated)
    {
        var crew = new LaneCrew(new BernoulliLaw(), effects, nodes, 8, adaptive, correlated);
        var order = 2 + crew.Data.Factor.ParameterCount;
        var width = order + 1;
        var information = new Vector256<double>[width * width];
        crew.ForEveryLane(() => Fill(crew, information, width), (lane, pattern) =>
        {
            var expected = crew.Twin(pattern).Information(crew.Parameters);
            for (var j = 0; j < order; j++)
            {
                for (var l = 0; l <= j; l++)
                {
                    LaneCrew.Close(2 * expected[(j * order) + l], information[(j * width) + l][lane], 1e-6);
                }
            }

            Assert.All(information[(order * width)..], rest => Assert.Equal(Vector256<double>.Zero, rest));
        });
    }

    [Fact]
    public void With_many_nodes_it_is_the_curvature_of_the_log_likelihood()
    {
        var crew = new LaneCrew(new BernoulliLaw(), 1, 40, 5);
        var information = new Vector256<double>[9];
        crew.ForEveryLane(() => Fill(crew, information, 3), (lane, pattern) =>
        {
            const double Step = 1e-4;
            for (var j = 0; j < 3; j++)
            {
                var (up, down) = ((double[])crew.Parameters.Clone(), (double[])crew.Parameters.Clone());
                (up[j], down[j]) = (up[j] + Step, down[j] - Step);
                var (above, below) = (crew.Twin(pattern).Gradient(up), crew.Twin(pattern).Gradient(down));
                for (var l = 0; l <= j; l++)
                {
                    LaneCrew.Close(2 * (below[l] - above[l]) / (2 * Step), information[(j * 3) + l][lane], 1e-5);
                }
            }
        });
    }

    private static void Fill(LaneCrew crew, Vector256<double>[] information, int width)
    {
        crew.Sum(EvaluationNeeds.Information);
        information.AsSpan().Clear();
        crew.Louis.AddTo(Vector256.Create(2.0), information, width);
    }
}

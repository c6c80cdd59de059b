using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Quadrature;

namespace MarginalConditional.Glmm.Tests.Quadrature;

/// <summary>Every node comes once through a <see cref="NodeTile"/>, with the effects, term and derivatives that it has by itself.</summary>
public sealed class NodeTileTests
{
    [Theory]
    [InlineData(1, 7, 5, true)]
    [InlineData(2, 9, 12, true)]
    [InlineData(2, 9, 12, false)]
    public void Terms_and_derivatives_equal_scalar_ones_at_every_node(int effects, int nodes, int mostRows, bool adaptive)
    {
        var crew = new LaneCrew(new BernoulliLaw(), effects, nodes, mostRows, adaptive);
        crew.ForEveryLane(() => { }, (lane, pattern) =>
        {
            var seen = 0;
            for (crew.Tile.Rewind(); crew.Tile.Next(EvaluationNeeds.Information); seen += crew.Tile.Count)
            {
                Assert.Equal(seen == 0, crew.Tile.IsFirst);
                for (var k = 0; k < crew.Tile.Count; k++)
                {
                    CheckNode(crew, seen + k, k, lane, pattern);
                }
            }

            Assert.Equal(crew.Grid.Count, seen);
        });
    }

    [Fact]
    public void Weighing_divides_by_the_largest_term_and_multiplies_by_the_coordinates()
    {
        var crew = new LaneCrew(new BernoulliLaw(), 2, 3, 4);
        crew.ForEveryLane(() => { }, (lane, _) =>
        {
            crew.Tile.Rewind();
            crew.Tile.Next(EvaluationNeeds.Value);
            double[] logs = [.. crew.Tile.Terms.ToArray().Select(term => term[lane])];
            var top = crew.Tile.Highest(Vector256.Create(double.NegativeInfinity));
            Assert.Equal(logs.Max(), top[lane]);
            crew.Tile.Weigh(top);
            for (var k = 0; k < logs.Length; k++)
            {
                var term = Math.Exp(logs[k] - logs.Max());
                LaneCrew.Close(term, crew.Tile.Terms[k][lane], 1e-14);
                LaneCrew.Close(term * crew.Grid.Coordinates(1)[k], crew.Tile.Weighted(1)[k][lane], 1e-14);
            }
        });
    }

    private static void CheckNode(LaneCrew crew, int node, int k, int lane, int pattern)
    {
        var q = crew.Data.Dimension;
        var log = crew.Grid.LogWeights[node];
        var u = new double[q];
        for (var b = 0; b < q; b++)
        {
            var z = crew.Grid.Coordinates(b)[node];
            u[b] = crew.Placement.Centre[b][lane];
            for (var d = 0; d < q; d++)
            {
                u[b] += crew.Placement.Transform[(b * q) + d][lane] * crew.Grid.Coordinates(d)[node];
            }

            log += crew.Placement.Adaptive ? (0.5 * z * z) - (0.5 * u[b] * u[b]) : 0;
            LaneCrew.Close(u[b], crew.Tile.Effects(b)[k][lane], 1e-13);
        }

        var start = crew.Data.PatternOffsets[pattern];
        for (var i = 0; i < crew.Data.PatternOffsets[pattern + 1] - start; i++)
        {
            var eta = crew.Block.Linear[i][lane];
            for (var b = 0; b < q; b++)
            {
                eta += crew.Block.Loadings[(i * q) + b][lane] * u[b];
            }

            var (own, first, second) = crew.Row(start + i, eta);
            log += own;
            LaneCrew.Close(first, crew.Tile.First(i)[k][lane], 1e-12);
            LaneCrew.Close(second, crew.Tile.Second(i)[k][lane], 1e-12);
        }

        LaneCrew.Close(log, crew.Tile.Terms[k][lane], 1e-12);
    }
}

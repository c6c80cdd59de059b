using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Quadrature;

namespace MarginalConditional.Glmm.Tests.Quadrature;

/// <summary>What <see cref="NodeSums"/> adds tile by tile equals sums over nodes one at a time.</summary>
public sealed class NodeSumsTests
{
    [Theory]
    [InlineData(1, 7, 30)]
    [InlineData(2, 7, 12)]
    [InlineData(3, 3, 5)]
    public void Means_over_the_nodes_equal_those_one_node_at_a_time(int effects, int nodes, int mostRows)
    {
        var crew = new LaneCrew(new GammaLaw(), effects, nodes, mostRows);
        crew.ForEveryLane(() => crew.Sum(EvaluationNeeds.Gradient), (lane, _) => CheckLane(crew, lane));
    }

    private static void CheckLane(LaneCrew crew, int lane)
    {
        var q = crew.Data.Dimension;
        var z = crew.Block.RandomDesign;
        var (total, dispersion) = (0.0, 0.0);
        var (coordinates, firsts) = (new double[q], new double[crew.Block.Rows]);
        var (products, slopeProducts) = (new double[q * q], new double[q * q]);
        for (crew.Tile.Rewind(); crew.Tile.Next(EvaluationNeeds.Gradient);)
        {
            for (var k = 0; k < crew.Tile.Count; k++)
            {
                var term = Math.Exp(crew.Tile.Terms[k][lane]);
                total += term;
                dispersion += term * crew.Tile.DispersionSlopes[k][lane];
                for (var i = 0; i < firsts.Length; i++)
                {
                    firsts[i] += term * crew.Tile.First(i)[k][lane];
                }

                for (var d = 0; d < q; d++)
                {
                    var weighted = term * crew.Tile.Coordinates(d)[k];
                    coordinates[d] += weighted;
                    for (var a = 0; a < q; a++)
                    {
                        products[(a * q) + d] += weighted * crew.Tile.Coordinates(a)[k];
                        for (var i = 0; i < firsts.Length; i++)
                        {
                            slopeProducts[(a * q) + d] += weighted * z[(i * q) + a][lane] * crew.Tile.First(i)[k][lane];
                        }
                    }
                }
            }
        }

        LaneCrew.Close(dispersion / total, crew.Sums.Dispersion[lane], 1e-11);
        Same(coordinates, total, crew.Sums.Coordinates, lane);
        Same(products, total, crew.Sums.Products, lane);
        Same(slopeProducts, total, crew.Sums.SlopeProducts, lane);
        Same(firsts, total, crew.Sums.Firsts, lane);
    }

    private static void Same(double[] sums, double total, ReadOnlySpan<Vector256<double>> means, int lane)
    {
        for (var at = 0; at < sums.Length; at++)
        {
            LaneCrew.Close(sums[at] / total, means[at][lane], 1e-11);
        }
    }
}

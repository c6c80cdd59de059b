using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Glmm.Quadrature;

namespace MarginalConditional.Glmm.Tests.Quadrature;

/// <summary>Each pattern stands in one lane of one block, row by row, and nothing else has weight.</summary>
public sealed class ClusterLanesTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 1)]
    [InlineData(40, 1)]
    [InlineData(40, 3)]
    public void Every_pattern_is_in_one_lane_with_its_rows(int patterns, int threads)
    {
        var data = SmallClusters.Make(patterns, patterns, 2, 5, new BernoulliLaw());
        var lanes = ClusterLanes.Of(data, threads);
        Assert.Equal((patterns + Vector256<double>.Count - 1) / Vector256<double>.Count, lanes.Blocks);
        var seen = new List<int>();
        for (var block = 0; block < lanes.Blocks; block++)
        {
            for (var lane = 0; lane < Vector256<double>.Count; lane++)
            {
                if (lane < lanes.Patterns(block).Length)
                {
                    seen.Add(lanes.Patterns(block)[lane]);
                    CheckLane(data, lanes, block, lane);
                }
                else
                {
                    Assert.Equal(0, lanes.Multiplicity[block][lane]);
                    Assert.Equal(0, WeightBelow(lanes, block, lane, 0));
                }
            }
        }

        Assert.Equal(Enumerable.Range(0, patterns), seen.Order());
    }

    [Fact]
    public void Patterns_of_one_block_are_of_like_size_longest_first_and_equal_ones_keep_their_order()
    {
        var data = SmallClusters.Make(3, 30, 1, 4, new BernoulliLaw());
        var lanes = ClusterLanes.Of(data, threads: 1);
        var order = Enumerable.Range(0, lanes.Blocks).SelectMany(block => lanes.Patterns(block).ToArray());
        Assert.Equal(Enumerable.Range(0, 30).OrderByDescending(pattern => Size(data, pattern)), order);
    }

    [Fact]
    public void Rows_that_fill_a_lane_up_have_a_response_that_the_family_knows()
    {
        var data = SmallClusters.Make(4, 11, 1, 6, new GammaLaw());
        var lanes = ClusterLanes.Of(data, threads: 1);
        foreach (var response in lanes.Response.AsSpan(0, lanes.RowOffsets[^1]))
        {
            Assert.True(Vector256.GreaterThanAll(response, Vector256<double>.Zero));
        }
    }

    private static void CheckLane(ClusterData data, ClusterLanes lanes, int block, int lane)
    {
        var pattern = lanes.Patterns(block)[lane];
        Assert.Equal(data.Multiplicity[pattern], lanes.Multiplicity[block][lane]);
        for (var i = 0; i < Size(data, pattern); i++)
        {
            var (from, to) = (data.PatternOffsets[pattern] + i, lanes.RowOffsets[block] + i);
            Assert.Equal(data.Offset[from], lanes.Offset[to][lane]);
            Assert.Equal(data.Response[from], lanes.Response[to][lane]);
            Assert.Equal(data.Weight[from], lanes.Weight[to][lane]);
            for (var j = 0; j < data.Columns; j++)
            {
                Assert.Equal(data.Design[(from * data.Columns) + j], lanes.Design[(to * data.Columns) + j][lane]);
            }

            for (var b = 0; b < data.Dimension; b++)
            {
                Assert.Equal(data.RandomDesign[(from * data.Dimension) + b], lanes.RandomDesign[(to * data.Dimension) + b][lane]);
            }
        }

        Assert.Equal(0, WeightBelow(lanes, block, lane, Size(data, pattern)));
    }

    private static double WeightBelow(ClusterLanes lanes, int block, int lane, int row)
    {
        var sum = 0.0;
        for (var at = lanes.RowOffsets[block] + row; at < lanes.RowOffsets[block + 1]; at++)
        {
            sum += lanes.Weight[at][lane];
        }

        return sum;
    }

    private static int Size(ClusterData data, int pattern) => data.PatternOffsets[pattern + 1] - data.PatternOffsets[pattern];
}

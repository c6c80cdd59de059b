using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Effects;

namespace MarginalConditional.Glmm.Tests.Effects;

/// <summary>When a search for a mode gives up on rounding.</summary>
public sealed class ModeSearchTests
{
    [Theory]
    [InlineData(-9.373, -9.373, 4.35e-12, 4.35e-12, true)]
    [InlineData(-9.3730000001, -9.373, 4.35e-12, 4.36e-12, true)]
    [InlineData(-9.37, -9.373, 4.35e-12, 4.35e-12, false)]
    [InlineData(-9.373, -9.373, 1e-11, 1e-8, false)]
    [InlineData(-9.373, -9.373, 1e-3, double.PositiveInfinity, false)]
    [InlineData(double.NaN, double.NaN, 1, 1, true)]
    public void Rounding_neither_raises_the_height_nor_shortens_the_step(
        double next, double value, double decrement, double before, bool expected) =>
        Assert.Equal(expected, ModeSearch.IsRounding(next, value, decrement, before));

    [Theory]
    [InlineData(-9.373, -9.373, 4.35e-12, 4.35e-12)]
    [InlineData(-9.37, -9.373, 4.35e-12, 4.35e-12)]
    [InlineData(-9.373, -9.373, 1e-11, 1e-8)]
    [InlineData(-9.373, -9.373, 1e-3, double.PositiveInfinity)]
    [InlineData(double.NaN, double.NaN, 1, 1)]
    public void Lanes_rest_where_one_search_would(double next, double value, double decrement, double before)
    {
        var resting = ModeSearch.AreRounding(
            Vector256.Create(next), Vector256.Create(value), Vector256.Create(decrement), Vector256.Create(before));
        Assert.Equal(ModeSearch.IsRounding(next, value, decrement, before) ? -1L : 0L, resting.AsInt64()[0]);
    }
}

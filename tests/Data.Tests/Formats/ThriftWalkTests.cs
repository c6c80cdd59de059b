using MarginalConditional.Data.Files;
using MarginalConditional.Data.Files.Parquets;

namespace MarginalConditional.Data.Tests.Formats;

/// <summary>Structures written by hand after the specification of the compact protocol.</summary>
public sealed class ThriftWalkTests
{
    [Fact]
    public void Numbers_are_found_by_their_fields()
    {
        // 1: i32 3; 2: i64 -300; 5: { 1: i32 12; 3: true }; 6: list of two binaries; 7: list of three truth values; stop.
        byte[] bytes =
        [
            0x15, 0x06, 0x16, 0xD7, 0x04, 0x3C, 0x15, 0x18, 0x21, 0x00, 0x19, 0x28, 0x01, 0x41, 0x00, 0x19, 0x31, 1, 2, 1, 0x00, 0xEE,
        ];
        var walk = new ThriftWalk(Of(bytes), bytes);
        walk.Pass();
        Assert.Equal((3L, -300L, 12L), (walk.Number(1), walk.Number(2), walk.Number(5, 1)));
        Assert.Null(walk.Number(5));
        Assert.Equal(bytes.Length - 1, walk.Place);
    }

    [Theory]
    [InlineData("18FFFFFFFF0F41")]
    [InlineData("19F1FFFFFFFF0F")]
    [InlineData("1BFFFFFFFF0F88")]
    [InlineData("1506")]
    [InlineData("15FFFFFFFFFFFFFFFFFFFFFF")]
    [InlineData("1D00")]
    public void A_size_that_the_bytes_cannot_hold_is_not_believed(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        Assert.Throws<InputException>(() =>
        {
            var walk = new ThriftWalk(Of(bytes), bytes);
            walk.Pass();
        });
    }

    /// <summary>Field 1 is a whole number, field 2 a list of bytes, field 3 anything; Parquet's own shapes meet whole files.</summary>
    [Theory]
    [InlineData("15061918014100", true)]
    [InlineData("160600", true)]
    [InlineData("1506190800", true)]
    [InlineData("150629110100", true)]
    [InlineData("18014100", false)]
    [InlineData("150619150600", false)]
    [InlineData("150619110100", false)]
    [InlineData("15061C0000", false)]
    public void A_field_has_the_type_that_it_has_to_have(string hex, bool fits)
    {
        var shape = ThriftShape.Of((1, ThriftShape.Whole), (2, ThriftShape.ListOf(ThriftShape.Bytes)));
        var bytes = Convert.FromHexString(hex);
        var refused = Record.Exception(() =>
        {
            var walk = new ThriftWalk(Of(bytes), bytes);
            walk.Pass(shape);
            Assert.Equal(bytes.Length, walk.Place);
        });
        Assert.Equal(fits, refused is null);
        Assert.True(fits || refused is InputException);
    }

    [Fact]
    public void Structures_in_structures_without_end_are_refused()
    {
        byte[] bytes = [.. Enumerable.Repeat((byte)0x1C, 10_000)];
        Assert.Throws<InputException>(() =>
        {
            var walk = new ThriftWalk(Of(bytes), bytes);
            walk.Pass();
        });
    }

    private static FileBytes Of(byte[] bytes) => new("data.parquet", "Parquet file", bytes);
}

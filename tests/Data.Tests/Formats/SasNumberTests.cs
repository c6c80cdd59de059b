using System.Numerics;
using MarginalConditional.Data.Files;
using MarginalConditional.Data.Files.Sas;

namespace MarginalConditional.Data.Tests.Formats;

public sealed class SasNumberTests
{
    // Bytes of TS-140's examples and of the number 0.1, which SAS shows by format HEX16.
    [Theory]
    [InlineData("4110000000000000", 1.0)]
    [InlineData("C110000000000000", -1.0)]
    [InlineData("0000000000000000", 0.0)]
    [InlineData("401999999999999A", 0.1)]
    [InlineData("4276A00000000000", 118.625)]
    [InlineData("C276A0", -118.625)]
    public void Published_numbers_are_read(string bytes, double value) =>
        Assert.Equal(value, SasNumber.Read(Convert.FromHexString(bytes), new MissingCodes()));

    // The slow twin multiplies; powers of two are exact.
    [Fact]
    public void Any_bytes_are_the_fraction_times_the_power_of_sixteen()
    {
        for (var seed = 1; seed < 400; seed++)
        {
            var bits = unchecked((ulong)seed * 0x9E3779B97F4A7C15UL);
            var bytes = new byte[8];
            System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes, bits);
            var fraction = new BigInteger(bits & 0x00FF_FFFF_FFFF_FFFF);
            var power = (4 * ((int)((bits >> 56) & 0x7F) - 64)) - 56;
            var size = (double)fraction * Math.Pow(2, power);
            Assert.Equal((bits >> 63) == 0 ? size : -size, SasNumber.Read(bytes, new MissingCodes()), 1e-15 * size);
        }
    }

    [Theory]
    [InlineData("2E00000000000000", ".")]
    [InlineData("4100000000000000", ".A")]
    [InlineData("5A0000", ".Z")]
    [InlineData("5F00000000000000", "._")]
    public void Missing_values_are_counted_by_their_code(string bytes, string code)
    {
        var missing = new MissingCodes();
        Assert.True(double.IsNaN(SasNumber.Read(Convert.FromHexString(bytes), missing)));
        Assert.Equal([new MissingCount(code, 1)], missing.Found('A'));
    }
}

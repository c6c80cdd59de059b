using System.Text;
using MarginalConditional.Data.Descriptions;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Tables;

/// <summary>−0 is 0 with a sign: kept, and shown to nobody.</summary>
public sealed class SignedZeroTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Its_sign_is_kept_and_it_is_described_as_zero(int threads)
    {
        var data = Read(threads);
        var column = (NumericColumn)data.Find("x")!;
        Assert.Equal([true, false, true, false], column.Values.ToArray().Select(double.IsNegative));
        var described = DataDescriber.Describe(data, new DescriptionRequest()).Columns.Single(one => one.Name == "x");
        Assert.Equal((0.0, 0.0, 1), (described.Minimum, described.Maximum, described.Distinct));
        Assert.False(double.IsNegative(described.Minimum!.Value) || double.IsNegative(described.Maximum!.Value));
    }

    private static Dataset Read(int threads) => DatasetReader.Read(
        "zeros.csv",
        Encoding.UTF8.GetBytes("y,x\n1,-0\n2,0\n3,-0.00\n4,0.0\n"),
        new DatasetReaderOptions { Threads = threads });
}

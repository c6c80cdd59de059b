using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Statistics.Tests.Functions;

/// <summary>Tables by a second number give what the functions give.</summary>
public sealed class FunctionTablesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Every_pair_gets_its_own_functions(int parameters)
    {
        var arguments = Enumerable.Range(0, 900).Select(k => Math.Sin(k)).ToArray();
        var seconds = Enumerable.Range(0, 900).Select(k => 0.1 * (k % parameters)).ToArray();
        var tables = FunctionTables.For(2, arguments, seconds, Functions);
        var (actual, expected) = (new double[2], new double[2]);
        for (var i = 0; i < arguments.Length; i++)
        {
            tables.At(arguments[i], seconds[i], actual);
            Functions(arguments[i], seconds[i], expected);
            Assert.Equal(expected[0], actual[0], 1e-13);
            Assert.Equal(expected[1], actual[1], 1e-13);
        }

        tables.At(0.4, 77, actual);
        Assert.Equal(0.4 * 77, actual[1]);

        static void Functions(double x, double y, Span<double> values) => (values[0], values[1]) = (Math.Exp(x * y / 50), x * y);
    }
}

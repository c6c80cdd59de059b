using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Functions;
using MarginalConditional.Statistics.NormalMeans;

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

    [Fact]
    public void Close_parameters_share_tables_that_are_right_to_thirteen_digits()
    {
        var rule = MarginalMean.For(Link.Logit);
        var arguments = Enumerable.Range(0, 9000).Select(k => 4 * Math.Sin(k)).ToArray();
        var spreads = Enumerable.Range(0, 9000).Select(k => 1.46 * (1 + (0.05 * Math.Sin(3 * k)))).ToArray();
        var calls = 0;
        void Functions(double eta, double tau, Span<double> values)
        {
            calls++;
            var point = rule.At(eta, tau);
            (values[0], values[1], values[2]) = (point.Predictor, point.PredictorSlope, point.PredictorSpreadSlope);
        }

        var tables = FunctionTables.For(3, arguments, spreads, Functions);
        var (actual, expected) = (new double[3], new double[3]);
        for (var i = 0; i < arguments.Length; i++)
        {
            tables.At(arguments[i], spreads[i], actual);
        }

        Assert.InRange(calls, 1, 8000);
        for (var i = 0; i < arguments.Length; i += 17)
        {
            tables.At(arguments[i], spreads[i], actual);
            Functions(arguments[i], spreads[i], expected);
            for (var f = 0; f < 3; f++)
            {
                Assert.Equal(expected[f], actual[f], 1e-13 * (1 + Math.Abs(expected[f])));
            }
        }
    }
}

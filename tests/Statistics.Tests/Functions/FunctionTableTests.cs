using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Functions;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Statistics.Tests.Functions;

/// <summary>Tabulated functions are those computed at every argument.</summary>
public sealed class FunctionTableTests
{
    /// <summary>A cell of any number of arguments, as many as a polynomial has points among them, has the function of each.</summary>
    [Fact]
    public void A_cell_of_any_number_of_arguments_has_the_function_at_each()
    {
        for (var count = 1; count <= 30; count++)
        {
            double[] arguments = [0, .. Enumerable.Range(1, count).Select(k => 1 + (0.4 * k / count))];
            var table = FunctionTable.For(2, arguments, (x, values) => (values[0], values[1]) = (Math.Exp(x), Math.Sin(x)));
            var found = new double[2];
            foreach (var argument in arguments)
            {
                table.At(argument, found);
                Assert.Equal(Math.Exp(argument), found[0], 1e-13);
                Assert.Equal(Math.Sin(argument), found[1], 1e-13);
            }
        }
    }

    [Theory]
    [InlineData("logit", 0.1, 1)]
    [InlineData("logit", 2, 12)]
    [InlineData("cloglog", 0.1, 6)]
    [InlineData("probit", 0.1, 15)]
    public void Many_arguments_get_what_each_would_get_alone(string name, double spread, double range)
    {
        Assert.True(Link.TryParse(name, out var link));
        var rule = MarginalMean.For(link);
        double[] arguments = [.. Enumerable.Range(0, 2000).Select(row => range * Math.Sin(row))];
        var calls = 0;
        void Functions(double eta, Span<double> values)
        {
            calls++;
            var product = rule.Shared(eta, spread, 0.5);
            (values[0], values[1], values[2]) = (rule.At(eta, spread).Mean, product.Value, product.Slope);
        }

        var table = FunctionTable.For(3, arguments, Functions);
        Assert.InRange(calls, 1, 28 * ((2 * range) + 1));
        var (actual, expected) = (new double[3], new double[3]);
        for (var row = 0; row < arguments.Length; row += 7)
        {
            table.At(arguments[row], actual);
            Functions(arguments[row], expected);
            for (var f = 0; f < 3; f++)
            {
                Assert.Equal(expected[f], actual[f], 1e-14);
            }
        }
    }

    [Fact]
    public void A_polynomial_of_degree_13_is_reproduced()
    {
        double[] arguments = [.. Enumerable.Range(0, 300).Select(k => -1.3 + (k / 100.0))];
        var table = FunctionTable.For(2, arguments, (x, values) => (values[0], values[1]) = (Polynomial(x), 1));
        var values = new double[2];
        foreach (var x in arguments)
        {
            table.At(x, values);
            Assert.Equal(Polynomial(x), values[0], 1e-12);
            Assert.Equal(1, values[1], 1e-14);
        }

        static double Polynomial(double x) => Enumerable.Range(0, 14).Sum(k => Math.Pow(x, k) / (k + 1) * (k % 3 == 0 ? -1 : 1));
    }

    [Fact]
    public void Few_different_arguments_are_computed_once_each()
    {
        var calls = 0;
        var table = FunctionTable.For(1, [.. Enumerable.Range(0, 100).Select(row => row % 3 / 10.0)], (x, values) =>
        {
            calls++;
            values[0] = x * x;
        });
        var result = new double[1];
        table.At(0.2, result);
        Assert.Equal(0.2 * 0.2, result[0]);
        Assert.Equal(3, calls);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void There_is_no_table_of_no_function(int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FunctionTable.For(count, [], (_, _) => { }));

    [Fact]
    public void Elsewhere_and_over_a_range_without_end_the_functions_are_asked_themselves()
    {
        var near = FunctionTable.For(1, [.. Enumerable.Range(0, 100).Select(row => row / 100.0)], Square);
        var far = FunctionTable.For(1, [.. Enumerable.Range(0, 100).Select(row => row * 1e6)], Square);
        var none = FunctionTable.For(1, [], Square);
        var result = new double[1];
        foreach (var table in new[] { near, far, none })
        {
            table.At(-3.25, result);
            Assert.Equal(3.25 * 3.25, result[0]);
            table.At(7e6, result);
            Assert.Equal(49e12, result[0]);
        }

        static void Square(double x, Span<double> values) => values[0] = x * x;
    }
}

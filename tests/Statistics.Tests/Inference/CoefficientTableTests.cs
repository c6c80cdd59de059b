using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Statistics.Tests.Inference;

public sealed class CoefficientTableTests
{
    private static readonly string[] Terms = ["(Intercept)", "x"];

    [Fact]
    public void Normal_rows_have_z_statistics_and_intervals_of_1_96_standard_errors()
    {
        var row = new CoefficientTable(Terms, [0, 1], [1, 0.25])["x"];
        Assert.Equal(4, row.Statistic);
        Assert.Null(row.DegreesOfFreedom);
        Assert.Equal(6.3342483666239957e-05, row.PValue, 1e-18); // R: 2*pnorm(-4)
        Assert.Equal(1 - (0.25 * 1.9599639845400545), row.Lower, 1e-15);
        Assert.Equal(1 + (0.25 * 1.9599639845400545), row.Upper, 1e-15);
    }

    [Fact]
    public void Rows_with_degrees_of_freedom_use_the_t_distribution()
    {
        var table = new CoefficientTable(Terms, [2.5, 1], [1, 1], [7.3, double.PositiveInfinity]);
        Assert.Equal(0.039650234665600456, table[0].PValue, 1e-14); // R: 2*pt(-2.5, 7.3)
        Assert.Equal(7.3, table[0].DegreesOfFreedom);
        Assert.Null(table[1].DegreesOfFreedom);
    }

    [Fact]
    public void Tiny_p_values_keep_their_digits()
    {
        var row = Coefficient.Wald("x", 20, 1, null);
        Assert.Equal(1, row.PValue / 5.5072482372124675e-89, 1e-12);
    }

    [Fact]
    public void The_level_moves_the_limits()
    {
        Assert.Equal(1.6448536269514722, Coefficient.CriticalValue(0.9, null), 1e-14);
        Assert.Equal(2.6392916097470009, Coefficient.CriticalValue(0.95, 4.6), 1e-13);
        Assert.Throws<ArgumentOutOfRangeException>(() => Coefficient.CriticalValue(1, null));
        Assert.Throws<ArgumentOutOfRangeException>(() => Coefficient.CriticalValue(0, null));
    }

    [Fact]
    public void An_unknown_standard_error_gives_an_unknown_test()
    {
        var row = Coefficient.Wald("x", 1, double.NaN, null);
        Assert.True(double.IsNaN(row.PValue) && double.IsNaN(row.Statistic) && double.IsNaN(row.Lower));
    }

    [Fact]
    public void Mismatched_lengths_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new CoefficientTable(Terms, [1], [1, 1]));
        Assert.Throws<ArgumentException>(() => new CoefficientTable(Terms, [1, 1], [1, 1], [3]));
        Assert.Throws<KeyNotFoundException>(() => new CoefficientTable(Terms, [1, 1], [1, 1])["z"]);
    }
}

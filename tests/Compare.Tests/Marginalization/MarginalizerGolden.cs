using System.Text.Json;
using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Data.Coding;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Tests.Marginalization;

/// <summary>From lme4's conditional estimates to the marginal ones by R's integrate(): the conversion alone, without our own fit.</summary>
public sealed class MarginalizerGolden
{
    // R 4.2.2, integrate() at its default relative tolerance of 1.2e-4, in fact far more exact: 1e-7 holds.
    private const double Tolerance = 1e-7;

    [Fact]
    public void Ohio_agrees_with_R()
    {
        var table = new TableFile("ohio");
        Check(
            "marginalize_ohio",
            TableFile.Design(("(Intercept)", Ones(table.Rows)), ("age", table.Numbers("age")), ("smoke", table.Numbers("smoke"))));
    }

    [Fact]
    public void Crossover_agrees_with_R()
    {
        var table = new TableFile("crossover");
        Check(
            "marginalize_crossover",
            TableFile.Design(("(Intercept)", Ones(table.Rows)), ("treat", table.Numbers("treat")), ("period", table.Numbers("period"))));
    }

    [Fact]
    public void Toenail_agrees_with_R()
    {
        var table = new TableFile("toenail");
        var arm = table.Texts("treatment").Select(level => level == "terbinafine" ? 1.0 : 0.0).ToArray();
        var time = table.Numbers("time");
        Check("marginalize_toenail", TableFile.Design(
            ("(Intercept)", Ones(table.Rows)),
            ("treatmentterbinafine", arm),
            ("time", time),
            ("treatmentterbinafine:time", [.. arm.Zip(time, (a, t) => a * t)])));
    }

    private static void Check(string name, DesignMatrix design)
    {
        var expected = ReferenceFiles.Case(name).GetProperty("expected");
        var beta = design.Names.Select(term => expected.GetProperty("conditional").GetProperty(term).GetDouble()).ToArray();
        var block = new RandomEffectBlock(Ones(design.Rows), [expected.GetProperty("sigma").GetDouble()], 1, correlated: true);
        var marginal = Marginalizer.Marginalize(new ConditionalModel(design, Link.Logit, beta, [block]));

        for (var j = 0; j < design.Columns; j++)
        {
            Assert.Equal(expected.GetProperty("coefficients").GetProperty(design.Names[j]).GetDouble(), marginal.Estimates[j], Tolerance);
        }
    }

    private static double[] Ones(int count) => [.. Enumerable.Repeat(1.0, count)];
}

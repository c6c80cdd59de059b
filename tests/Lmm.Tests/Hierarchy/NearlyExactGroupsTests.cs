using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Lmm.Tests.Hierarchy;

/// <summary>Groups that differ by far more than their members do, as calibrated instruments and repeated counts of one thing.</summary>
public sealed class NearlyExactGroupsTests
{
    private const int Groups = 20;
    private const int Members = 6;

    /// <summary>
    /// Balanced data have estimates in closed form (Searle, Casella and McCulloch 1992, section 4.7): σ² is the mean square within groups,
    /// and the variance between them what is left of that between, divided by the size.
    /// </summary>
    [Theory]
    [InlineData(1e1)]
    [InlineData(1e3)]
    [InlineData(1e5)]
    public void Variances_of_balanced_data_have_the_digits_of_the_outcome(double ratio)
    {
        var values = Values(ratio, slopes: false);
        double[] means = [.. values.Select(group => group.Average())];
        var within = values.SelectMany((group, g) => group.Select(value => Math.Pow(value - means[g], 2))).Sum() / (Groups * (Members - 1));
        var between = Members * means.Select(mean => Math.Pow(mean - means.Average(), 2)).Sum() / (Groups - 1);
        var fit = Fit(values, "y ~ 1 + (1 | id)");
        Assert.True(fit.Convergence.Converged);
        Relative.Equal(within, fit.ResidualVariance, 1e-8);
        Relative.Equal(Math.Sqrt((between - within) / Members), fit.RandomEffects[0].StandardDeviations[0], 1e-8);
        Relative.Equal(Math.Sqrt(between / (Groups * Members)), fit.StandardError(0), 1e-8);
    }

    /// <summary>A slope of each group's own, in balanced data: σ² is what least squares in every group leave.</summary>
    [Fact]
    public void Variances_of_slopes_have_the_digits_of_the_outcome()
    {
        var values = Values(1e4, slopes: true);
        double[] times = [.. Enumerable.Range(0, Members).Select(i => i - ((Members - 1) / 2.0))];
        var squares = times.Sum(time => time * time);
        var left = 0.0;
        foreach (var group in values)
        {
            var mean = group.Average();
            var slope = group.Select((value, i) => times[i] * (value - mean)).Sum() / squares;
            left += group.Select((value, i) => Math.Pow(value - mean - (slope * times[i]), 2)).Sum();
        }

        var fit = Fit(values, "y ~ time + (time | id)");
        Assert.True(fit.Convergence.Converged);
        Relative.Equal(left / (Groups * (Members - 2)), fit.ResidualVariance, 1e-7);
    }

    private static double[][] Values(double ratio, bool slopes)
    {
        var numbers = new Numbers(77);
        return
        [
            .. Enumerable.Range(0, Groups).Select(_ =>
            {
                var (effect, slope) = (ratio * numbers.Normal(), slopes ? ratio * numbers.Normal() / 10 : 0);
                return Enumerable.Range(0, Members).Select(i => effect + (slope * i) + numbers.Normal()).ToArray();
            }),
        ];
    }

    private static LmmFit Fit(double[][] values, string formula)
    {
        var n = Groups * Members;
        var data = new Dataset("groups.csv",
        [
            new NumericColumn("y", [.. values.SelectMany(group => group)]),
            new NumericColumn("time", [.. Enumerable.Range(0, n).Select(i => (double)(i % Members))]),
            new NumericColumn("id", [.. Enumerable.Range(0, n).Select(i => (double)(i / Members))]),
        ]);
        var frame = ModelFrameBuilder.Build(data, new FrameRequest { Formula = FormulaParser.Parse(formula) });
        return LmmFitter.Fit(frame, new LmmOptions { Tolerance = 1e-18 });
    }
}

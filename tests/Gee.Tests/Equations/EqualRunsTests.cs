using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Gee.Equations;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee.Tests.Equations;

/// <summary>Stretches of equal predictors against number by number, and that means worked out once a stretch change no bit.</summary>
public class EqualRunsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 9)]
    [InlineData(20, 20)]
    [InlineData(13, 4)]
    [InlineData(5, 3)]
    [InlineData(300, 4)]
    public void Stretches_are_those_of_a_walk_from_number_to_number(int stretches, int length)
    {
        for (var shift = 0; shift < 6; shift++)
        {
            double[] values = [.. Enumerable.Range(0, stretches * length).Select(i => (double)((i + shift) / length % 3))];
            int[] expected = [.. Enumerable.Range(0, values.Length).Where(i => i == 0 || values[i] != values[i - 1])];
            var found = new int[EqualRuns.Most];
            var count = EqualRuns.Find(values, found);
            Assert.Equal(expected.Length > Math.Min(EqualRuns.Most, values.Length / 4) ? 0 : expected.Length, count);
            Assert.Equal(expected[..count], found[..count]);
        }
    }

    [Fact]
    public void Numbers_that_are_none_are_never_equal()
    {
        double[] values = [.. Enumerable.Repeat(double.NaN, 3), .. Enumerable.Repeat(1.0, 40)];
        var found = new int[EqualRuns.Most];
        Assert.Equal(4, EqualRuns.Find(values, found));
        Assert.Equal([0, 1, 2, 3], found[..4]);
    }

    [Theory]
    [InlineData("binomial", "logit")]
    [InlineData("binomial", "probit")]
    [InlineData("poisson", "log")]
    [InlineData("gamma", "log")]
    public void Rows_alike_have_the_bits_of_rows_by_themselves(string familyName, string linkName)
    {
        Assert.True(Family.TryParse(familyName, out var family));
        Assert.True(Link.TryParse(linkName, out var link));
        const int Size = 11;
        const int Rows = 9 * Size;
        string[] names = ["(Intercept)", "arm"];
        double[] arm = [.. Enumerable.Range(0, Rows).Select(i => (double)(i / Size % 2))];
        double[] response = [.. Enumerable.Range(0, Rows).Select(i => family == Family.Binomial ? i * i % 7 % 2 : 1.0 + (i * i % 5))];
        var frame = new ModelFrame(
            new DesignMatrix(Rows, names, [.. Enumerable.Repeat(1.0, Rows), .. arm], names),
            response,
            new Clusters("c", [.. Enumerable.Range(0, 10).Select(c => c * Size)], c => $"{c}"));
        var data = new GeeData(frame, new GeeOptions { Family = family, Link = link, Threads = 1 });
        var evaluator = new BlockEvaluator(data);
        using var scratch = evaluator.CreateScratch(0, 9);
        double[] beta = [-0.3, 0.7];
        Assert.True(evaluator.Evaluate(null, 0, 9, beta, scratch, moments: null, []));
        for (var row = 0; row < Rows; row++)
        {
            double[] mean = [(1.0 * beta[0]) + (arm[row] * beta[1])];
            double[] slope = new double[1], variance = new double[1];
            data.Link.MeanAndDerivative(mean, mean, slope);
            family.Variance(mean, variance);
            var precision = 1 / Math.Sqrt(variance[0]);
            Assert.Equal((mean[0], variance[0]), (scratch.Mean(Rows)[row], scratch.Variance(Rows)[row]));
            Assert.Equal(slope[0] * precision, scratch.Column(0, Rows)[row]);
            Assert.Equal(arm[row] * (slope[0] * precision), scratch.Column(1, Rows)[row]);
            Assert.Equal((response[row] - mean[0]) * precision, scratch.Column(2, Rows)[row]);
        }
    }
}

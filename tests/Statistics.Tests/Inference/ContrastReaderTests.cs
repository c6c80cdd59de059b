using System.Globalization;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Statistics.Tests.Inference;

public sealed class ContrastReaderTests
{
    private static readonly string[] Terms = ["(Intercept)", "treatmentB", "time", "treatmentB:time", "poly(x, 2)1"];

    [Theory]
    [InlineData("(A + B) / 2 - C", 0.5, 0.5, -1)]
    [InlineData("2 * (A - (B + C) / 2)", 2, -1, -1)]
    [InlineData("-(A - B)*3 + 'C' - \"C\" + C", -3, 3, 1)]
    [InlineData("2(A - B)", 2, -2, 0)]
    [InlineData("( A - B ) * 3 / 2 + 1 / 4 / 2 * C", 1.5, -1.5, 0.125)]
    [InlineData("((A)) - (((B)))", 1, -1, 0)]
    public void Sums_in_parentheses_are_multiplied_out(string text, double a, double b, double c)
    {
        Assert.True(Contrast.TryParse(text, ["A", "B", "C"], out var contrast, out var problem), problem);
        Assert.Equal([a, b, c], contrast.Weights.ToArray());
    }

    [Theory]
    [InlineData("(A - B", "without its")]
    [InlineData("A - ()", "nothing between parentheses")]
    [InlineData("A - ( )", "nothing between parentheses")]
    [InlineData("A - (", "without its")]
    [InlineData("A - ( ", "without its")]
    [InlineData("A - B)", "not an arm")]
    [InlineData("A / (B + C)", "needs a number")]
    public void Parentheses_that_do_not_close_are_refused(string text, string problem)
    {
        Assert.False(Contrast.TryParse(text, ["A", "B", "C"], out _, out var said, "arm"));
        Assert.Contains(problem, said, StringComparison.Ordinal);
    }

    /// <summary>What is quoted goes up to the mark that ends it, what is not up to the next sign.</summary>
    [Theory]
    [InlineData("A - \"D - E\" + B", "D - E")]
    [InlineData("A - `D - E` + B", "D - E")]
    [InlineData("A - 'D' + B", "D")]
    [InlineData("A - \"D - E", "D - E")]
    [InlineData("A - D + B", "D")]
    [InlineData("A - \"\" + B", "")]
    public void An_unknown_term_is_named_whole(string text, string name)
    {
        Assert.False(Contrast.TryParse(text, ["A", "B", "C"], out _, out var said, "arm"));
        Assert.Contains($"names \"{name}\", which is not an arm. The arms are: A, B, C.", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(49, "")]
    [InlineData(50, "")]
    [InlineData(51, " and 1 more")]
    [InlineData(70, " and 20 more")]
    public void Fifty_terms_are_listed_and_more_are_counted(int count, string more)
    {
        string[] terms = [.. Enumerable.Range(1, count).Select(k => $"t{k}")];
        Assert.False(Contrast.TryParse("x", terms, out _, out var said));
        Assert.EndsWith($"are: {string.Join(", ", terms.Take(50))}{more}.", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_parentheses_end_in_a_sentence()
    {
        Assert.False(Contrast.TryParse(new string('(', 20_000) + "A", ["A"], out _, out var said));
        Assert.Contains("parentheses inside each other", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Parentheses_beside_each_other_are_not_inside_each_other()
    {
        var text = string.Join(" + ", Enumerable.Repeat("(A - B)", 200));
        Assert.True(Contrast.TryParse(text, ["A", "B"], out var contrast, out var problem), problem);
        Assert.Equal([200, -200], contrast.Weights.ToArray());
    }

    [Theory]
    [InlineData(50, true)]
    [InlineData(51, false)]
    public void Fifty_parentheses_inside_each_other_are_read(int depth, bool isRead)
    {
        var text = $"{new string('(', depth)}A{new string(')', depth)}";
        Assert.Equal(isRead, Contrast.TryParse(text, ["A"], out _, out var problem));
        Assert.Equal(!isRead, problem.EndsWith("inside each other.", StringComparison.Ordinal));
    }

    // Weights are drawn first and written as a text; reading has to give them back.
    [Fact]
    public void What_is_written_is_read_back()
    {
        var stream = new RandomStream(7, 0, 0);
        for (var trial = 0; trial < 200; trial++)
        {
            var weights = new double[Terms.Length];
            var text = string.Empty;
            for (var part = 0; part <= Next(4); part++)
            {
                var term = Next(Terms.Length);
                var weight = (1 + Next(8)) / 4.0;
                var negative = Next(2) == 0;
                var number = weight.ToString(CultureInfo.InvariantCulture);
                text += (negative ? " - " : text.Length > 0 ? " + " : string.Empty) + Next(3) switch
                {
                    0 => $"{number} * {Terms[term]}",
                    1 => $"{number}*{Terms[term]}",
                    _ => $"{Terms[term]} * {number}",
                };
                weights[term] += negative ? -weight : weight;
            }

            var reader = new ContrastReader(text, Terms);
            Assert.True(reader.TryRead(out var read) == weights.Any(weight => weight != 0), $"{text}: {reader.Problem}");
            Assert.Equal(weights, read);
        }

        int Next(int count) => (int)(stream.NextUniform() * count);
    }
}

using MarginalConditional.Data.Formulas;

namespace MarginalConditional.Data.Tests.Formulas;

public sealed class TermAlgebraTests
{
    // The slow twin of a power lists every set of up to k factors: R's (a + b + c)^k.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_power_makes_every_product_of_so_many_factors(int degree)
    {
        string[] names = ["a", "b", "c", "d"];
        var expected = Enumerable.Range(1, (1 << names.Length) - 1)
            .Select(set => names.Where((_, i) => (set >> i & 1) == 1).ToArray())
            .Where(factors => factors.Length <= degree)
            .Select(factors => string.Join(":", factors));
        var terms = Terms($"(a + b + c + d)^{degree}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), terms.Order(StringComparer.Ordinal));
        Assert.Equal(terms.Select(term => term.Count(c => c == ':')).Order(), terms.Select(term => term.Count(c => c == ':')));
    }

    [Theory]
    [InlineData("a * b", "a,b,a:b")]
    [InlineData("a / b", "a,a:b")]
    [InlineData("a * b - a", "b,a:b")]
    [InlineData("b:a + a + a:b", "a,b:a")]
    [InlineData("(a + b) / c", "a,b,a:b:c")]
    public void Crossing_nesting_and_taking_away_follow_R(string formula, string expected) =>
        Assert.Equal(expected, string.Join(',', Terms(formula)));

    /// <summary>The labels of the terms that <see cref="TermAlgebra"/> makes of a right side.</summary>
    private static string[] Terms(string right) => [.. FormulaParser.Parse($"y ~ {right}").Terms.Select(term => term.Label)];
}

using System.Globalization;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;

namespace MarginalConditional.Data.Tests.Frames;

public sealed class AliasedTermsTests
{
    [Fact]
    public void Dummies_that_add_up_to_the_intercept_are_named_with_their_relation()
    {
        var (a, b, c, d) = (Column(i => i % 4 == 0), Column(i => i % 4 == 1), Column(i => i % 4 == 2), Column(i => i % 4 == 3));
        Assert.Equal(
            "file.csv: The design has 5 columns but rank 4: \"region4\" equals 1 − region1 − region2 − region3.\nDrop one of them, or the "
                + "intercept.",
            Complaint(true, ("(Intercept)", Column(_ => true)), ("region1", a), ("region2", b), ("region3", c), ("region4", d)));
    }

    [Fact]
    public void Multiples_sums_and_constants_are_named()
    {
        var x = Numbers(i => Math.Sin(i));
        var z = Numbers(i => Math.Cos(2.0 * i * i));
        Assert.Equal(
            "file.csv: The design has 6 columns but rank 3: \"half\" equals 0.5 × x; \"sum\" equals −3 + x − 2.25 × z; \"seven\" equals "
                + "7.\nDrop one of them.",
            Complaint(
                true,
                ("(Intercept)", Column(_ => true)),
                ("x", x),
                ("z", z),
                ("half", [.. x.Select(value => value / 2)]),
                ("sum", [.. x.Zip(z, (a, b) => a - (2.25 * b) - 3)]),
                ("seven", Numbers(_ => 7))));
    }

    [Fact]
    public void Empty_columns_are_named_as_such() =>
        Assert.Equal(
            "file.csv: The design has 2 columns but rank 1: \"a:b\" is 0 in every row.\nNo row has that combination: drop the interaction, "
                + "or join levels.",
            Complaint(false, ("x", Numbers(i => i + 1)), ("a:b", Numbers(_ => 0))));

    [Fact]
    public void More_columns_than_rows_are_too_many() =>
        Assert.Equal(
            "file.csv: The design has 42 columns but rank 40.\nThere are only 40 rows: use fewer terms.",
            Complaint(false, [.. Enumerable.Range(0, 42).Select(j => ($"x{j}", Numbers(i => Math.Cos(i * (j + 1.3)))))]));

    [Fact]
    public void A_sum_of_many_columns_is_cut_short() =>
        Assert.Equal(
            "file.csv: The design has 20 columns but rank 19: \"sum\" equals x0 + x1 + x2 + x3 + x4 + x5 + x6 + x7 and 11 more "
                + "terms.\nDrop one of them.",
            Complaint(false, [.. Enumerable.Range(0, 19)
                .Select(j => ($"x{j}", Numbers(i => Wave(i, j)))), ("sum", Numbers(i => Enumerable.Range(0, 19).Sum(j => Wave(i, j))))]));

    [Theory]
    [InlineData(1e300, "file.csv: The values of \"x\", 1E+300 at most, are too large to compute with.")]
    [InlineData(1e-200, "file.csv: The values of \"x\", 1E-200 at most, are too small to compute with.")]
    public void Values_whose_squares_leave_the_range_are_not_called_aliased(double scale, string expected) =>
        Assert.StartsWith(
            expected,
            Complaint(true, ("(Intercept)", Column(_ => true)), ("x", Numbers(i => scale * Math.Cos(i)))),
            StringComparison.Ordinal);

    [Fact]
    public void A_tiny_multiple_is_aliased_too() =>
        Assert.Contains(
            "\"b\" equals 1E-09 × a",
            Complaint(true, ("(Intercept)", Column(_ => true)), ("a", Numbers(i => Math.Sin(i))), ("b", Numbers(i => 1e-9 * Math.Sin(i)))),
            StringComparison.Ordinal);

    [Theory]
    [InlineData(1e8, 1)]
    [InlineData(0, 1e8)]
    [InlineData(0, 1e-8)]
    [InlineData(-1e8, 0.01)]
    [InlineData(2010, 5)]
    public void Neither_a_large_mean_nor_an_odd_scale_is_aliasing(double mean, double scale)
    {
        var x = Numbers(i => mean + (scale * Math.Sin(i)));
        AliasedTerms.Refuse(
            Design(("(Intercept)", Column(_ => true)), ("x", x), ("z", Numbers(i => Math.Cos(i * i)))),
            centred: true,
            "file.csv");
    }

    [Fact]
    public void Strong_but_honest_collinearity_is_kept()
    {
        var x = Numbers(i => Math.Sin(i));
        var near = x.Select((value, i) => value + (1e-5 * Math.Cos(i * i))).ToArray();
        AliasedTerms.Refuse(Design(("(Intercept)", Column(_ => true)), ("x", x), ("near", near)), centred: true, "file.csv");
    }

    [Fact]
    public void Full_dummies_without_intercept_are_kept() =>
        AliasedTerms.Refuse(Design(("a", Column(i => i % 2 == 0)), ("b", Column(i => i % 2 == 1))), centred: false, "file.csv");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(53)]
    public void Dot_product_is_the_naive_sum(int length)
    {
        var a = Numbers(i => i - 3.5)[..Math.Min(length, 40)].Concat(new double[Math.Max(0, length - 40)]).ToArray();
        var b = Enumerable.Range(0, length).Select(i => 1.0 / (1 << (i % 9))).ToArray();

        // Halves and powers of two: every order of adding gives the same bits.
        Assert.Equal(a.Zip(b, (x, y) => x * y).Sum(), AliasedTerms.Dot(a, b));
    }

    private static double[] Numbers(Func<int, double> value) => [.. Enumerable.Range(0, 40).Select(value)];

    /// <summary>One of a family of waves, of which 19 on 40 points are far from dependent.</summary>
    private static double Wave(int i, int j) => Math.Cos(Math.PI * (i + 0.5) * j / 40);

    private static double[] Column(Func<int, bool> isOne) => Numbers(i => isOne(i) ? 1 : 0);

    private static DesignMatrix Design(params (string Name, double[] Values)[] columns) =>
        new(
            40,
            [.. columns.Select(column => column.Name)],
            [.. columns.SelectMany(column => column.Values)],
            [.. columns.Select(column => column.Name)]);

    private static string Complaint(bool centred, params (string Name, double[] Values)[] columns) =>
        Files.Text(Assert.Throws<InputException>(() => AliasedTerms.Refuse(Design(columns), centred, "file.csv")));
}

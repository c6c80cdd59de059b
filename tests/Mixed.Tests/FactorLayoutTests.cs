using MarginalConditional.Mixed;

namespace MarginalConditional.Mixed.Tests;

public sealed class FactorLayoutTests
{
    private static readonly (int Dimension, bool Correlated)[] Terms = [(3, true), (2, false), (1, true)];

    [Fact]
    public void Lower_entries_run_down_the_columns_of_each_term()
    {
        var layout = FactorLayout.Lower(Terms);
        (int, int, int)[] expected = [(0, 0, 0), (0, 1, 0), (0, 2, 0), (0, 1, 1), (0, 2, 1), (0, 2, 2), (1, 0, 0), (1, 1, 1), (2, 0, 0)];
        Assert.Equal(expected, layout.Entries.ToArray().Select(entry => (entry.Term, entry.Row, entry.Column)));
        Assert.Equal(Enumerable.Range(0, 9), layout.Entries.ToArray().Select(entry => entry.Parameter));
    }

    [Fact]
    public void Upper_entries_run_down_the_columns_to_the_diagonal()
    {
        var layout = FactorLayout.Upper(Terms);
        (int, int, int)[] expected = [(0, 0, 0), (0, 0, 1), (0, 1, 1), (0, 0, 2), (0, 1, 2), (0, 2, 2), (1, 0, 0), (1, 1, 1), (2, 0, 0)];
        Assert.Equal(expected, layout.Entries.ToArray().Select(entry => (entry.Term, entry.Row, entry.Column)));
    }

    [Fact]
    public void Terms_stand_one_after_the_other()
    {
        var layout = FactorLayout.Lower(Terms);
        Assert.Equal((3, 6, 9), (layout.Terms, layout.Dimension, layout.Count));
        Assert.Equal([0, 3, 5, 6], Enumerable.Range(0, 4).Select(layout.FirstEffect));
        Assert.Equal([0, 6, 8, 9], Enumerable.Range(0, 4).Select(layout.FirstParameter));
        Assert.Equal([3, 2, 1], Enumerable.Range(0, 3).Select(layout.DimensionOf));
        Assert.Equal([true, false, true], Enumerable.Range(0, 3).Select(layout.IsCorrelated));
        Assert.Equal([6, 7], layout.EntriesOf(1).ToArray().Select(entry => entry.Parameter));
        Assert.Equal((4, 4), (layout.Row(7), layout.Column(7)));
        Assert.Equal((2, 1), (layout.Row(4), layout.Column(4)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_filled_factor_is_block_triangular_and_packs_to_its_parameters(bool upper)
    {
        var layout = upper ? FactorLayout.Upper(Terms) : FactorLayout.Lower(Terms);
        double[] theta = [.. Enumerable.Range(1, layout.Count)];
        var factor = new double[layout.Dimension * layout.Dimension];
        Array.Fill(factor, double.NaN);
        layout.Fill(theta, factor);
        int[] term = [0, 0, 0, 1, 1, 2];
        for (var i = 0; i < layout.Dimension; i++)
        {
            for (var j = 0; j < layout.Dimension; j++)
            {
                var isInside = term[i] == term[j] && (i == j || (Terms[term[i]].Correlated && (upper ? i < j : i > j)));
                Assert.Equal(isInside, factor[(i * layout.Dimension) + j] != 0);
            }
        }

        var packed = new double[layout.Count];
        layout.Pack(factor, packed);
        Assert.Equal(theta, packed);
        Assert.Equal(theta.Sum(), factor.Sum());
    }
}

using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Statistics.Tests.Inference;

/// <summary>By hand: δᵀC⁻¹δ / 2 with C⁻¹ = [2 1; 1 3].</summary>
public sealed class CookDistancesTests
{
    private static readonly double[] Information = [2, 1, 1, 3];

    [Fact]
    public void A_distance_is_a_quadratic_form_over_the_number_of_coefficients()
    {
        // Rows of three: the third number belongs to no coefficient.
        var distances = CookDistances.Of([1, 0, 9, 0, 2, 9, 1, -1, 9], 3, Information);
        Assert.Equal([1, 6, 1.5], distances.Values.ToArray());
        Assert.Equal(8.5 / 3, distances.Mean, 12);
        Assert.Equal([1, 2, 0], distances.Descending);
    }

    [Fact]
    public void What_is_not_known_counts_neither_in_the_mean_nor_in_the_order()
    {
        var distances = CookDistances.Of([1, 0, double.NaN, 0, 1, 0], 2, Information);
        Assert.Equal(1, distances.Mean);
        Assert.Equal([0, 2], distances.Descending);
        Assert.Equal(double.NaN, CookDistances.Of([double.NaN, 0], 2, Information).Mean);
    }

    [Fact]
    public void Numbers_that_do_not_belong_together_are_refused()
    {
        Assert.Throws<ArgumentException>(() => CookDistances.Of([1, 2, 3], 2, Information));
        Assert.Throws<ArgumentException>(() => CookDistances.Of([1, 2], 2, [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => CookDistances.Of([1, 2], 1, Information));
    }
}

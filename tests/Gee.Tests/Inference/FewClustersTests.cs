using MarginalConditional.Data.Rows;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Gee.Tests.Inference;

/// <summary>
/// When few clusters are said to be few. One cluster of m rows among nine of one row counts as (m + 9)²/(m² + 9): exactly half of ten for
/// m = 6, and less for more.
/// </summary>
public sealed class FewClustersTests
{
    [Fact]
    public void Unequal_clusters_are_counted_by_their_sizes()
    {
        Assert.Equal("10 clusters", FewClusters.Count(Sizes(10)));
        Assert.Equal("10 clusters", FewClusters.Count(Sizes(10, first: 6)));
        Assert.Equal("10 clusters, which by their sizes count as 4.4", FewClusters.Count(Sizes(10, first: 7)));
        Assert.Equal("39 clusters", FewClusters.Count(Sizes(39)));
        Assert.Equal("40 clusters, which by their sizes count as 36.8", FewClusters.Count(Sizes(40, first: 3)));
    }

    [Fact]
    public void Forty_clusters_of_one_size_are_enough_and_fewer_are_not()
    {
        Assert.Equal("--se kauermann-carroll --df k-p", Cure(Sizes(39)));
        Assert.Null(Cure(Sizes(40)));
        Assert.NotNull(Cure(Sizes(40, first: 2)));
        Assert.Null(FewClusters.Cure(Sizes(10), GeeVariance.Robust, GeeDegreesOfFreedom.Normal, enough: 10));
    }

    [Fact]
    public void A_cure_in_force_is_not_proposed()
    {
        var few = Sizes(10);
        Assert.Null(Cure(few, GeeVariance.Model));
        Assert.Null(Cure(few, GeeVariance.KauermannCarroll, GeeDegreesOfFreedom.ClustersMinusCoefficients));
        Assert.NotNull(Cure(few, GeeVariance.KauermannCarroll));
        Assert.NotNull(Cure(few, GeeVariance.Robust, GeeDegreesOfFreedom.ClustersMinusCoefficients));
    }

    [Fact]
    public void Clusters_too_unequal_for_their_number_less_coefficients_need_Satterthwaite()
    {
        var (half, less) = (Sizes(10, first: 6), Sizes(10, first: 7));
        Assert.Null(Cure(half, GeeVariance.KauermannCarroll, GeeDegreesOfFreedom.ClustersMinusCoefficients));
        Assert.Equal("--se kauermann-carroll --df k-p", Cure(half));
        Assert.Equal(
            "--se kauermann-carroll --df satterthwaite",
            Cure(less, GeeVariance.KauermannCarroll, GeeDegreesOfFreedom.ClustersMinusCoefficients));
        Assert.Null(Cure(less, GeeVariance.KauermannCarroll, GeeDegreesOfFreedom.Satterthwaite));
    }

    [Fact]
    public void Two_ways_of_enough_clusters_need_no_word()
    {
        Assert.Empty(FewClusters.OfTwoWays(Crossed(40, 40), isNormal: true));
        Assert.Empty(FewClusters.OfTwoWays(Crossed(10, 45, factor: WayFactor.Each), isNormal: false));
        Assert.Empty(FewClusters.OfTwoWays(Crossed(10, 45, factor: WayFactor.Smallest), isNormal: true, hasDegrees: false));
    }

    [Fact]
    public void Few_clusters_of_either_way_are_said_with_what_cures_it()
    {
        const string Small = "There are 39 clusters of one of the two ways: with fewer than 40 robust standard errors are too small; use "
            + "--cluster-factor each";
        Assert.Equal($"{Small} --df k-p.", Assert.Single(FewClusters.OfTwoWays(Crossed(39, 41), isNormal: true)));
        Assert.Equal($"{Small} --df k-p.", Assert.Single(FewClusters.OfTwoWays(Crossed(41, 39), isNormal: false)));
        Assert.Equal($"{Small}.", Assert.Single(FewClusters.OfTwoWays(Crossed(41, 39), isNormal: true, hasDegrees: false)));
        Assert.Equal(
            "There are 10 clusters of one of the two ways: with fewer than 40 normal intervals are too short; use --cluster-factor each "
                + "--df k-p.",
            Assert.Single(FewClusters.OfTwoWays(Crossed(10, 45, factor: WayFactor.Each), isNormal: true)));
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void As_many_coefficients_as_clusters_of_a_way_leave_nothing_to_test(int clusters, bool isVoid)
    {
        var sentence = FewClusters.OfTwoWays(Crossed(clusters, 50, coefficients: 3), isNormal: true).Last();
        Assert.Equal(isVoid, sentence == "There are 3 clusters of one of the two ways and 3 coefficients: tests based on the robust "
            + "variance are void; use fewer coefficients, or the other way alone.");
    }

    /// <summary>Scores 1, −1, −1, 1 in the cells of two by two add up to 0 by either way: 0 + 0 − 4 is no variance.</summary>
    [Fact]
    public void A_repaired_covariance_and_nested_ways_are_said()
    {
        var repaired = TwoWaySandwich.Of([1], [1, -1, -1, 1], [0, 0, 1, 1], [0, 1, 0, 1], WayFactor.None);
        Assert.StartsWith(
            "The sums over two ways of clustering gave a covariance that is not positive semidefinite",
            FewClusters.OfTwoWays(repaired, isNormal: true).First(),
            StringComparison.Ordinal);
        var nested = TwoWaySandwich.Of([1], [1, 1, 2, 1], [0, 1, 2, 3], [0, 0, 1, 1], WayFactor.Each);
        Assert.Equal(
            "Each cluster of one way lies within one of the other: standard errors are those of the coarser way alone.",
            Assert.Single(FewClusters.OfTwoWays(nested, isNormal: false)));
    }

    private static Clusters Sizes(int count, int first = 1) =>
        new("id", [0, .. Enumerable.Range(0, count).Select(cluster => first + cluster)], cluster => $"{cluster}");

    private static string? Cure(Clusters clusters, GeeVariance? variance = null, GeeDegreesOfFreedom? reference = null) =>
        FewClusters.Cure(clusters, variance ?? GeeVariance.Robust, reference ?? GeeDegreesOfFreedom.Normal);

    /// <summary>Each cluster of one way meets each of the other in one row; scores of one sign make the variance positive.</summary>
    private static TwoWaySandwich Crossed(int first, int second, int coefficients = 1, WayFactor? factor = null)
    {
        var rows = Enumerable.Range(0, first * second).ToArray();
        double[] scores = [.. rows.SelectMany(row => Enumerable.Range(0, coefficients).Select(j => 1.0 + (row % (j + 2))))];
        var bread = new double[coefficients * coefficients];
        for (var j = 0; j < coefficients; j++)
        {
            bread[j * (coefficients + 1)] = 1;
        }

        return TwoWaySandwich.Of(
            bread,
            scores,
            [.. rows.Select(row => row / second)],
            [.. rows.Select(row => row % second)],
            factor ?? WayFactor.None);
    }
}

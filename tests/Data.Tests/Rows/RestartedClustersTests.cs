using System.Globalization;
using System.Text;
using MarginalConditional.Data.Tests.Frames;

namespace MarginalConditional.Data.Tests.Rows;

public sealed class RestartedClustersTests
{
    [Theory]
    [InlineData("id", "y ~ site + arm", "say --cluster site:id.")]
    [InlineData(null, "y ~ site + arm + (1 | id)", "say (1 | site:id).")]
    public void Names_that_start_again_in_each_place_are_noticed(string? cluster, string formula, string advice)
    {
        var note = Assert.Single(ModelFrameBuilderTests.Build(Sites(), formula, cluster).Notes);
        Assert.Equal(
            "arm is constant within 6 of the 12 clusters of id that have several rows, and varies in 6: if id starts again in each site, "
                + advice,
            note);
    }

    [Theory]
    [InlineData("site:id", "y ~ site + arm")]
    [InlineData("id", "y ~ x")]
    [InlineData("id", "y ~ site")]
    public void Groups_that_are_whole_and_covariates_that_vary_are_not_noted(string cluster, string formula) =>
        Assert.Empty(ModelFrameBuilderTests.Build(Sites(), formula, cluster).Notes);

    [Fact]
    public void A_covariate_of_clusters_that_varies_in_one_is_noted()
    {
        var text = Sites().Replace("a,1,A,0,", "a,1,B,0,", StringComparison.Ordinal);
        Assert.Equal(
            ["arm is constant within 23 of the 24 clusters of site:id that have several rows, and varies in one: check these rows."],
            ModelFrameBuilderTests.Build(text, "y ~ arm", "site:id").Notes);
    }

    /// <summary>Two sites of twelve patients, each seen four times; patients of one number share their arm if it is odd.</summary>
    private static string Sites()
    {
        var text = new StringBuilder("site,id,arm,x,y\n");
        for (var site = 0; site < 2; site++)
        {
            for (var id = 1; id <= 12; id++)
            {
                for (var row = 0; row < 4; row++)
                {
                    var arm = site == 1 && id % 2 == 0 ? "B" : "A";
                    text.Append(CultureInfo.InvariantCulture, $"{(site == 0 ? "a" : "b")},{id},{arm},{0.5 * row},{(row * id) % 5}\n");
                }
            }
        }

        return text.ToString();
    }
}

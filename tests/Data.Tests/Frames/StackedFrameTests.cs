using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Frames;

/// <summary><see cref="StackedFrame"/>: the rows of every frame in their order, in clusters and groups of their own.</summary>
public sealed class StackedFrameTests
{
    private static readonly ModelFrame First = Frame("site,arm,y,w\na,0,1,2\na,1,0,1\nb,0,1,3\n");
    private static readonly ModelFrame Second = Frame("site,arm,y,w\nb,1,0,5\nc,0,1,7\nc,1,1,9\nc,1,0,1\n");
    private static readonly ModelFrame Both = StackedFrame.Of([First, Second]);

    [Fact]
    public void Columns_outcomes_and_weights_stand_below_each_other()
    {
        Assert.Equal(7, Both.Rows);
        Assert.Equal(First.Design.Names, Both.Design.Names);
        for (var j = 0; j < First.Design.Columns; j++)
        {
            Assert.Equal([.. First.Design.Column(j), .. Second.Design.Column(j)], Both.Design.Column(j).ToArray());
        }

        Assert.Equal([.. First.Response, .. Second.Response], Both.Response.ToArray());
        Assert.Equal([.. First.Weights, .. Second.Weights], Both.Weights.ToArray());
        Assert.Equal("y", Both.ResponseName);
        Assert.Null(Both.Recipe);
    }

    [Fact]
    public void A_cluster_of_one_frame_is_none_of_another_though_its_name_is_the_same()
    {
        Assert.Equal(4, Both.Clusters.Count);
        Assert.Equal([2, 1, 1, 3], Enumerable.Range(0, 4).Select(Both.Clusters.Size));
        Assert.Equal(["1:a", "1:b", "2:b", "2:c"], Enumerable.Range(0, 4).Select(Both.Clusters.Label));
        Assert.Equal([0, 0, 1, 2, 3, 3, 3], Both.Clusters.OfRows());
    }

    [Fact]
    public void Groups_of_random_terms_are_numbered_on_and_keep_their_columns()
    {
        var term = Assert.Single(Both.RandomTerms);
        Assert.Equal(4, term.GroupCount);
        Assert.Equal([0, 0, 1, 2, 3, 3, 3], term.Groups.ToArray());
        Assert.Equal(["1:a", "1:b", "2:b", "2:c"], Enumerable.Range(0, 4).Select(term.Label));
        for (var j = 0; j < term.Dimension; j++)
        {
            Assert.Equal([.. First.RandomTerms[0].Column(j), .. Second.RandomTerms[0].Column(j)], term.Column(j).ToArray());
        }
    }

    [Fact]
    public void Where_one_frame_has_weights_the_others_weigh_one()
    {
        var plain = Frame("site,arm,y\na,0,1\na,1,0\nb,1,1\n", weights: null);
        Assert.Equal([.. First.Weights, 1, 1, 1], StackedFrame.Of([First, plain]).Weights.ToArray());
        Assert.Equal(0, StackedFrame.Of([plain, plain]).Weights.Length);
        Assert.Equal(0, StackedFrame.Of([plain, plain]).Offset.Length);
    }

    [Fact]
    public void One_frame_alone_is_itself()
    {
        var alone = StackedFrame.Of([First]);
        Assert.Equal(First.Response.ToArray(), alone.Response.ToArray());
        Assert.Equal(First.Clusters.Offsets.ToArray(), alone.Clusters.Offsets.ToArray());
        Assert.Equal(First.RandomTerms[0].Groups.ToArray(), alone.RandomTerms[0].Groups.ToArray());
    }

    [Fact]
    public void Frames_of_other_columns_or_terms_are_refused()
    {
        var other = Frame("site,arm,y,w\na,0,1,1\na,1,0,1\nb,1,0,1\n", "y ~ 1 + (1 | site)");
        var fixedOnly = Frame("site,arm,y,w\na,0,1,1\na,1,0,1\nb,1,0,1\n", "y ~ arm");
        Assert.Throws<ArgumentException>(() => StackedFrame.Of([First, other]));
        Assert.Throws<ArgumentException>(() => StackedFrame.Of([First, fixedOnly]));
        Assert.Throws<ArgumentNullException>(() => StackedFrame.Of(null!));
    }

    private static ModelFrame Frame(string text, string formula = "y ~ arm + (arm | site)", string? weights = "w") =>
        ModelFrameBuilder.Build(Tests.Files.Read(text), new FrameRequest
        {
            Formula = FormulaParser.Parse(formula),
            Cluster = "site",
            Weights = weights,
        });
}

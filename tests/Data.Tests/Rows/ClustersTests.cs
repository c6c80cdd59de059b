using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Rows;

/// <summary>Clusters as stretches of rows, and groupings of random effects within and across them.</summary>
public sealed class ClustersTests
{
    private static readonly Clusters Uneven = new("site", [0, 2, 3, 7], cluster => $"s{cluster}");

    [Fact]
    public void Clusters_are_counted_by_their_sizes()
    {
        Assert.Equal((3, 1, 4, "site", "s2"), (Uneven.Count, Uneven.MinimumSize, Uneven.MaximumSize, Uneven.Name, Uneven.Label(2)));
        Assert.Equal(49.0 / 21, Uneven.EffectiveCount, 1e-12);
        Assert.Equal([0, 0, 1, 2, 2, 2, 2], Uneven.OfRows());
        Assert.Equal((3, 4), (Uneven.Start(2), Uneven.Size(2)));
        Assert.Equal(5, new Clusters("id", [0, 3, 6, 9, 12, 15], cluster => $"{cluster}").EffectiveCount, 1e-12);
        var none = new Clusters("id", [0], cluster => $"{cluster}");
        Assert.Equal((0, 0, 0, 0), (none.Count, none.MinimumSize, none.MaximumSize, (int)none.EffectiveCount));
    }

    /// <summary>One large cluster beside small ones is worth little more than one.</summary>
    [Fact]
    public void The_effective_number_lies_between_one_and_all()
    {
        var lopsided = new Clusters("id", [0, 1000, 1001, 1002], cluster => $"{cluster}");
        Assert.InRange(lopsided.EffectiveCount, 1, 1.01);
        Assert.InRange(Uneven.EffectiveCount, 1, 3);
    }

    [Theory]
    [InlineData(new double[] { 1, 1, 2, 3, 3, 3, 3 }, true)]
    [InlineData(new double[] { 5, 5, 5, 5, 5, 5, 5 }, true)]
    [InlineData(new double[] { 1, 2, 2, 3, 3, 3, 3 }, false)]
    [InlineData(new double[] { 1, 1, 2, 3, 3, 3, 4 }, false)]
    public void A_column_is_a_cluster_s_when_no_row_differs_within_one(double[] column, bool constant) =>
        Assert.Equal(constant, Uneven.HasConstant(column));

    /// <summary>Wards of one number in two hospitals are two wards; patients lie in theirs.</summary>
    [Fact]
    public void Nested_groups_are_told_apart_by_all_of_their_names()
    {
        var frame = Build("y ~ 1 + (1 | hospital/ward/patient)");
        Assert.Equal(["hospital", "ward:hospital", "patient:ward:hospital"], frame.RandomTerms.Select(term => term.Group));
        Assert.Equal([2, 4, 8], frame.RandomTerms.Select(term => term.GroupCount));
        foreach (var term in frame.RandomTerms)
        {
            Assert.Equal(term.GroupCount, term.Groups.ToArray().Distinct().Count());
            for (var place = 0; place < frame.Rows; place++)
            {
                var (hospital, ward, patient) = Names(frame.DataRow(place) - 1);
                string[] names = [hospital, $"{ward}:{hospital}", $"{patient}:{ward}:{hospital}"];
                Assert.Equal(names[frame.RandomTerms.ToList().IndexOf(term)], term.Label(term.Groups[place]));
            }
        }

        // Each ward lies in one hospital, as its rows do.
        var wards = frame.RandomTerms[1].Groups.ToArray().Zip(frame.RandomTerms[0].Groups.ToArray()).Distinct();
        Assert.Equal(4, wards.Count());
        Assert.Equal("hospital", frame.Clusters.Name);
    }

    [Fact]
    public void Crossed_groups_have_numbers_of_their_own()
    {
        var frame = Build("y ~ 1 + (1 | hospital) + (1 | rater)");
        var rater = Assert.Single(frame.RandomTerms, term => term.Group == "rater");
        Assert.Equal(3, rater.GroupCount);
        for (var place = 0; place < frame.Rows; place++)
        {
            Assert.Equal($"r{(frame.DataRow(place) - 1) % 3}", rater.Label(rater.Groups[place]));
        }
    }

    [Theory]
    [InlineData("hospital:ward", 4)]
    [InlineData("hospital", 2)]
    [InlineData("ward", 2)]
    [InlineData("hospital:ward:patient", 8)]
    public void Several_columns_name_a_cluster_together(string cluster, int count)
    {
        var frame = Build("y ~ 1", request => request with { Cluster = cluster });
        Assert.Equal(count, frame.Clusters.Count);
        Assert.Equal(16, Enumerable.Range(0, count).Sum(frame.Clusters.Size));
    }

    private static (string Hospital, string Ward, string Patient) Names(int row) =>
        ($"h{row / 8}", $"w{row / 4 % 2}", $"p{row / 2 % 2}");

    private static ModelFrame Build(string formula, Func<FrameRequest, FrameRequest>? change = null)
    {
        var text = "hospital,ward,patient,rater,y\n" + string.Concat(Enumerable.Range(0, 16).Select(row =>
            $"{Names(row).Hospital},{Names(row).Ward},{Names(row).Patient},r{row % 3},{row * row % 7}\n"));
        var request = new FrameRequest { Formula = FormulaParser.Parse(formula) };
        return ModelFrameBuilder.Build(
            DatasetReader.Read("wards.csv", System.Text.Encoding.UTF8.GetBytes(text)), change?.Invoke(request) ?? request);
    }
}

using MarginalConditional.Data;
using MarginalConditional.Data.Frames;

namespace MarginalConditional.Mixed.Tests;

/// <summary>Six patients' rows in two wards, by hand: first rows, sizes, and rows that contradict what was fitted.</summary>
public sealed class KnownGroupsTests
{
    private static readonly RandomTermDesign Patients = Term("patient", [0, 0, 1, 2, 2, 2], ["ann", "bob", "eve"]);

    private static readonly RandomTermDesign Wards = Term("ward", [1, 1, 0, 1, 1, 1], ["north", "south"]);

    private static readonly KnownGroups Known = new([Patients, Wards]);

    [Fact]
    public void First_rows_are_those_of_the_frame()
    {
        Assert.Equal([0, 2, 3], Enumerable.Range(0, 3).Select(group => Known.FirstRow(0, group)));
        Assert.Equal([2, 0], Enumerable.Range(0, 2).Select(group => Known.FirstRow(1, group)));
    }

    [Fact]
    public void Terms_are_found_by_being_themselves()
    {
        Assert.Equal((0, 1), (Known.IndexOf(Patients), Known.IndexOf(Wards)));
        Assert.Throws<ArgumentException>(() => Known.IndexOf(Term("ward", [0], ["north"])));
    }

    [Fact]
    public void A_known_patient_stays_in_the_ward_that_was_fitted()
    {
        Known.RequireWithin(Row([1, 0], ["bob", "north"]), finer: 0, coarser: 1);
        var message = Assert.Throws<InputException>(() => Known.RequireWithin(Row([1, 1], ["bob", "south"]), 0, 1)).Message;
        Assert.Contains("Row 8 of the new rows has patient bob in ward south", message, StringComparison.Ordinal);
        Assert.Contains("lies in ward north", message, StringComparison.Ordinal);
        Assert.Contains(
            "in no ward",
            Assert.Throws<InputException>(() => Known.RequireWithin(Row([1, -1], ["bob", null]), 0, 1)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Clusters_of_a_term_have_its_labels_and_their_rows()
    {
        var list = ClusterList.Of(Patients);
        Assert.Equal("patient", list.Name);
        Assert.Equal(["ann", "bob", "eve"], list.Labels);
        Assert.Equal([2, 1, 3], list.Sizes);
    }

    [Fact]
    public void Changes_have_to_be_as_many_as_clusters()
    {
        var deleted = new DeletedClusters(ClusterList.Of(Patients), [0.1, 0.3, -0.2], [4]);
        Assert.Equal([0.1, 0.3, -0.2], deleted.Changes.ToArray());
        Assert.Equal(4 * 0.09, deleted.Distances.Values[1], 1e-15);
        Assert.Throws<ArgumentException>(() => new DeletedClusters(ClusterList.Of(Wards), [0.1, 0.3, -0.2], [4]));
    }

    private static RandomTermDesign Term(string name, int[] groups, string[] labels) =>
        new(name, groups, labels.Length, index => labels[index], ["(Intercept)"], new double[groups.Length], correlated: true);

    private static NewRow Row(int[] groups, string?[] labels) => new(7, [1], 0, [], groups, labels);
}

using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Frames;

public sealed class ModelFrameBuilderTests
{
    [Fact]
    public void Rows_are_sorted_by_cluster_then_wave_and_incomplete_ones_dropped()
    {
        var frame = Build("id,t,y,x\n10,2,1,5\n9,1,0,6\n10,1,1,7\n9,3,1,\n9,2,0,8\n", "y ~ x", cluster: "id", wave: "t");
        Assert.Equal([0, 0, 1, 1], frame.Response.ToArray());
        Assert.Equal([6, 8, 7, 5], frame.Design.Column(1).ToArray());
        Assert.Equal([1, 4, 2, 0], frame.RowOrder.ToArray());
        Assert.Equal([0, 2, 4], frame.Clusters.Offsets.ToArray());
        Assert.Equal(["9", "10"], [frame.Clusters.Label(0), frame.Clusters.Label(1)]);
        Assert.Equal([0, 1, 0, 1], frame.Waves.ToArray());
        Assert.Equal([1, 2, 1, 2], frame.WaveValues.ToArray());
        Assert.Equal(["1", "2"], frame.WaveLabels);
        Assert.Equal(1, frame.Dropped);
    }

    [Fact]
    public void A_missing_value_in_a_column_that_is_not_used_drops_nothing() =>
        Assert.Equal(0, Build("y,x,u\n1,1,NA\n0,2,NA\n1,3,5\n", "y ~ x").Dropped);

    [Fact]
    public void Waves_are_ranks_over_all_values_in_the_data_so_that_gaps_stay_gaps()
    {
        var frame = Build("id,t,y\na,0.5,1\na,3,0\nb,0.5,1\nb,1,0\nb,3,1\n", "y ~ 1", cluster: "id", wave: "t");
        Assert.Equal([0, 2, 0, 1, 2], frame.Waves.ToArray());
    }

    [Fact]
    public void Without_a_wave_column_the_wave_is_the_place_in_the_cluster()
    {
        var frame = Build("id,y\na,1\na,0\nb,1\nb,0\nb,1\n", "y ~ 1", cluster: "id");
        Assert.Equal([0, 1, 0, 1, 2], frame.Waves.ToArray());
        Assert.True(frame.WaveValues.IsEmpty);
    }

    [Fact]
    public void File_order_is_kept_within_clusters_when_position_matters()
    {
        const string text = "id,y,x\nb,1,3\na,0,9\nb,0,2\na,1,8\nb,1,1\n";
        var kept = Build(text, "y ~ x", cluster: "id", change: request => request with { PositionMatters = true });
        Assert.Equal([9, 8, 3, 2, 1], kept.Design.Column(1).ToArray());
        Assert.Equal([8, 9, 1, 2, 3], Build(text, "y ~ x", cluster: "id").Design.Column(1).ToArray());
    }

    [Theory]
    [InlineData("y ~ 1 + (1 | a) + (1 | b)", "an intercept")]
    [InlineData("y ~ 1 + (1 | a/c)", "an intercept")]
    [InlineData("y ~ 1 + (0 + x | a) + (x | b)", "x")]
    public void Groupings_with_the_same_groups_have_no_effect_in_common(string formula, string effect)
    {
        const string text = "y,a,b,c,x\n1,A,x,1,1\n2,B,y,2,2\n3,A,x,1,3\n4,B,y,2,5\n5,A,x,1,8\n6,C,z,1,1\n";
        var refusal = Assert.Throws<InputException>(() => Build(text, formula));
        Assert.Contains($"into the same groups, and the random parts have {effect} of both", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(2, Build(text, "y ~ 1 + (1 | a) + (0 + x | b)").RandomTerms.Count);

        // One row that tells them apart is enough.
        Assert.Equal(2, Build(text + "7,A,y,2,1\n", formula).RandomTerms.Count);
    }

    [Fact]
    public void The_coarsest_random_grouping_makes_the_clusters()
    {
        var frame = Build("y,a,b\n1,A,x\n2,B,x\n3,A,y\n4,B,x\n5,A,x\n6,C,z\n", "y ~ 1 + (1 | a/b)");
        Assert.Equal("a", frame.Clusters.Name);
        Assert.Equal([0, 3, 5, 6], frame.Clusters.Offsets.ToArray());
        Assert.Equal(["a", "b:a"], frame.RandomTerms.Select(term => term.Group));
        Assert.Equal([0, 0, 1, 2, 2, 3], frame.RandomTerms[1].Groups.ToArray());
        Assert.Equal("x:A", frame.RandomTerms[1].Label(0));
        Assert.Equal("z:C", frame.RandomTerms[1].Label(3));
    }

    [Fact]
    public void Coarser_groupings_come_first_whatever_the_order_typed()
    {
        var frame = Build("y,unit,hospital\n1,1,1\n2,2,1\n3,3,2\n4,4,2\n5,1,1\n", "y ~ 1 + (1 | unit) + (1 | hospital)");
        Assert.Equal(["hospital", "unit"], frame.RandomTerms.Select(term => term.Group));
        Assert.Equal([0, 0, 1, 2, 3], frame.RandomTerms[1].Groups.ToArray());
    }

    [Fact]
    public void Groups_of_a_finer_grouping_are_numbered_along_the_rows()
    {
        // Unit 9 belongs to hospital 1, unit 4 to hospital 2: the units' own order is not that of the rows.
        var frame = Build("y,unit,hospital\n1,4,2\n2,9,1\n3,7,2\n4,9,1\n5,8,1\n", "y ~ 1 + (1 | hospital) + (1 | unit)");
        Assert.Equal([0, 1, 1, 2, 3], frame.RandomTerms[1].Groups.ToArray());
        Assert.Equal(["8", "9", "4", "7"], Enumerable.Range(0, 4).Select(frame.RandomTerms[1].Label));
    }

    [Fact]
    public void Random_slopes_have_columns_of_their_own()
    {
        var term = Build("y,g,x\n1,a,2\n2,a,3\n3,b,5\n4,b,7\n", "y ~ x + (x || g)").RandomTerms[0];
        Assert.Equal(["(Intercept)", "x"], term.Names);
        Assert.Equal([2, 3, 5, 7], term.Column(1).ToArray());
        Assert.False(term.Correlated);
    }

    [Theory]
    [InlineData("e / n ~ 1", null)]
    [InlineData("cbind(e, f) ~ 1", null)]
    [InlineData("e ~ 1", "n")]
    public void Events_and_trials_become_proportions(string formula, string? trials)
    {
        var frame = Build(
            "e,n,f\n1,4,3\n0,5,5\n2,2,0\n",
            formula,
            change: request => request with { Trials = trials, PositionMatters = true });
        Assert.Equal([0.25, 0, 1], frame.Response.ToArray());
        Assert.Equal([4, 5, 2], frame.Trials.ToArray());
    }

    [Fact]
    public void One_trial_everywhere_is_no_trials() =>
        Assert.True(Build("e,n\n1,1\n0,1\n", "e / n ~ 1").Trials.IsEmpty);

    [Fact]
    public void Offsets_of_formula_and_column_are_added_up()
    {
        var frame = Build(
            "y,t,o\n1,1,10\n2,2,20\n",
            "y ~ 1 + offset(log(t)) + offset(2 * t)",
            change: request => request with { Offset = "o" });
        Assert.Equal([12, Math.Log(2) + 4 + 20], frame.Offset.ToArray());
    }

    [Fact]
    public void Weights_and_auxiliary_columns_follow_the_rows()
    {
        var frame = Build(
            "id,y,w,block\nb,1,0.5,k\na,0,2,m\n",
            "y ~ 1",
            cluster: "id",
            change: request => request with { Weights = "w", Auxiliary = ["block"] });
        Assert.Equal([2, 0.5], frame.Weights.ToArray());
        var block = Assert.IsType<FactorColumn>(frame.Auxiliary("block"));
        Assert.Equal(["m", "k"], [block.Levels[block.Codes[0]], block.Levels[block.Codes[1]]]);
        Assert.Throws<ArgumentException>(() => frame.Auxiliary("w2"));
    }

    [Fact]
    public void Reference_levels_come_first_and_levels_without_rows_are_left_out()
    {
        const string text = "y,f\n1,a\n2,b\n3,c\n4,a\n,d\n6,c\n";
        Assert.Equal(["(Intercept)", "fb", "fc"], Build(text, "y ~ f").Design.Names);
        var frame = Build(
            text,
            "y ~ f",
            change: request => request with { References = new Dictionary<string, string>(StringComparer.Ordinal) { ["f"] = "c" } });
        Assert.Equal(["(Intercept)", "fa", "fb"], frame.Design.Names);
    }

    [Fact]
    public void Numbers_are_categories_when_asked_for()
    {
        const string text = "y,k\n1,10\n2,9\n3,10\n4,0.5\n";
        Assert.Equal(["(Intercept)", "k9", "k10"], Build(text, "y ~ k", change: request => request with { Factors = ["k"] }).Design.Names);
        Assert.Equal(["(Intercept)", "factor(k)9", "factor(k)10"], Build(text, "y ~ factor(k)").Design.Names);
        Assert.Equal(["(Intercept)", "k"], Build(text, "y ~ k").Design.Names);
    }

    [Fact]
    public void A_single_row_to_a_cluster_is_the_rule_without_groupings()
    {
        var frame = Build("y,x\n1,5\n0,4\n", "y ~ 1");
        Assert.Equal(2, frame.Clusters.Count);
        Assert.Equal("1", frame.Clusters.Label(1));
    }

    internal static ModelFrame Build(
        string text,
        string formula,
        string? cluster = null,
        string? wave = null,
        Func<FrameRequest, FrameRequest>? change = null)
    {
        var request = new FrameRequest { Formula = FormulaParser.Parse(formula), Cluster = cluster, Wave = wave };
        return ModelFrameBuilder.Build(Files.Read(text), change?.Invoke(request) ?? request);
    }
}

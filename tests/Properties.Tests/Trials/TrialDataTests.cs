using MarginalConditional.Data;
using MarginalConditional.Properties.Trials;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Properties.Tests.Trials;

/// <summary>Trials as files, and what is done to them.</summary>
public sealed class TrialDataTests
{
    private static readonly TrialModel Model = new() { Covariates = [new("age", IsOfCluster: false)] };

    private static readonly TrialData Small = new(
        Model,
        ["a", "b", "a"],
        [1, 1, 2],
        [new("treatment", [0, 1, 0]), new("age", [30.5, 40, 50])],
        [1, 0, 0]);

    [Fact]
    public void A_trial_is_a_file() =>
        Assert.Equal("cluster,wave,treatment,age,y\na,1,0,30.5,1\nb,1,1,40,0\na,2,0,50,0\n", Small.Csv);

    [Fact]
    public void Rows_keep_together_when_they_are_taken() =>
        Assert.Equal("cluster,wave,treatment,age,y\na,2,0,50,0\na,1,0,30.5,1\n", Small.Take([2, 0]).Csv);

    [Fact]
    public void Columns_turn_with_the_file() =>
        Assert.Equal("y,treatment,age,wave,cluster\n1,0,30.5,1,a\n", Small.Reversed().Take([0]).Csv);

    [Fact]
    public void Two_trials_become_one_by_the_names_of_columns()
    {
        var both = Small.Append(Small.Reversed().Relabelled(label => label + label));
        Assert.Equal(6, both.Rows);
        Assert.Equal("bb,1,1,40,0", both.Csv.Split('\n')[5]);
        Assert.Equal(["a", "b", "aa", "bb"], both.ClusterLabels);
    }

    [Fact]
    public void Counts_are_a_column()
    {
        var counted = Small.WithCounts([2, 1, 3]);
        Assert.Equal("cluster,wave,treatment,age,y,count", counted.Csv.Split('\n')[0]);
        Assert.Equal("b,1,1,40,0,1", counted.Csv.Split('\n')[2]);
        Assert.Equal(Small.Csv, counted.WithCounts([]).Csv);
    }

    /// <summary>Clusters by first occurrence, rows of a cluster by wave: what frames promise.</summary>
    [Fact]
    public void A_frame_has_the_rows_of_a_cluster_together_by_wave()
    {
        var frame = TrialFrame.Of(Small.Take([1, 2, 0]));
        Assert.Equal("b", frame.Clusters.Label(0));
        Assert.Equal([0, 1, 0], frame.Response.ToArray());
        Assert.Equal([40, 30.5, 50], frame.Design.Column(2).ToArray());
        Assert.Equal([0, 0, 1], frame.Waves.ToArray());
        Assert.Equal([0, 2, 1], frame.RowOrder.ToArray());
    }

    [Fact]
    public void Changed_columns_are_the_product()
    {
        var frame = TrialFrame.Changed(TrialFrame.Of(Small), [1, 2, 0, 0, 1, 0, 0, 0, 0.1]);
        Assert.Equal([1, 1, 1], frame.Design.Column(0).ToArray());
        Assert.Equal([2, 2, 3], frame.Design.Column(1).ToArray());
        Assert.Equal(4, frame.Design.Column(2)[2], 1e-12);
    }

    [Fact]
    public void Columns_that_are_not_the_models_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new TrialData(Model, ["a"], [1], [new TrialColumn("treatment", [0])], [1]));
        Assert.Throws<ArgumentException>(() => new TrialData(
            Model, ["a"], [1], [new TrialColumn("treatment", [0, 1]), new TrialColumn("age", [0])], [1]));
    }

    [Fact]
    public void A_formula_is_read()
    {
        var model = TrialModel.Parse("events ~ arm + age + region", Family.Poisson, null, ["region"]);
        Assert.Equal("events ~ arm + age + region", model.Formula);
        Assert.Equal("arm", model.Effect);
        Assert.Equal([new("age", false), new("region", true)], model.Covariates);
        Assert.Equal(Link.Log, model.EffectiveLink);
    }

    [Theory]
    [InlineData("y ~ arm * age", "not a sum of columns")]
    [InlineData("y ~ 1", "not a sum of columns")]
    [InlineData("y ~ 0 + arm", "not a sum of columns")]
    [InlineData("y ~ arm + (1 | cluster)", "not a sum of columns")]
    [InlineData("y ~ arm + log(age)", "not a sum of columns")]
    [InlineData("y ~ arm + wave", "\"wave\" of generated trials has a meaning of its own")]
    public void What_is_no_model_of_generated_trials_is_said(string formula, string part) =>
        Assert.Contains(
            part,
            Assert.Throws<InputException>(() => TrialModel.Parse(formula, Family.Binomial, null, [])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Other_things_that_are_wrong_with_a_model_are_said()
    {
        Said("is no covariate of", () => TrialModel.Parse("y ~ arm + age", Family.Binomial, null, ["aeg"]));
        Said("Did you mean \"age\"?", () => TrialModel.Parse("y ~ arm + age", Family.Binomial, null, ["aeg"]));
        Said("inverse-gaussian", () => TrialModel.Parse("y ~ arm", Family.InverseGaussian, null, []));
        Said("cloglog", () => TrialModel.Parse("y ~ arm", Family.Poisson, Link.Cloglog, []));

        static void Said(string part, Func<TrialModel> read) =>
            Assert.Contains(part, Assert.Throws<InputException>(read).Message, StringComparison.OrdinalIgnoreCase);
    }
}

using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Data;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Tests.Simulation;

public sealed class StudyReaderTests
{
    [Fact]
    public void The_grid_is_the_product_of_the_lists_with_the_last_one_fastest()
    {
        var study = Studies.Read(Studies.Small);
        Assert.Equal(
            ["effect = 0, sigma = 0.5", "effect = 0, sigma = 1", "effect = 0.5, sigma = 0.5", "effect = 0.5, sigma = 1"],
            study.Scenarios.Select(scenario => scenario.Label));
        Assert.Equal([1, 2, 3, 4], study.Scenarios.Select(scenario => scenario.Number));
        Assert.Equal(4, study.Scenarios.Select(scenario => scenario.Hash).Distinct().Count());
        var mechanism = study.Scenarios[2].Mechanism!;
        Assert.Equal(20, mechanism.Clusters);
        Assert.Equal(10, mechanism.Size.Fixed);
        Assert.Equal(0.5, mechanism.Effects.Effect);
        Assert.Equal(-1, mechanism.Effects.Baseline);
        Assert.Equal(0.5, mechanism.RandomEffect.StandardDeviation);
        Assert.Same(TrialDesign.Parallel, mechanism.Design);
        Assert.Same(Link.Logit, mechanism.Link);
        Assert.Equal("None but to be run.", study.Aims);
        Assert.Equal(
            ["glmm", "gee", "marginalized-glmm", "standardized-gee", "standardized-glmm"],
            study.Methods.Select(method => method.Name));
    }

    [Fact]
    public void A_scenario_keeps_its_hash_in_another_grid_in_another_order_and_with_defaults_written_out()
    {
        var small = Studies.Read(Studies.Small);
        var other = Studies.Read(Studies.With(
            "  effect: [0, 0.5]\n  sigma: [0.5, 1]", "  sigma: [3, 1.0]\n  effect: 5e-1\n  design: parallel\n  random-effect: normal"));
        Assert.Equal(small.Scenarios[3].Hash, other.Scenarios[1].Hash);
        var baseline = Studies.Read(Studies.With("baseline: -1", "baseline: 0"));
        var absent = Studies.Read(Studies.With("  baseline: -1\n", ""));
        Assert.Equal(baseline.Scenarios[0].Hash, absent.Scenarios[0].Hash);
        Assert.NotEqual(baseline.Scenarios[0].Hash, small.Scenarios[0].Hash);
    }

    [Fact]
    public void The_hash_of_a_scenario_never_changes_so_that_results_can_be_repeated() =>
        Assert.Equal(HashOfTheFirst, Studies.Read(Studies.Small).Scenarios[0].Hash);

    [Fact]
    public void Replicates_are_worked_out_from_the_error_of_coverage()
    {
        Assert.Equal(1900, Studies.Read(Studies.With("replicates: 40", "replicates: {coverage-mcse: 0.005}")).Replicates);
        Assert.Equal(475, Studies.Read(Studies.With("replicates: 40", "replicates: {coverage-mcse: 0.01}")).Replicates);
    }

    [Theory]
    [InlineData("seed: 7", "sed: 7", 2, "The study has no setting \"sed\". Did you mean \"seed\"?")]
    [InlineData("seed: 7", "seed: -7", 2, "The setting seed is \"-7\"; it must be a whole number, 0 or more.")]
    [InlineData("replicates: 40", "replicates: many", 3, "The setting replicates is \"many\"; it must be a whole number from 1 to")]
    [InlineData("  clusters: 20", "  clusters: 2.5", 8, "The setting clusters is 2.5; it must be a whole number")]
    [InlineData("  clusters: 20", "  clusters: 2", 8, "The setting clusters is 2; it must be a whole number, from 4 to")]
    [InlineData("  cluster-size: 10", "  cluster-size: poison(3)", 9, "The setting cluster-size is \"poison(3)\".")]
    [InlineData("  sigma: [0.5, 1]", "  sigma: [0.5, -1]", 12, "The setting sigma is -1; it must be from 0 to ")]
    [InlineData("  sigma: [0.5, 1]", "  sigma: [0.5, 0.5]", 8, "Scenarios 1 and 2 are the same.")]
    [InlineData("  sigma: [0.5, 1]", "  sigma: 1\n  random-effect: t(2)", 13, "more than 2 degrees of freedom")]
    [InlineData(
        "  sigma: [0.5, 1]",
        "  sigma: 1\n  random-effect: bridg",
        13,
        "The setting random-effect is \"bridg\". Did you mean \"bridge\"?")]
    [InlineData(
        "  sigma: [0.5, 1]",
        "  sigma: 1\n  outcome: count\n  random-effect: bridge",
        14,
        "the marginal mean under bridge, sd 1 effects is infinite")]
    [InlineData("  sigma: [0.5, 1]", "  sigma: 1\n  link: log", 13, "The setting link is \"log\": its linear predictors go from -")]
    [InlineData("  sigma: [0.5, 1]", "  sigma: 1\n  carry-over: 1", 13, "The setting carry-over has no meaning in the parallel design.")]
    [InlineData("  cluster-size: 10", "  cluster-size: 3\n  design: crossover", 9, "A crossover needs a fixed, even cluster-size")]
    [InlineData("seed: 7", "seed: 7\nseed: 8", 3, "not valid YAML")]
    [InlineData(
        "  sigma: [0.5, 1]",
        "  residual-sd: 1\n  sigma: 1",
        12,
        "The setting residual-sd has a meaning for continuous outcomes only.")]
    [InlineData("  sigma: [0.5, 1]", "  sigma: []", 12, "The setting sigma is an empty list")]
    [InlineData("  sigma: [0.5, 1]", "  sgima: 1", 12, "data-generating-mechanisms has no setting \"sgima\". Did you mean \"sigma\"?")]
    [InlineData("  - gee", "  - gea", 16, "There is no method \"gea\".")]
    [InlineData("  - gee", "  - gee: {correlation: ar2}", 16, "The method gee has no correlation \"ar2\". Did you mean \"ar1\"?")]
    [InlineData("  - gee", "  - gee: {nodes: 3}", 16, "The method gee has no setting \"nodes\".")]
    [InlineData("  - gee", "  - glmm", 16, "Two methods are called \"glmm\".")]
    [InlineData(
        "[conditional, marginal, risk-difference]",
        "[conditional, marginal]",
        17,
        "estimates \"risk-difference\", which is not among the estimands")]
    [InlineData("[conditional, marginal, risk-difference]", "[conditional, marginal, risk]", 13, "There is no estimand \"risk\".")]
    [InlineData("aims: >", "aims: \"open", 4, "not valid YAML")]
    public void What_is_wrong_is_said_with_its_line(string line, string replacement, int at, string part)
    {
        var text = Studies.With(line, replacement);
        Assert.NotEqual(Studies.Small, text);
        var exception = Assert.Throws<InputException>(() => Studies.Read(text));
        Assert.Contains(part, exception.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("study.yaml", exception.File);
        Assert.InRange(exception.Line ?? 0, at - 1, at + 1);
    }

    [Fact]
    public void A_list_left_open_is_refused_even_where_the_parser_cannot_tell_the_line() =>
        Assert.Contains(
            "not valid YAML",
            Assert.Throws<InputException>(() => Studies.Read(Studies.With("seed: 7", "seed: [7"))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void An_empty_file_and_a_missing_one_are_refused()
    {
        Assert.Throws<InputException>(() => Studies.Read(""));
        Assert.Throws<InputException>(() => StudyReader.Read("there-is-no-such-file.yaml"));
        Assert.Throws<InputException>(() => Studies.Read("- a\n- list"));
    }

    private const ulong HashOfTheFirst = 1753760174840982909;
}

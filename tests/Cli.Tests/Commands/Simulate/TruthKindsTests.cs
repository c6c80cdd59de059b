using MarginalConditional.Cli.Commands.Simulate;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Simulate;

/// <summary><see cref="TruthKinds"/>: labels that are shown are explained, and no others.</summary>
public sealed class TruthKindsTests
{
    [Theory]
    [InlineData("T1: a parameter of the mechanism.", "T1", "T1, averaged")]
    [InlineData("T2: an effect on means over its population; T3: what GEE with working independence tends to.", "T2 = T3", "")]
    [InlineData("", "", "a rung")]
    public void Each_kind_that_a_label_names_is_explained_once(string sentence, params string[] labels) =>
        Assert.Equal(sentence, TruthKinds.Sentence(labels));

    [Fact]
    public void A_study_that_is_not_run_yet_explains_its_truths() => Assert.Contains(
        "T1: a parameter of the mechanism; T2:",
        Margcond.RunLine("simulate simulations/noncollapsibility/study.yaml --dry-run").Out.Split("Truth of glmm")[1],
        StringComparison.Ordinal);
}

namespace MarginalConditional.Fuzzing.Commands;

/// <summary>Command lines of <c>compare</c>.</summary>
internal sealed class CompareWriter : FitWriter
{
    /// <inheritdoc/>
    public override string Command => "compare";

    /// <inheritdoc/>
    protected override int RandomParts => 10;

    /// <inheritdoc/>
    protected override void AddOptions(CommandLine line, Draws draws)
    {
        MarginalOptions.Add(line, draws, MarginalOptions.Correlation(draws));
        line.Choice(1, "--treatment", "x", "g", "t");
        line.Nodes();
        line.Choice(6, "--se", "model", "morel", "mancl-derouen", "jackknife");
        line.Choice(6, "--df", "k-p", "between-within", "satterthwaite");
        line.Choice(12, "--at", "x=1", "t=NaN", "g=b", "nope=1");
        line.Sometimes(12, "--random-covariates");
        line.Sometimes(6, "--no-checks");
        line.Choice(12, "--event-is", "benefit", "harm");
        line.Choice(20, "--unit", "child/children", "/", "\u001b[31m");
        line.Sometimes(12, "--estimand");
    }
}

namespace MarginalConditional.Fuzzing.Commands;

/// <summary>Command lines of <c>glmm</c>.</summary>
internal sealed class GlmmWriter : FitWriter
{
    /// <inheritdoc/>
    public override string Command => "glmm";

    /// <inheritdoc/>
    protected override int RandomParts => 98;

    /// <inheritdoc/>
    protected override void AddOptions(CommandLine line, Draws draws)
    {
        line.Nodes();
        line.Sometimes(6, "--se", "robust");
        line.Sometimes(8, "--ci", "profile");
        line.Choice(7, "--method", "repl", "mpl");
        line.Choice(9, "--penalty", "2.5", "1e-9", "1e9");
        line.Sometimes(9, "--simulated", "simulated.csv", "--draws", "3");
        line.Sometimes(9, "--random-effects", "effects.csv", "--predictions", "predictions.csv");
        line.Sometimes(30, "--bootstrap", "5");
        line.Choice(12, "--df", "satterthwaite", "kenward-roger");
        line.Sometimes(30, "--non-adaptive");
    }
}

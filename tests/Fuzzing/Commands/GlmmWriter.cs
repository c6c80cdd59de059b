namespace MarginalConditional.Fuzzing.Commands;

/// <summary>Command lines of <c>glmm</c>.</summary>
internal sealed class GlmmWriter : FitWriter
{
    /// <inheritdoc/>
    public override string Command => "glmm";

    /// <inheritdoc/>
    protected override int RandomParts => 98;

    /// <inheritdoc/>
    protected override bool HasMeans => true;

    /// <inheritdoc/>
    protected override void AddOptions(CommandLine line, Draws draws)
    {
        var pseudo = line.Careful && draws.OneIn(7);
        if (!pseudo)
        {
            line.Nodes();
        }

        line.Sometimes(6, "--se", "robust");
        line.Sometimes(line.Careful && (pseudo || line.Has("--se")) ? 800 : 8, "--ci", "profile");
        line.Choice(line.Careful ? pseudo ? 1 : 700 : 7, "--method", "repl", "mpl");
        line.Choice(line.Careful ? 20 : 9, "--penalty", "2.5", "1e-9", "1e9");
        line.Sometimes(9, "--simulated", "simulated.csv", "--draws", "3");
        line.Sometimes(9, "--random-effects", "effects.csv", "--predictions", "predictions.csv");
        line.Sometimes(30, "--bootstrap", "5");
        line.Choice(line.Careful ? pseudo ? 3 : 1_200 : 12, "--df", "satterthwaite", "kenward-roger");
        line.Sometimes(line.Careful ? 60 : 30, "--non-adaptive");
    }
}

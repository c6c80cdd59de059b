namespace MarginalConditional.Fuzzing.Commands;

/// <summary>Command lines of <c>profile</c>.</summary>
internal sealed class ProfileWriter : FitWriter
{
    /// <inheritdoc/>
    public override string Command => "profile";

    /// <inheritdoc/>
    protected override int RandomParts => 98;

    /// <inheritdoc/>
    protected override bool IsOneIntercept => true;

    /// <inheritdoc/>
    protected override void AddOptions(CommandLine line, Draws draws)
    {
        line.Nodes();
        line.Choice(2, "--rank-draws", line.Careful ? ["1000", "1001"] : ["1000", "1001", "999"]);
        line.Sometimes(4, "--details");
        line.Sometimes(4, "--funnel");
        line.Sometimes(9, "--all");
    }
}

namespace MarginalConditional.Fuzzing.Commands;

/// <summary>Command lines of <c>marginalize</c>.</summary>
internal sealed class MarginalizeWriter : FitWriter
{
    /// <inheritdoc/>
    public override string Command => "marginalize";

    /// <inheritdoc/>
    protected override int RandomParts => 98;

    /// <inheritdoc/>
    protected override void AddOptions(CommandLine line, Draws draws) => line.Nodes();
}

using MarginalConditional.Fuzzing.Commands;

namespace MarginalConditional.Fuzzing.Targets;

/// <summary>One command of the program, on command lines that are mostly good and data that mostly are not.</summary>
/// <param name="writer">Writes the command lines.</param>
internal sealed class FitTarget(CommandWriter writer) : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => $"fit-{writer.Command}";

    /// <inheritdoc/>
    public override FuzzInput Make(Draws draws)
    {
        var line = writer.Write(draws);
        return new FuzzInput(line.Text, () => CommandRun.Judge(line));
    }
}

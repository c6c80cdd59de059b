using MarginalConditional.Fuzzing.Commands;

namespace MarginalConditional.Fuzzing.Targets;

/// <summary>The whole program, on command lines that are spoiled as well.</summary>
internal sealed class CliTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => "cli";

    /// <inheritdoc/>
    public override FuzzInput Make(Draws draws)
    {
        var line = draws.Pick([.. CommandWriter.All]).Write(draws);
        LineNoise.AddTo(line.Words, draws);
        return new FuzzInput(line.Text, () => CommandRun.Judge(line));
    }
}

using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Fuzzing.Texts;

namespace MarginalConditional.Fuzzing.Targets;

/// <summary>The reader of study files.</summary>
internal sealed class YamlTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => "yaml";

    /// <inheritdoc/>
    public override FuzzInput Make(Draws draws)
    {
        var text = StudyText.Make(draws);
        return new FuzzInput(text, () =>
        {
            StudyReader.Parse(text, "study.yaml");
            return Outcome.Result("read");
        });
    }
}

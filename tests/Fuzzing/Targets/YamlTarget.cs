using System.Text;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Fuzzing.Texts;

namespace MarginalConditional.Fuzzing.Targets;

/// <summary>The reader of study files.</summary>
internal sealed class YamlTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => "yaml";

    /// <inheritdoc/>
    public override FuzzInput Make(Draws draws) => Reading(StudyText.Make(draws));

    /// <inheritdoc/>
    public override FuzzInput Of(byte[] bytes) => Reading(Encoding.UTF8.GetString(bytes));

    private static FuzzInput Reading(string text) => new(text, () =>
    {
        StudyReader.Parse(text, "study.yaml");
        return Outcome.Result("read");
    });
}

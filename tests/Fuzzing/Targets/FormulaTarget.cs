using System.Text;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Fuzzing.Texts;

namespace MarginalConditional.Fuzzing.Targets;

/// <summary>The reader of formulas.</summary>
internal sealed class FormulaTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => "formula";

    /// <inheritdoc/>
    public override FuzzInput Make(Draws draws) => Reading(FormulaText.Make(draws));

    /// <inheritdoc/>
    public override FuzzInput Of(byte[] bytes) => Reading(Encoding.UTF8.GetString(bytes));

    private static FuzzInput Reading(string text) => new(text, () =>
    {
        FormulaParser.Parse(text);
        return Outcome.Result("read");
    });
}

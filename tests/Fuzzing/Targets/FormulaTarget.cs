using MarginalConditional.Data.Formulas;
using MarginalConditional.Fuzzing.Texts;

namespace MarginalConditional.Fuzzing.Targets;

/// <summary>The reader of formulas.</summary>
internal sealed class FormulaTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => "formula";

    /// <inheritdoc/>
    public override FuzzInput Make(Draws draws)
    {
        var text = FormulaText.Make(draws);
        return new FuzzInput(text, () =>
        {
            FormulaParser.Parse(text);
            return Outcome.Result("read");
        });
    }
}

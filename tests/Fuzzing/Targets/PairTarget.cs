using MarginalConditional.Fuzzing.Texts;
using MarginalConditional.Gee.Association;

namespace MarginalConditional.Fuzzing.Targets;

/// <summary>Formulas on pairs of rows, and their designs.</summary>
internal sealed class PairTarget : FuzzTarget
{
    private static readonly string[] Good =
        ["~ same(g) + distance(x)", "lag*product(t)", "~pair", "~ same(`a b`)", "sum(x) + sum(t)", "~ 1", "0 + pair"];

    private static readonly string[] Variables =
        ["lag", "pair", "same(g)", "same(x)", "distance(x)", "distance(t)", "sum(x)", "product(t)", "product(`a b`)", "1", "0", "2"];

    /// <inheritdoc/>
    public override string Name => "pair";

    /// <inheritdoc/>
    public override FuzzInput Make(Draws draws)
    {
        var text = draws.Below(3) switch
        {
            0 => FormulaText.Make(draws),
            1 => Mutation.Of(draws.Pick(Good), draws),
            _ => "~ " + FormulaText.Expression(draws, draws.Between(1, 5), Variables),
        };
        return new FuzzInput(text, () => Design(text));
    }

    private static Outcome Design(string text)
    {
        var formula = PairFormula.Parse(text);
        if (formula.Columns.Concat(formula.Groupings).Any(column => column is not ("g" or "x" or "t" or "a b"))
            || formula.Columns.Contains("g", StringComparer.Ordinal))
        {
            return Outcome.Result("read");
        }

        formula.Design(SmallTable.Frame);
        return Outcome.Result("design");
    }
}

using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Data.Formulas;

namespace MarginalConditional.Data.Tests.Formulas;

public sealed class FormulaProperties
{
    private static readonly string[] Pieces =
    [
        "y", "x", "z", "g", "`a b`", ".", "1", "0", "2", "1e3", "-1", "~", "~", "+", "-", "*", "/", ":", "^", "|", "||", "(", ")", ",", " ",
        "log(", "poly(", "I(", "offset(", "factor(", "cbind(", "f(", "(1 | g)", "=", "%", "`", "é", "\t", "1e", "..", "_", "\0", "\"",
    ];

    /// <summary>Formulas that should be read, with every operator.</summary>
    private static readonly Gen<string> Valid = Gen.Sized(size =>
        from terms in Gen.NonEmptyListOf(Expression(Math.Min(size, 12)))
        select "y ~ " + string.Join(" + ", terms.Take(6)));

    private static Gen<string> Expression(int size) => size <= 1
        ? Gen.Elements("x", "z", "log(w)", "I(w / 10)", "poly(v, 2)", "`a b`", "1")
        : Gen.OneOf(
            Expression(0),
            from left in Expression(size / 2)
            from symbol in Gen.Elements("+", "*", ":", "/", " - ")
            from right in Expression(size / 2)
            select $"({left} {symbol} {right})",
            from inner in Expression(size / 3) select $"({inner})^2");

    [Fact]
    public void Nonsense_made_of_pieces_is_read_or_refused_in_a_sentence() => Prop.ForAll(
        Arb.From(Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces))),
        ReadOrRefuse).Check(Config.QuickThrowOnFailure.WithMaxTest(1500).WithEndSize(30));

    [Fact]
    public void Any_text_at_all_is_read_or_refused_in_a_sentence() =>
        Prop.ForAll<string>(text => ReadOrRefuse(text ?? string.Empty)).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Damaged_formulas_are_read_or_refused_in_a_sentence()
    {
        const string whole = "cbind(e, n) ~ 0 + treatment * poly(time, 2) + offset(log(t)) + (time || a/b) - x:z^2";
        var damage = from start in Gen.Choose(0, whole.Length - 1)
                     from length in Gen.Choose(0, 4)
                     from piece in Gen.Elements(Pieces)
                     select whole[..start] + piece + whole[Math.Min(whole.Length, start + length)..];
        Prop.ForAll(Arb.From(damage), ReadOrRefuse).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Fact]
    public void Terms_are_distinct_and_ordered_by_degree() => Prop.ForAll(Arb.From(Valid), text =>
    {
        var terms = FormulaParser.Parse(text).Terms;
        Assert.Equal(terms.Count, terms.Select(term => term.Label).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(terms.Select(term => term.Degree).Order(), terms.Select(term => term.Degree));
    }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void A_formula_written_from_its_terms_has_the_same_terms() => Prop.ForAll(Arb.From(Valid), text =>
    {
        var formula = FormulaParser.Parse(text);
        var again = FormulaParser.Parse($"{formula.Response.Text} ~ "
            + $"{string.Join(" + ", formula.Terms.Select(term => term.Label).Prepend(formula.HasIntercept ? "1" : "0"))}");
        Assert.Equal(formula.HasIntercept, again.HasIntercept);
        Assert.Equal(
            formula.Terms
                .Select(term => string.Join(":", term.Factors.Select(factor => factor.ToString()).Order(StringComparer.Ordinal)))
                .Order(StringComparer.Ordinal),
            again.Terms
                .Select(term => string.Join(":", term.Factors.Select(factor => factor.ToString()).Order(StringComparer.Ordinal)))
                .Order(StringComparer.Ordinal));
    }).Check(Config.QuickThrowOnFailure);

    private static void ReadOrRefuse(string text)
    {
        try
        {
            FormulaParser.Parse(text);
        }
        catch (InputException exception)
        {
            Assert.True(exception.Message[^1] is '.' or '?', exception.Message);
            Assert.True(exception.Position is null || (exception.Position >= 1 && exception.Position <= text.Length + 1));
        }
    }
}

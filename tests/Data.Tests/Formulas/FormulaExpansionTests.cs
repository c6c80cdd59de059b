using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Data.Formulas;

namespace MarginalConditional.Data.Tests.Formulas;

/// <summary>Sums of a formula, against summands that are put on a list and taken off it one by one.</summary>
public sealed class FormulaExpansionTests
{
    private static readonly string[] Names = ["a", "b", "c", "d", "1"];

    [Fact]
    public void Summands_come_and_go_in_their_order() => Prop.ForAll(
        Arb.From(Gen.Sized(size => Sum(Math.Min(size, 12)))),
        sum =>
        {
            var (expected, intercept) = (new List<string>(), true);
            foreach (var (name, added) in sum.Summands)
            {
                if (name == "1")
                {
                    intercept = added;
                }
                else if (!added)
                {
                    expected.Remove(name);
                }
                else if (!expected.Contains(name))
                {
                    expected.Add(name);
                }
            }

            var formula = FormulaParser.Parse("y ~ " + sum.Text);
            Assert.Equal(expected, formula.Terms.Select(term => term.Label));
            Assert.Equal(intercept, formula.HasIntercept);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithEndSize(30));

    /// <summary>A sum as text, and its summands with the sign that parentheses give them.</summary>
    private static Gen<(string Text, (string Name, bool Added)[] Summands)> Sum(int size) =>
        size < 2
            ? Gen.Elements(Names).Select(name => (name, new[] { (name, true) }))
            : from parts in Sum(size / 3).NonEmptyListOf().Resize(4)
              from signs in Gen.Elements('+', '-').ArrayOf(parts.Count)
              select Joined([.. parts], signs);

    private static (string Text, (string Name, bool Added)[] Summands) Joined(
        (string Text, (string Name, bool Added)[] Summands)[] parts, char[] signs)
    {
        var text = Within(parts[0].Text);
        var summands = parts[0].Summands.ToList();
        for (var k = 1; k < parts.Length; k++)
        {
            text += $" {signs[k]} {Within(parts[k].Text)}";
            summands.AddRange(parts[k].Summands.Select(summand => (summand.Name, summand.Added == (signs[k] == '+'))));
        }

        return (text, [.. summands]);
    }

    private static string Within(string text) => text.Length == 1 ? text : $"({text})";
}

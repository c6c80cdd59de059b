namespace MarginalConditional.Data.Formulas;

/// <summary>Gives the operators of a parsed formula their meaning: terms, offsets, random parts, left side.</summary>
internal sealed class FormulaExpansion
{
    private readonly string text;
    private readonly TermAlgebra fixedPart;
    private readonly List<Expression> offsets = [];
    private readonly List<RandomTerm> randomTerms = [];

    private FormulaExpansion(string text)
    {
        this.text = text;
        fixedPart = new TermAlgebra(text);
    }

    /// <summary>Expands both sides of a formula.</summary>
    internal static Formula Expand(string text, Expression left, Expression right)
    {
        var expansion = new FormulaExpansion(text);
        var response = expansion.Response(left);
        expansion.AddRight(right, added: true);
        var terms = expansion.fixedPart.Terms();
        if (response is ResponseSpecification.Single
            && terms.FirstOrDefault(term => term.Factors.Any(factor => factor.ToString() == response.Text)) is { } twice)
        {
            throw new InputException($"The outcome {response.Text} is also a predictor, in the term {twice.Label}.")
            {
                Hint = "Take it off the right side.",
            };
        }

        return new Formula
        {
            Text = text,
            Response = response,
            HasIntercept = expansion.fixedPart.HasIntercept,
            Terms = terms,
            Offsets = expansion.offsets,
            RandomTerms = expansion.randomTerms,
            Notes = expansion.fixedPart.Notes,
        };
    }

    private ResponseSpecification Response(Expression left)
    {
        ResponseSpecification response = left switch
        {
            Expression.Binary { Operator: "/" } ratio => new ResponseSpecification.EventsOfTrials(ratio.Left, ratio.Right),
            Expression.Call { Function: "cbind", Arguments: [var events, var nonevents] } =>
                new ResponseSpecification.EventsAndNonevents(events, nonevents),
            Expression.Call { Function: "cbind" } => throw new InputException(
                "On the left side, cbind() takes two columns: events and nonevents.")
            { Position = PositionOf("cbind") },
            _ => new ResponseSpecification.Single(left),
        };
        foreach (var part in response switch
        {
            ResponseSpecification.EventsOfTrials ratio => [ratio.Events, ratio.Trials],
            ResponseSpecification.EventsAndNonevents counts => [counts.Events, counts.Nonevents],
            _ => new[] { left },
        })
        {
            Arithmetic.CheckValue(part, text);
        }

        if (response.Variables.Count == 0)
        {
            throw new InputException("The left side of the formula names no column.") { Position = 1 };
        }

        return response;
    }

    /// <summary>Adds a sum, whose first summand is the deepest, or takes it away: summand by summand, for there may be thousands.</summary>
    private void AddRight(Expression expression, bool added)
    {
        var summands = new Stack<(Expression Summand, bool Added)>();
        while (expression is Expression.Binary { Operator: "+" or "-" } sum)
        {
            summands.Push((sum.Right, sum.Operator == "+" == added));
            expression = sum.Left;
        }

        AddSummand(expression, added);
        while (summands.TryPop(out var next))
        {
            AddRight(next.Summand, next.Added);
        }
    }

    private void AddSummand(Expression expression, bool added)
    {
        switch (expression)
        {
            case Expression.Signed signed:
                AddRight(signed.Operand, signed.Sign == "+" == added);
                break;
            case Expression.Parenthesis { Inner: Expression.Binary { Operator: "|" or "||" } bar }:
                RequireAdded(added, expression);
                randomTerms.AddRange(RandomPart.Expand(bar, text));
                break;
            case Expression.Parenthesis parenthesis:
                AddRight(parenthesis.Inner, added);
                break;
            case Expression.Binary { Operator: "|" or "||" } bar:
                throw new InputException($"The random part {bar} stands without parentheses.")
                {
                    Position = PositionOf("|"),
                    Hint = $"Write ({bar}).",
                };
            case Expression.Call { Function: "offset" } call:
                RequireAdded(added, expression);
                if (call.Arguments.Count != 1)
                {
                    throw new InputException("An offset() takes one argument.") { Position = PositionOf("offset") };
                }

                Arithmetic.CheckValue(call.Arguments[0], text);
                offsets.Add(call.Arguments[0]);
                break;
            default:
                fixedPart.Add(expression, added);
                break;
        }
    }

    private static void RequireAdded(bool added, Expression expression)
    {
        if (!added)
        {
            throw new InputException($"The term {expression} is taken away, but the formula has nothing like it before.")
            {
                Hint = "Leave it out.",
            };
        }
    }

    private int? PositionOf(string part)
    {
        var index = text.IndexOf(part, StringComparison.Ordinal);
        return index < 0 ? null : index + 1;
    }
}

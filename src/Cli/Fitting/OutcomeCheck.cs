using System.Globalization;
using MarginalConditional.Data;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Cli.Fitting;

/// <summary>Refuses outcomes that the family cannot have produced.</summary>
internal static class OutcomeCheck
{
    /// <summary>Checks every value of the frame's response; the message names the first bad line of the file.</summary>
    /// <exception cref="InputException">A value is outside the family's domain.</exception>
    public static void Require(ModelFrame frame, Dataset data, ResponseSpecification outcome, Family family)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var response = frame.Response;
        var order = frame.RowOrder;
        var bad = -1;
        for (var i = 0; i < response.Length; i++)
        {
            if (!family.IsResponseValid(response[i]) && (bad < 0 || (order.Length > 0 && order[i] < order[bad])))
            {
                bad = i;
            }
        }

        if (bad >= 0)
        {
            throw new InputException($"The outcome {outcome.Text} is {Invariant(response[bad])}, but the {family} family needs it to be "
                + $"{family.ResponseRequirement}.")
            {
                File = data.Source,
                Line = order.Length > 0 ? data.LineOf(order[bad]) : null,
                Row = order.Length > 0 ? data.RowOf(order[bad]) : null,
                Column = outcome.Variables.Count == 1 ? outcome.Variables[0] : null,
                Hint = Missing(response[bad], outcome) + (TwoCodes(response, outcome, family) ?? Hint(family)) is { Length: > 0 } hint
                    ? hint
                    : null,
            };
        }
    }

    /// <summary>A number by which people mark what is missing: how to say so, a sentence; else nothing.</summary>
    private static string Missing(double value, ResponseSpecification outcome) =>
        outcome is ResponseSpecification.Single { Value: Expression.Variable } && MissingMark.IsOne(value)
            ? $"If {Invariant(value)} means missing, say --na {Invariant(value)}. "
            : string.Empty;

    /// <summary>Two codes other than 0 and 1, such as 1 and 2: which of them is the event has to be said.</summary>
    private static string? TwoCodes(ReadOnlySpan<double> response, ResponseSpecification outcome, Family family)
    {
        if (family.Name != "binomial" || outcome is not ResponseSpecification.Single { Value: Expression.Variable })
        {
            return null;
        }

        double[] codes = [.. response.ToArray().Distinct().Take(3).Order()];
        return codes.Length != 2 ? null
            : $"Its values are {Invariant(codes[0])} and {Invariant(codes[1])}: say --event {Invariant(codes[1])} if that is the event.";
    }

    private static string? Hint(Family family) => family.Name switch
    {
        "binomial" => "Code the outcome 0 and 1, write events / n for events out of trials, or give another --family.",
        "poisson" => "Counts are whole numbers from 0; for other outcomes give another --family.",
        "gamma" or "inverse-gaussian" => "Check the coding, or use --family gaussian.",
        _ => null,
    };

    private static string Invariant(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

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
                Column = outcome.Variables.Count == 1 ? outcome.Variables[0] : null,
                Hint = Hint(family),
            };
        }
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

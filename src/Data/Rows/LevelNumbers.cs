using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Rows;

/// <summary>Takes the numbers behind levels, codes with names and dates, where a formula needs numbers.</summary>
/// <remarks>
/// A date in the formula is the days since 1970-01-01, as in R; a code with a name is its number as an outcome, in computations, as weight
/// and offset, and a category as a plain predictor. Groupings, and what the user calls a category, keep their levels.
/// </remarks>
internal static class LevelNumbers
{
    /// <summary>The data set with such columns as numbers.</summary>
    /// <param name="data">The table.</param>
    /// <param name="request">The formula and the roles of columns.</param>
    /// <param name="notes">Gets a sentence for each date; null when nobody reads them.</param>
    internal static Dataset Apply(Dataset data, FrameRequest request, List<string>? notes = null)
    {
        if (!data.Columns.Any(column => column is FactorColumn { Numbers.Count: > 0 }))
        {
            return data;
        }

        var computed = Computed(request).ToHashSet(StringComparer.Ordinal);
        var plain = Predictors(request).OfType<Expression.Variable>().Select(variable => variable.Name).ToHashSet(StringComparer.Ordinal);
        string[] kept =
        [
            .. request.GroupingColumns, .. request.Factors, .. request.Orders.Keys, .. request.References.Keys,
            .. Predictors(request).OfType<Expression.Call>().Where(call => call.Function == "factor").SelectMany(call => call.Variables),
        ];
        foreach (var name in request.Columns.Where(name => !kept.Contains(name, StringComparer.Ordinal)))
        {
            if (data.Find(name) is FactorColumn { Numbers.Count: > 0 } column
                && (computed.Contains(name) || (column.IsDate && plain.Contains(name))))
            {
                data = data.With(column.AsNumbers());
                if (column.IsDate)
                {
                    notes?.Add($"{name} holds dates and enters as days since 1970-01-01.");
                }
            }
        }

        return data;
    }

    private static IEnumerable<Expression> Predictors(FrameRequest request) =>
        request.Formula.Terms
            .Concat(request.Formula.RandomTerms.SelectMany(random => random.Terms))
            .Concat(request.Inflation?.Terms ?? [])
            .SelectMany(term => term.Factors);

    /// <summary>The columns whose numbers are needed.</summary>
    private static IEnumerable<string> Computed(FrameRequest request)
    {
        var isWord = request.Event is not null || request.HasOrderedOutcome;
        return (isWord ? [] : request.Formula.Response.Variables)
            .Concat(new[] { request.Weights, request.Trials }.OfType<string>())
            .Concat(request.Formula.Offsets.SelectMany(offset => offset.NumericVariables))
            .Concat(request.OffsetExpression?.NumericVariables ?? [])
            .Concat(Predictors(request)
                .Where(factor => factor is Expression.Call { Function: not "factor" } or Expression.Binary)
                .SelectMany(factor => factor.NumericVariables));
    }
}

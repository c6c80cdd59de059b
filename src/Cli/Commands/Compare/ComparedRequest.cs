using MarginalConditional.Data;
using MarginalConditional.Data.Formulas;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>What a comparison asks of the rows.</summary>
internal static class ComparedRequest
{
    /// <summary>The frame of both models: the formula's random part, or a random intercept of the clusters.</summary>
    /// <param name="column">The column of clusters; null for the formula's own.</param>
    /// <param name="request">What is known so far.</param>
    /// <exception cref="InputException">The formula groups by another column.</exception>
    public static FrameRequest Of(string? column, FrameRequest request)
    {
        var formula = request.Formula;
        if (formula.RandomTerms.Count == 0)
        {
            formula = formula with
            {
                RandomTerms =
                [
                    new RandomTerm { HasIntercept = true, Terms = [], Grouping = GroupingName.Columns(column!), Correlated = true },
                ],
            };
        }
        else
        {
            var coarsest = formula.RandomTerms.MinBy(term => term.Grouping.Count)!.Group;
            var shortest = formula.RandomTerms.Min(term => term.Grouping.Count);
            if (formula.RandomTerms.Where(term => term.Grouping.Count == shortest).Select(term => term.Group).Distinct().Skip(1).Any())
            {
                // Groupings that may cross: any column can say which rows GEE takes as dependent.
                coarsest = column ?? coarsest;
            }

            if (column is not null && column != coarsest)
            {
                throw new InputException($"--cluster is {column}, but the random part groups by {coarsest}: both models need the same "
                    + $"clusters.")
                { Hint = $"Leave --cluster out, or say --cluster {coarsest}." };
            }

            column = coarsest;
        }

        return request with { Formula = formula, Cluster = column };
    }
}

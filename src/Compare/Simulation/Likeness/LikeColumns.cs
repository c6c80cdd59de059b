using MarginalConditional.Data;
using MarginalConditional.Data.Coding;

namespace MarginalConditional.Compare.Simulation.Likeness;

/// <summary>Finds the columns of a fitted design that a study is about.</summary>
internal static class LikeColumns
{
    /// <summary>The column that tells two arms apart.</summary>
    /// <param name="design">The design.</param>
    /// <param name="name">Its name, or that of a variable with one column; null for the only column of two values.</param>
    /// <exception cref="InputException">There is none, or one of several.</exception>
    public static int Treatment(DesignMatrix design, string? name)
    {
        var candidates = Enumerable.Range(0, design.Columns).Where(column => IsTwoValued(design, column)).ToArray();
        var names = candidates.Select(column => design.Names[column]).ToArray();
        if (name is null)
        {
            return candidates.Length == 1 ? candidates[0] : throw new InputException(candidates.Length == 0
                ? "The fit has no treatment to vary: none of its coefficients is of a column with two values."
                : $"The fit has several coefficients of columns with two values: {string.Join(", ", names)}.")
            {
                Hint = candidates.Length == 0
                    ? "Keep a fit with the arm among its predictors."
                    : "Say which of them is the treatment.",
            };
        }

        var chosen = candidates.Where(column => design.Names[column] == name || design.Terms[column] == name).ToArray();
        return chosen.Length == 1 ? chosen[0] : throw new InputException(
            $"The treatment \"{name}\" is not one column with two values.{Suggestion.Sentence(name, names)}")
        {
            Hint = names.Length == 0 ? "The fit has no such column." : $"Columns with two values: {string.Join(", ", names)}.",
        };
    }

    /// <summary>A coefficient by its name, or that of a term with one column.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static int Coefficient(DesignMatrix design, string name)
    {
        var column = design.Names.ToList().IndexOf(name);
        if (column < 0 && design.Terms.Count(term => term == name) == 1)
        {
            column = design.Terms.ToList().IndexOf(name);
        }

        return column >= 0 && column != design.Intercept ? column : throw new InputException(
            $"The fit has no coefficient \"{name}\" to vary.{Suggestion.Sentence(name, design.Names)}")
        {
            Hint = $"Coefficients: {string.Join(", ", design.Names.Where((_, index) => index != design.Intercept))}.",
        };
    }

    /// <summary>All columns of the term that a column belongs to.</summary>
    public static int[] OfTerm(DesignMatrix design, int column) =>
        [.. Enumerable.Range(0, design.Columns).Where(other => design.Terms[other] == design.Terms[column])];

    private static bool IsTwoValued(DesignMatrix design, int column)
    {
        if (column == design.Intercept || design.Terms[column].Contains(':', StringComparison.Ordinal))
        {
            return false;
        }

        var values = design.Column(column);
        var other = values.IndexOfAnyExcept(values[0]);
        return other > 0 && !values[other..].ContainsAnyExcept(values[0], values[other]);
    }
}

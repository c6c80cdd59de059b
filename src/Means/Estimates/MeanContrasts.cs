using MarginalConditional.Data;
using MarginalConditional.Means.Grids;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Means.Estimates;

/// <summary>The contrasts that a request makes of the means of one group.</summary>
internal static class MeanContrasts
{
    private const double Rounding = 1e-9;

    /// <summary>Pairs, with their labels.</summary>
    /// <param name="choice">Which.</param>
    /// <param name="rows">The rows of a group.</param>
    /// <param name="grid">The grid.</param>
    /// <param name="variables">How many variables tell the rows of a group apart.</param>
    /// <exception cref="InputException">The reference is not the name of a mean.</exception>
    public static IReadOnlyList<Contrast> Pairs(PairChoice choice, IReadOnlyList<MeanRow> rows, MeanGrid grid, int variables)
    {
        string[] names = [.. rows.Select(row => row.Name)];
        if (choice.Name == PairChoice.Interaction.Name)
        {
            return Products(grid, variables);
        }

        if (choice.Reference.Length > 0)
        {
            var reference = Array.IndexOf(names, choice.Reference);
            if (reference < 0)
            {
                throw new InputException($"There is no mean of \"{choice.Reference}\" to compare with."
                    + Suggestion.Sentence(choice.Reference, names))
                {
                    Hint = $"Means: {string.Join(", ", names)}.",
                };
            }

            return [.. Enumerable.Range(0, names.Length).Where(i => i != reference).Select(i => Pair(names, i, reference))];
        }

        var reversed = choice.Name == PairChoice.Reverse.Name;
        return
        [
            .. from i in Enumerable.Range(0, names.Length)
               from j in Enumerable.Range(i + 1, names.Length - i - 1)
               select reversed ? Pair(names, j, i) : Pair(names, i, j),
        ];
    }

    /// <summary>Reads a contrast of the names of means.</summary>
    /// <exception cref="InputException">It cannot be read.</exception>
    public static Contrast Read(string text, IReadOnlyList<MeanRow> rows)
    {
        string[] names = [.. rows.Select(row => row.Name)];
        return Contrast.TryParse(text, names, out var contrast, out var problem, "mean")
            ? contrast
            : throw new InputException(problem)
            {
                Hint = $"Write --mean-contrast as a difference of means, such as \"{names[0]} - {names[^1]}\" or \"(A + B) / 2 - C\"; "
                    + "quote names that hold signs.",
            };
    }

    /// <summary>Whether the weights add up to zero.</summary>
    public static bool IsDifference(Contrast contrast)
    {
        var sum = 0.0;
        foreach (var weight in contrast.Weights)
        {
            sum += weight;
        }

        return Math.Abs(sum) <= Rounding;
    }

    private static Contrast Pair(string[] names, int one, int other)
    {
        var weights = new double[names.Length];
        (weights[one], weights[other]) = (1, -1);
        return new Contrast($"{Quoted(names[one])} - {Quoted(names[other])}", weights);
    }

    /// <summary>A name that a contrast could misread stands in backquotes.</summary>
    private static string Quoted(string name) => name.Contains(" - ", StringComparison.Ordinal) ? $"`{name}`" : name;

    /// <summary>Products of one pair of every variable.</summary>
    private static List<Contrast> Products(MeanGrid grid, int variables)
    {
        if (variables < 2)
        {
            throw new InputException("Differences of differences need two variables.") { Hint = "Say --lsmeans arm:centre." };
        }

        List<(string Label, double[] Weights)> products = [(string.Empty, [1])];
        for (var v = 0; v < variables; v++)
        {
            var labels = grid.Grid.Axes[v].Labels;
            var pairs = new List<(string Label, double[] Weights)>();
            for (var i = 0; i < labels.Count; i++)
            {
                for (var j = i + 1; j < labels.Count; j++)
                {
                    var weights = new double[labels.Count];
                    (weights[j], weights[i]) = (1, -1);
                    pairs.Add(($"({labels[j]} - {labels[i]})", weights));
                }
            }

            // The first variable varies fastest.
            products =
            [
                .. from pair in pairs
                   from product in products
                   select (
                       (product.Label + " " + pair.Label).Trim(),
                       pair.Weights.SelectMany(outer => product.Weights.Select(inner => outer * inner)).ToArray()),
            ];
        }

        return products.ConvertAll(product =>
            new Contrast(product.Label.Replace(") (", ") \u00D7 (", StringComparison.Ordinal), product.Weights));
    }
}

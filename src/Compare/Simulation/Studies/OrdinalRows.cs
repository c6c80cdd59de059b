using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ordinal;
using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Truths;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>A row that only comparisons of ordered outcomes have, as study files name it.</summary>
/// <param name="Name">As study files write it.</param>
/// <param name="Of">The row for whom it averages over.</param>
internal sealed record OrdinalRows(string Name, Func<ClusterWeighting, ComparedRow> Of)
{
    /// <summary>The most categories of an outcome.</summary>
    public const int MostCategories = 20;

    /// <summary>All.</summary>
    public static IReadOnlyList<OrdinalRows> Named { get; } =
    [
        Plain("win-probability", StudyTarget.WinProbability, contrast => contrast.Win),
        Plain("log-win-odds", StudyTarget.LogWinOdds, contrast => contrast.LogWinOdds),
        Plain("mean-score", StudyTarget.MeanScoreDifference, contrast => contrast.Score),
        .. Enumerable.Range(1, MostCategories).Select(Category),
    ];

    private static OrdinalRows Plain(string name, StudyTarget target, Func<OrdinalStandardized.Contrast, OrdinalQuantity> find) =>
        new(name, weighting => ComparedRow.Ordinal(target, (_, contrast) => find(contrast), weighting));

    private static OrdinalRows Category(int number)
    {
        var name = FormattableString.Invariant($"{number}");
        return new("category-" + name, weighting => ComparedRow.Ordinal(
            StudyTarget.CategoryDifference(number), (comparison, contrast) => Find(comparison, contrast, name), weighting));
    }

    /// <summary>A category by its name; null where the trial has it not.</summary>
    private static OrdinalQuantity? Find(OrdinalComparison comparison, OrdinalStandardized.Contrast contrast, string name)
    {
        for (var k = 0; k < contrast.Probabilities.Count; k++)
        {
            if (comparison.Frame.Categories[k] == name)
            {
                return contrast.Probabilities[k];
            }
        }

        return null;
    }
}

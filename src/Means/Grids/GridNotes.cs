using System.Globalization;
using MarginalConditional.Means.Models;

namespace MarginalConditional.Means.Grids;

/// <summary>Says what means stand at and average over, for people.</summary>
internal static class GridNotes
{
    private const int Digits = 6;

    /// <summary>The sentences.</summary>
    public static IReadOnlyList<string> Of(FittedModel model, MeanGrid grid, MeansRequest request, bool averagesResponses)
    {
        var notes = new List<string>();
        string[] named = [.. request.Variables, .. grid.By];
        var rest = grid.Grid.Axes.Where(axis => !named.Contains(axis.Variable, StringComparer.Ordinal)).ToArray();
        string[] held =
        [
            .. rest.Where(axis => !axis.IsFactor)
                .Select(axis => $"{axis.Variable} = {Shown(axis.Numbers[0])}{(axis.IsAtMean ? " (mean)" : string.Empty)}"),
            .. rest.Where(axis => axis.IsFactor && axis.Labels.Count == 1).Select(axis => $"{axis.Variable} = {axis.Labels[0]}"),
            .. model.Frame.Offset.IsEmpty ? Array.Empty<string>()
                : [$"offset = {Shown(grid.Offset)}{(request.Offset is null ? " (mean)" : string.Empty)}"],
        ];
        if (held.Length > 0)
        {
            notes.Add($"At {string.Join(", ", held)}.");
        }

        string[] averaged = [.. rest.Where(axis => axis.IsFactor && axis.Labels.Count > 1).Select(axis => axis.Variable)];
        if (averaged.Length > 0)
        {
            notes.Add($"Averaged over {string.Join(", ", averaged)}, {request.Weighting.Description}.");
        }

        if (model.IsOrdinal)
        {
            notes.Add(OfCategories(model, request));
        }
        else if (request.Scale == MeanScale.Median)
        {
            notes.Add("Responses of a cluster whose random effects are 0, not of the population.");
        }
        else if (request.Scale == MeanScale.Response && model.Integrates)
        {
            notes.Add("Responses are averaged over the random effects by exact integration, "
                + (averagesResponses ? "then over the grid." : "at the grid's average predictor."));
        }
        else if (request.Scale == MeanScale.Response && model.Link != Statistics.Families.Link.Identity)
        {
            notes.Add(averagesResponses
                ? "Responses of the cells of the grid, averaged."
                : "Predictors averaged over the grid, then transformed; --average responses averages responses.");
        }

        if (model.HasExcessZeros)
        {
            notes.Add(request.Scale == MeanScale.Link
                ? "Of the counts that are no excess zeros; --scale response counts these."
                : "Excess zeros count: a response is 1 \u2212 \u03C0 times the mean of the other counts.");
        }

        if (request.Scale != MeanScale.Link && averaged.Length + held.Length > 0)
        {
            notes.Add("A mean over a balanced grid, not over the people in the data: for these see compare.");
        }

        return notes;
    }

    private static string OfCategories(FittedModel model, MeansRequest request)
    {
        var what = request.CategoryMean == CategoryMean.Score
            ? $"Mean scores, 1 to {model.Frame.Categories.Count} from the lowest category to the highest,"
            : "Probabilities";
        return request.Scale == MeanScale.Link
            ? $"Latent means: x\u03B2 less the mean of the thresholds{(model.Integrates ? ", random effects 0" : string.Empty)}; a "
                + "positive difference is towards higher categories."
            : request.Scale == MeanScale.Median ? $"{what} in a cluster whose random effects are 0, averaged over the grid."
            : model.Integrates ? $"{what} averaged over the random effects by exact integration, then over the grid."
            : $"{what} of the cells of the grid, averaged.";
    }

    private static string Shown(double value) => value.ToString($"G{Digits}", CultureInfo.InvariantCulture);
}

using MarginalConditional.Means.Models;

namespace MarginalConditional.Means.Grids;

/// <summary>What a mean of an ordered outcome has a number for, on the response.</summary>
internal static class CategoryParts
{
    /// <summary>The categories, the thresholds between them such as <c>1|2</c>, or nothing where there is one number.</summary>
    public static IReadOnlyList<string> Of(FittedModel model, MeansRequest request)
    {
        var categories = model.Frame.Categories;
        return !model.IsOrdinal || request.Scale == MeanScale.Link || request.CategoryMean == CategoryMean.Score ? []
            : request.CategoryMean == CategoryMean.Categories ? categories
            : [.. categories.Zip(categories.Skip(1), (lower, upper) => $"{lower}|{upper}")];
    }
}

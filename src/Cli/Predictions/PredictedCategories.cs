using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Glmm.Ordinal;

namespace MarginalConditional.Cli.Predictions;

/// <summary>The columns of predicted categories: for each its probability and the standard error.</summary>
internal static class PredictedCategories
{
    /// <summary>Their names: <c>probability 1</c>, <c>probability 1 se</c>, …</summary>
    public static IReadOnlyList<string> Columns(IReadOnlyList<string> categories) =>
        [.. categories.SelectMany(category => new[] { $"probability {category}", $"probability {category} se" })];

    /// <summary>Their numbers.</summary>
    public static double[] Numbers(CategoryPrediction prediction)
    {
        var numbers = new double[2 * prediction.Probabilities.Length];
        for (var k = 0; k < prediction.Probabilities.Length; k++)
        {
            (numbers[2 * k], numbers[(2 * k) + 1]) = (prediction.Probabilities[k], prediction.StandardErrors[k]);
        }

        return numbers;
    }

    /// <summary>Those of a mixed model: over all random effects with the standard error, then at the effects of the row's groups.</summary>
    public static IReadOnlyList<string> MixedColumns(IReadOnlyList<string> categories) =>
        [.. Columns(categories), .. categories.Select(category => $"conditional {category}")];

    /// <summary>Their numbers.</summary>
    public static double[] Numbers(OrdinalPrediction prediction)
    {
        var categories = prediction.Marginal.Length;
        var numbers = new double[3 * categories];
        for (var k = 0; k < categories; k++)
        {
            (numbers[2 * k], numbers[(2 * k) + 1]) = (prediction.Marginal[k], prediction.MarginalErrors[k]);
            numbers[(2 * categories) + k] = prediction.Conditional[k];
        }

        return numbers;
    }
}

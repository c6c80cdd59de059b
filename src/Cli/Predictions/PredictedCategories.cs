using MarginalConditional.Gee.Ordinal;

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
}

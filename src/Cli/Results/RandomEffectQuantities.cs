using MarginalConditional.Mixed;

namespace MarginalConditional.Cli.Results;

/// <summary>The standard deviations and correlations of random effects as numbers of a fit.</summary>
internal static class RandomEffectQuantities
{
    /// <summary>Those of every term.</summary>
    public static IEnumerable<FitQuantity> Of(IReadOnlyList<RandomEffectEstimate> effects)
    {
        foreach (var effect in effects)
        {
            for (var i = 0; i < effect.Dimension; i++)
            {
                yield return new FitQuantity(
                    $"SD of {effect.Names[i]}, {effect.Group}", effect.StandardDeviations[i], QuantityKind.Deviation);
                for (var j = 0; j < i; j++)
                {
                    yield return new FitQuantity(
                        $"Correlation of {effect.Names[j]} and {effect.Names[i]}, {effect.Group}", effect.Correlation(i, j),
                        QuantityKind.Correlation);
                }
            }
        }
    }
}

using MarginalConditional.Mixed;

namespace MarginalConditional.Glmm.Model;

/// <summary>Says which variance is zero and which correlation is 1 or −1 where the covariance of the random effects is singular.</summary>
internal static class BoundarySentence
{
    /// <summary>One sentence, or several.</summary>
    /// <param name="effects">The estimates of all terms.</param>
    /// <param name="unitCorrelation">How far from ±1 a correlation on the boundary may be.</param>
    public static string Of(IReadOnlyList<RandomEffectEstimate> effects, double unitCorrelation)
    {
        var sentences = effects.SelectMany(effect => OfTerm(effect, 1 - unitCorrelation)).ToList();
        if (sentences.Count == 0)
        {
            sentences.Add("A covariance of random effects is estimated as singular, the boundary of what is possible: some combination of "
                + "the effects does not vary.");
        }

        if (effects.All(effect => effect.StandardDeviations.IndexOfAnyExcept(0.0) < 0))
        {
            sentences.Add("Without random effects the conditional and the marginal model are the same.");
        }

        return string.Join(' ', sentences);
    }

    private static IEnumerable<string> OfTerm(RandomEffectEstimate effect, double unity)
    {
        for (var a = 0; a < effect.Dimension; a++)
        {
            if (effect.StandardDeviations[a] == 0)
            {
                yield return $"The variance of {effect.Names[a]} between values of {effect.Group} is estimated as zero, the boundary of "
                    + $"what is possible: the data show no more variation between them than chance makes.";
            }

            for (var b = 0; b < a; b++)
            {
                if (Math.Abs(effect.Correlation(a, b)) > unity)
                {
                    yield return $"The correlation of {effect.Names[b]} and {effect.Names[a]} over {effect.Group} is estimated as "
                        + $"{(effect.Correlation(a, b) > 0 ? "1" : "−1")}, the boundary of what is possible: the data do not support "
                        + $"separate effects.";
                }
            }
        }
    }
}

using MarginalConditional.Data;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Options;

/// <summary>Reads the texts of <c>--contrast</c>.</summary>
internal static class ContrastTexts
{
    /// <summary>The contrasts over the given coefficients.</summary>
    /// <exception cref="InputException">A text is not a linear combination of coefficients.</exception>
    public static IReadOnlyList<Contrast> Read(IReadOnlyList<string> texts, IReadOnlyList<string> terms)
    {
        var contrasts = new List<Contrast>();
        foreach (var text in texts)
        {
            if (!Contrast.TryParse(text, terms, out var contrast, out var problem))
            {
                throw new InputException(problem)
                {
                    Hint =
                    "Write --contrast as a sum of coefficients, such as \"treatmentB - treatmentA\" or \"2*time + time:treatmentB\"."
                };
            }

            contrasts.Add(contrast);
        }

        return contrasts;
    }
}

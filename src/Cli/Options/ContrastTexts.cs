using MarginalConditional.Data;
using MarginalConditional.Data.Coding;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Options;

/// <summary>Reads the texts of <c>--contrast</c>.</summary>
internal static class ContrastTexts
{
    /// <summary>The contrasts over the coefficients of a design.</summary>
    /// <exception cref="InputException">
    /// A text is not a linear combination of coefficients, or needs one that was left out of the design.
    /// </exception>
    public static IReadOnlyList<Contrast> Read(IReadOnlyList<string> texts, DesignMatrix design)
    {
        string[] all = [.. design.Names, .. design.Aliased.Select(column => column.Name)];
        var contrasts = new List<Contrast>();
        foreach (var text in texts)
        {
            if (!Contrast.TryParse(text, all, out var contrast, out var problem))
            {
                throw new InputException(problem)
                {
                    Hint =
                    "Write --contrast as a sum of coefficients, such as \"treatmentB - treatmentA\" or \"2*time + time:treatmentB\"."
                };
            }

            var needed = design.Aliased.Where((_, index) => contrast.Weights[design.Columns + index] != 0);
            if (needed.FirstOrDefault() is { } missing)
            {
                throw new InputException(
                    $"The contrast \"{text}\" is not estimable: {missing.Name} was left out, as {missing.Relation}.")
                {
                    Hint = "Leave that coefficient out of the contrast.",
                };
            }

            contrasts.Add(design.Aliased.Count == 0
                ? contrast
                : new Contrast(contrast.Label, contrast.Weights[..design.Columns].ToArray()));
        }

        return contrasts;
    }

    /// <summary>The contrasts over parameters by name, all of which are estimated.</summary>
    /// <exception cref="InputException">A text is not a linear combination of them.</exception>
    public static IReadOnlyList<Contrast> Read(IReadOnlyList<string> texts, IReadOnlyList<string> names) =>
    [
        .. texts.Select(text => Contrast.TryParse(text, names, out var contrast, out var problem)
            ? contrast
            : throw new InputException(problem)
            {
                Hint = "Write --contrast as a sum of coefficients, such as \"treatmentB - treatmentA\".",
            }),
    ];
}

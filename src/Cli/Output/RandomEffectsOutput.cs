using MarginalConditional.Mixed;
using Spectre.Console;

namespace MarginalConditional.Cli.Output;

/// <summary>Shows the random effects of a mixed model.</summary>
internal static class RandomEffectsOutput
{
    /// <summary>The JSON member <c>randomEffects</c>.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="effects">The random terms, coarsest grouping first.</param>
    /// <param name="modes">Whether to list the conditional mode of every group with its standard error.</param>
    public static void Write(JsonResult json, IReadOnlyList<RandomEffectEstimate> effects, bool modes = true) =>
        json.Objects("randomEffects", effects, effect =>
        {
            var q = effect.Dimension;
            json.Text("group", effect.Group);
            json.Integer("groups", effect.GroupCount);
            json.Texts("terms", effect.Names);
            json.Numbers("sd", effect.StandardDeviations);
            var correlation = new double[q * q];
            for (var i = 0; i < q * q; i++)
            {
                correlation[i] = effect.Correlation(i / q, i % q);
            }

            json.Matrix("correlation", correlation, q);
            json.Matrix("covariance", effect.Covariance, q);
            if (modes)
            {
                ByLevel(json, "modes", effect, effect.Modes.ToArray());
                ByLevel(json, "modeSe", effect, effect.ModeStandardErrors.ToArray());
            }
        });

    /// <summary>
    /// The table of standard deviations and correlations, with one row for the residual when it has a standard deviation.
    /// </summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<RandomEffectEstimate> effects, double? residual)
    {
        var largest = effects.Count == 0 ? 1 : effects.Max(effect => effect.Dimension);
        var table =
            new TextTable(["Random effect", "of", ">SD", .. Enumerable.Range(0, largest - 1).Select(j => j == 0 ? ">Correlation" : ">")]);
        foreach (var effect in effects)
        {
            for (var i = 0; i < effect.Dimension; i++)
            {
                var correlations = Enumerable.Range(0, largest - 1)
                    .Select(j => j < i ? Figures.Fixed(effect.Correlation(i, j), 2) : string.Empty);
                table.Row([effect.Names[i], effect.Group, Figures.Significant(effect.StandardDeviations[i], 4), .. correlations]);
            }
        }

        if (residual is { } deviation)
        {
            table.Row(["Residual", string.Empty, Figures.Significant(deviation, 4), .. Enumerable.Repeat(string.Empty, largest - 1)]);
        }

        table.WriteTo(console);
    }

    private static void ByLevel(JsonResult json, string name, RandomEffectEstimate effect, double[] values) =>
        json.Object(name, () =>
        {
            for (var group = 0; group < effect.GroupCount; group++)
            {
                json.Numbers(effect.Label(group), values.AsSpan(group * effect.Dimension, effect.Dimension));
            }
        });
}

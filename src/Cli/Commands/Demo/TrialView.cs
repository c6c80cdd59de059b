using System.Globalization;
using MarginalConditional.Cli.Errors;
using MarginalConditional.Cli.Output;
using MarginalConditional.Compare;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Inference;
using MarginalConditional.Statistics.Inference;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Demo;

/// <summary>The first half of the demonstration: one trial, both answers, the conversion between them.</summary>
internal static class TrialView
{
    /// <summary>Writes the answers of a comparison whose three rows are conditional, marginalized and marginal.</summary>
    public static void Write(IAnsiConsole console, ModelComparison comparison)
    {
        var frame = comparison.Frame;
        Heading(console, "1. One trial, two right answers");
        Paragraph(
            console,
            $"{Figures.Count(frame.Clusters.Count)} patients with a toenail infection took terbinafine or itraconazole and were seen up to "
                + $"{Figures.Count(frame.Clusters.MaximumSize)} times "
            + $"({Figures.Count(frame.Rows)} visits; De Backer et al. 1998). y = 1: the nail has come off its bed moderately or severely. "
            + $"time: months. Model: y ~ treatment * time, logit link.");
        console.WriteLine();
        OddsRatios(console, comparison);
        console.WriteLine();
        Meaning(console, comparison);
    }

    /// <summary>A heading of the demonstration.</summary>
    public static void Heading(IAnsiConsole console, string text)
    {
        console.Write(new Text(text + "\n", new Style(decoration: Decoration.Bold)));
        console.WriteLine();
    }

    /// <summary>Sentences wrapped to the console's width, but no wider than is easy to read.</summary>
    public static void Paragraph(IAnsiConsole console, string text)
    {
        var width = Math.Min(console.Profile.Width, 88);
        foreach (var line in PlainWrap.Lines(text, width, width))
        {
            console.Write(new Text(line + "\n"));
        }
    }

    private static void OddsRatios(IAnsiConsole console, ModelComparison comparison)
    {
        var glmm = comparison.Glmm;
        var gee = comparison.Gee;
        var sandwich = RobustCovariance.Of(glmm);
        var marginalized = comparison.Marginalized.Covariance(sandwich);
        var robust = comparison.Marginal.With(GeeVariance.Robust).StandardErrors();
        var p = gee.Coefficients.Length;
        var table = new TextTable("Odds ratio (95 % CI)", ">Conditional\nGLMM", ">\u2026 averaged\nexactly", ">Marginal\nGEE");
        string[] words = ["terbinafine at the start", "each month", "each month, terbinafine"];
        for (var j = 1; j < p; j++)
        {
            table.Row(
                words[j - 1],
                OddsRatio(glmm.Coefficients[j], Math.Sqrt(sandwich[(j * glmm.ParameterCount) + j])),
                OddsRatio(comparison.Marginalized.Estimates[j], Math.Sqrt(marginalized[(j * p) + j])),
                OddsRatio(gee.Coefficients[j], robust[j]));
        }

        table.WriteTo(console);
    }

    private static string OddsRatio(double estimate, double standardError)
    {
        var row = Coefficient.Wald(string.Empty, estimate, standardError, null);
        return $"{Figures.Ratio(Math.Exp(row.Estimate))} "
            + $"({Figures.Interval(Figures.Ratio(Math.Exp(row.Lower)), Figures.Ratio(Math.Exp(row.Upper)))})";
    }

    private static void Meaning(IAnsiConsole console, ModelComparison comparison)
    {
        var effect = comparison.Effects.First(candidate => candidate.IsPrimary);
        var conditional = effect.Conditional.Inference;
        var marginal = effect.Marginal.Inference;
        var sigma = comparison.Glmm.RandomEffects[0].StandardDeviations[0];
        Paragraph(
            console,
            $"Conditional (subject-specific): under terbinafine each month multiplies a patient's odds by a further "
                + $"{Figures.Ratio(Math.Exp(conditional.Estimate))}, "
            + $"compared with itraconazole. Marginal (population-averaged): it multiplies the odds in the population by a further "
            + $"{Figures.Ratio(Math.Exp(marginal.Estimate))}.");
        console.WriteLine();
        Paragraph(
            console,
            $"Why do {Figures.Ratio(Math.Exp(conditional.Estimate))} and {Figures.Ratio(Math.Exp(marginal.Estimate))} differ?");
        var table = new TextTable("On the log scale", ">Estimate", ">SE", "What it is");
        Part(table, "gap", effect.Gap.Total, "conditional minus marginal");
        Part(
            table,
            "  non-collapsibility",
            effect.Gap.NonCollapsibility,
            $"exact, from \u03C3 = {Figures.Fixed(sigma, 2)} between patients");
        Part(table, "  everything else", effect.Gap.Rest, $"p = {Figures.Probability(effect.Gap.Rest.PValue)}");
        table.WriteTo(console);
        console.WriteLine();
        Paragraph(
            console,
            string.Create(CultureInfo.InvariantCulture, $"Patients differ so much (standard deviation {sigma:F2} on the log-odds scale) "
                + $"that averaging over them pulls odds ratios towards 1. ")
            + "Both are right: they answer different questions.");
    }

    private static void Part(TextTable table, string name, Coefficient part, string note) =>
        table.Row(name, Figures.Fixed(part.Estimate, 3), Figures.Fixed(part.StandardError, 3), note);
}

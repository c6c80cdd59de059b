using System.Globalization;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.Reports;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Lmm;

/// <summary>The tables and the picture of <see cref="LmmExtras"/>.</summary>
internal static class LmmExtrasTable
{
    private const int PictureWidth = 31;

    /// <summary>Writes those that were asked for.</summary>
    public static void Write(IAnsiConsole console, LmmExtras extras, double level)
    {
        if (extras.LikelihoodRatios.Count > 0)
        {
            LikelihoodRatios(console, extras.LikelihoodRatios);
        }

        if (extras.Profiles.Count > 0)
        {
            ProfileTable.Write(
                console,
                "Profile likelihood (ML)",
                level,
                extras.Profiles.Select(interval => (interval.Label, interval.Estimate, interval.Lower, interval.Upper)));
        }

        if (extras.Structures.Count > 0)
        {
            Structures(console, extras.Structures);
        }

        if (extras.Lags.Count > 0)
        {
            Lags(console, extras.Lags);
        }
    }

    private static void LikelihoodRatios(IAnsiConsole console, IReadOnlyList<LikelihoodRatioTest> tests)
    {
        var table = new TextTable("Likelihood-ratio test of", ">\u03C7\u00B2", ">df", ">p");
        foreach (var test in tests)
        {
            table.Row(
                test.Label,
                Figures.Fixed(test.Statistic, 2),
                (test.OnBoundary ? $"{test.Parameters - 1}\u2013" : string.Empty) + test.Parameters.ToString(CultureInfo.InvariantCulture),
                Figures.Probability(test.PValue));
        }

        console.WriteLine();
        table.WriteTo(console);
        if (tests.Any(test => test.OnBoundary))
        {
            console.WriteLine("  (a variance at its boundary: half of one \u03C7\u00B2, half of the next)");
        }
    }

    private static void Structures(IAnsiConsole console, IReadOnlyList<StructureComparison> structures)
    {
        var best = StructureComparison.Best(structures);
        var table = new TextTable("Residual", ">Parameters", ">Log-likelihood", ">AIC", ">BIC", "");
        foreach (var comparison in structures)
        {
            if (comparison.Fit is { } fit)
            {
                var remark = comparison == best ? "lowest AIC"
                    : fit.Convergence.Converged ? string.Empty
                    : FitOutput.StatusName(fit.Convergence.Status);
                table.Row(
                    comparison.Structure.Name,
                    fit.ParameterCount.ToString(CultureInfo.InvariantCulture),
                    Figures.Fixed(fit.LogLikelihood, 2),
                    Figures.Fixed(fit.Aic, 1),
                    Figures.Fixed(fit.Bic, 1),
                    remark);
            }
            else
            {
                table.Row(comparison.Structure.Name, "\u2013", "\u2013", "\u2013", "\u2013", "not possible");
            }
        }

        console.WriteLine();
        table.WriteTo(console);
    }

    /// <summary>One line a lag: a bar for the data, a mark for the model.</summary>
    private static void Lags(IAnsiConsole console, IReadOnlyList<CorrelationByLag> lags)
    {
        var low = Math.Min(0, Math.Floor(5 * lags.Min(lag => Math.Min(lag.Empirical, lag.Fitted))) / 5);
        var high = Math.Max(0.2, Math.Ceiling(5 * lags.Max(lag => Math.Max(lag.Empirical, lag.Fitted))) / 5);
        var table = new TextTable(
            ">Lag",
            ">Pairs",
            ">Data",
            ">Model",
            $"{Figures.Fixed(low, 1)}{new string(' ', PictureWidth - 6)}{Figures.Fixed(high, 1)}");
        foreach (var lag in lags)
        {
            var picture = new char[PictureWidth];
            Array.Fill(picture, ' ');
            var zero = Place(0, low, high);
            var end = Place(lag.Empirical, low, high);
            for (var k = Math.Min(zero, end); k <= Math.Max(zero, end); k++)
            {
                picture[k] = '\u2588';
            }

            picture[Place(lag.Fitted, low, high)] = '\u25C7';
            table.Row(
                lag.Lag.ToString(CultureInfo.InvariantCulture),
                Figures.Count(lag.Pairs),
                Figures.Fixed(lag.Empirical, 2),
                Figures.Fixed(lag.Fitted, 2),
                new string(picture).TrimEnd());
        }

        console.WriteLine();
        console.WriteLine("Correlation of residuals by lag in waves: \u2588 data, \u25C7 model");
        table.WriteTo(console);
    }

    private static int Place(double value, double low, double high) =>
        Math.Clamp((int)Math.Round((value - low) / (high - low) * (PictureWidth - 1), MidpointRounding.AwayFromZero), 0, PictureWidth - 1);
}

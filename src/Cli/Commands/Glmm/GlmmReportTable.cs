using System.Globalization;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.TextPictures;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Inference;
using MarginalConditional.Mixed;
using MarginalConditional.Profiling;
using MarginalConditional.Statistics.Families;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Glmm;

/// <summary>The tables that follow the coefficients of a mixed model.</summary>
internal static class GlmmReportTable
{
    private const string Subscripts = "₀₁₂₃₄₅₆₇₈₉";

    /// <summary>Writes them.</summary>
    public static void Write(IAnsiConsole console, GlmmFit fit, GlmmReport report, double level)
    {
        JointTests(console, report);
        console.WriteLine();
        Inflation(console, fit, report, level);
        RandomEffects(console, fit);
        Tests(console, fit.RandomEffects, report.VarianceTests);
        if (report.Profiles.Count > 0)
        {
            Profiles(console, report.Profiles, level);
        }

        console.WriteLine();
        TwoWayOutput.Write(console, report.WayColumns, report.Ways);
        Dispersion(console, fit);

        console.WriteLine(
            $"Log-likelihood {Figures.Fixed(fit.LogLikelihood, 3)} · AIC {Figures.Fixed(fit.Aic, 1)} · BIC {Figures.Fixed(fit.Bic, 1)}");
        if (report.Measures.Count > 0)
        {
            Clustering(console, report.Measures, level);
        }

        ResidualsPart.Write(console, report.Residuals);
        if (report.Bootstrap is { } bootstrap)
        {
            GlmmCommandBootstrap.Write(console, fit.ParameterNames, bootstrap, level);
        }
    }

    private static void Inflation(IAnsiConsole console, GlmmFit fit, GlmmReport report, double level)
    {
        if (report.Inflation.Count == 0)
        {
            return;
        }

        CoefficientView.Write(console, report.Inflation, level, null, "Excess zeros, log odds");
        if (report.Inflation is [{ Term: "(Intercept)" } only])
        {
            var limits = Figures.Interval(Figures.Fixed(Chance(only.Lower), 3), Figures.Fixed(Chance(only.Upper), 3));
            console.WriteLine($"  Probability of an excess zero {Figures.Fixed(fit.InflationOf(0), 3)} ({limits})");
        }

        console.WriteLine();

        static double Chance(double odds) => 1 / (1 + Math.Exp(-odds));
    }

    private static void Dispersion(IAnsiConsole console, GlmmFit fit)
    {
        if (fit.Options.BetaBinomial)
        {
            console.WriteLine(fit.IsDispersionZero
                ? "Precision \u221E: the binomial distribution"
                : $"Precision {Figures.Significant(1 / fit.Dispersion, 4)} · correlation of a row's trials "
                    + Figures.Significant(fit.Dispersion / (1 + fit.Dispersion), 3));
        }
        else if (fit.Family is Family.NegativeBinomialFamily || !fit.Family.HasUnitDispersion)
        {
            console.WriteLine($"Dispersion {Figures.Significant(fit.Dispersion, 4)}");
        }

        if (fit.Pearson is { } pearson)
        {
            console.WriteLine($"Dispersion ratio {Figures.Fixed(pearson.Ratio, 2)} (Pearson χ² {Figures.Fixed(pearson.Statistic, 1)} on "
                + $"{Figures.Count(pearson.DegreesOfFreedom)} df, p {Figures.ProbabilityRelation(pearson.PValue)})");
        }
    }

    private static void RandomEffects(IAnsiConsole console, GlmmFit fit)
    {
        var table = new TextTable("Random effects", "Term", ">SD", ">Variance", ">Correlations");
        foreach (var term in fit.RandomEffects)
        {
            for (var a = 0; a < term.Dimension; a++)
            {
                table.Row(
                    a == 0 ? $"{term.Group} ({Figures.Count(term.GroupCount)})" : string.Empty,
                    term.Names[a],
                    Figures.Significant(term.StandardDeviations[a], 4),
                    Figures.Significant(term.Covariance[(a * term.Dimension) + a], 4),
                    string.Join(' ', Enumerable.Range(0, a).Select(b => Figures.Fixed(term.Correlation(a, b), 2))));
            }
        }

        table.WriteTo(console);
    }

    /// <summary>A sentence for each test of a random effect.</summary>
    public static void Tests(
        IAnsiConsole console, IReadOnlyList<RandomEffectEstimate> effects, IReadOnlyList<VarianceTest> tests)
    {
        var isOnly = effects.Sum(term => term.Dimension) == 1;
        foreach (var test in tests)
        {
            var mixture = $"½χ²{Subscripts[test.LowerDegreesOfFreedom]} : ½χ²{Subscripts[test.UpperDegreesOfFreedom]}";
            Prose.Sentence(console, $"{(isOnly ? "No random effect" : "Without " + test.Label)} ({mixture}): LR "
                + $"{Figures.Fixed(test.Statistic, 2)}, p {Figures.ProbabilityRelation(test.PValue)}");
        }
    }

    /// <summary>The table of profile intervals.</summary>
    public static void Profiles(IAnsiConsole console, IReadOnlyList<ProfileInterval> profiles, double level)
    {
        ProfileTable.Write(
            console,
            "Profile likelihood",
            level,
            profiles.Select(profile => (profile.Label, profile.Estimate, profile.Lower, profile.Upper)));
        foreach (var profile in profiles.Where(profile => profile.LowerIsEdge || profile.UpperIsEdge))
        {
            var (lower, upper) = (Figures.Fixed(profile.Lower, 0), Figures.Fixed(profile.Upper, 0));
            Prose.Sentence(console, profile.Label + ": " + (profile.LowerIsEdge && profile.UpperIsEdge
                ? $"{lower} and {upper}, the edges of the range, are not rejected."
                : $"{(profile.LowerIsEdge ? lower : upper)}, the edge of the range, is not rejected."));
        }
    }

    private static void JointTests(IAnsiConsole console, GlmmReport report)
    {
        if (report.Terms.All(term => term.Wald.Rank <= 1))
        {
            return;
        }

        console.WriteLine();
        var table = new TextTable("Joint test", ">Chi-squared", ">df", ">p");
        foreach (var (term, wald) in report.Terms)
        {
            table.Row(term, Figures.Fixed(wald.Statistic, 2), Figures.Count(wald.Rank), Figures.Probability(wald.PValue));
        }

        table.WriteTo(console);
    }

    private static void Clustering(IAnsiConsole console, IReadOnlyList<ClusteringMeasures> levels, double level)
    {
        console.WriteLine();
        var table = new TextTable("Clustering", ">Estimate", ">" + Figures.IntervalHeading(level));
        foreach (var measures in levels)
        {
            // One level needs no name; of several each is named.
            var (groups, group, indent) = levels.Count == 1 ? ("clusters", "cluster", string.Empty) : ("groups", "group", "  ");
            if (levels.Count > 1)
            {
                table.Row($"Two rows of one {measures.Group}", string.Empty, string.Empty);
            }

            Row(indent + "Intraclass correlation, latent scale", measures.Latent, 3);
            Row(indent + "Intraclass correlation of the outcome", measures.Observed, 3);
            if (measures.MedianOddsRatio is { } ratio)
            {
                Row($"{indent}Median odds ratio between {groups}", ratio, 2);
            }

            Row($"{indent}Design effect at {Figures.Significant(measures.EffectiveGroupSize)} a {group}", measures.DesignEffect, 2);
        }

        table.WriteTo(console);

        void Row(string name, ClusterMeasure measure, int decimals) => table.Row(
            name,
            Figures.Fixed(measure.Estimate, decimals),
            double.IsNaN(measure.Lower)
                ? "–"
                : Figures.Interval(Figures.Fixed(measure.Lower, decimals), Figures.Fixed(measure.Upper, decimals)));
    }
}

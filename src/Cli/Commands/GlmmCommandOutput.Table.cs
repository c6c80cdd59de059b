using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Data;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Inference;
using MarginalConditional.Glmm.RandomEffects;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands;

/// <content>The tables that follow the coefficients.</content>
internal static partial class GlmmCommandOutput
{
    private static void Details(IAnsiConsole console, GlmmFit fit, ClusteringMeasures? measures, double level, ProfileInterval? deviation, VarianceTest? test)
    {
        console.WriteLine();
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
        if (deviation is not null)
        {
            console.WriteLine($"  SD, profile {Figures.IntervalHeading(level)}: {Figures.Interval(Figures.Significant(deviation.Lower, 4), Figures.Significant(deviation.Upper, 4))}");
        }

        if (test is not null)
        {
            console.WriteLine($"  No random effect (½χ²₀ : ½χ²₁): LR {Figures.Fixed(test.Statistic, 2)}, p {Equal(test.PValue)}");
        }

        console.WriteLine();
        if (fit.Family is Family.NegativeBinomialFamily || !fit.Family.HasUnitDispersion)
        {
            console.WriteLine($"Dispersion {Figures.Significant(fit.Dispersion, 4)}");
        }

        console.WriteLine($"Log-likelihood {Figures.Fixed(fit.LogLikelihood, 3)} · AIC {Figures.Fixed(fit.Aic, 1)} · BIC {Figures.Fixed(fit.Bic, 1)}");
        if (measures is not null)
        {
            Clustering(console, measures, level);
        }
    }

    private static void JointTests(IAnsiConsole console, List<(string Term, WaldTest Wald)> terms)
    {
        if (!terms.Exists(term => term.Wald.Rank > 1))
        {
            return;
        }

        console.WriteLine();
        var table = new TextTable("Joint test", ">Chi-squared", ">df", ">p");
        foreach (var (term, wald) in terms)
        {
            table.Row(term, Figures.Fixed(wald.Statistic, 2), Figures.Count(wald.Rank), Figures.Probability(wald.PValue));
        }

        table.WriteTo(console);
    }

    private static string Equal(double p) => Figures.Probability(p) is ['<' or '>', ..] text ? text : "= " + Figures.Probability(p);

    private static void Clustering(IAnsiConsole console, ClusteringMeasures measures, double level)
    {
        console.WriteLine();
        var table = new TextTable("Clustering", ">Estimate", ">" + Figures.IntervalHeading(level));
        Row("Intraclass correlation, latent scale", measures.Latent, 3);
        Row("Intraclass correlation of the outcome", measures.Observed, 3);
        if (measures.MedianOddsRatio is { } ratio)
        {
            Row("Median odds ratio between clusters", ratio, 2);
        }

        Row($"Design effect at {Figures.Significant(measures.EffectiveClusterSize)} a cluster", measures.DesignEffect, 2);
        table.WriteTo(console);

        void Row(string name, ClusterMeasure measure, int decimals) => table.Row(
            name,
            Figures.Fixed(measure.Estimate, decimals),
            double.IsNaN(measure.Lower) ? "–" : Figures.Interval(Figures.Fixed(measure.Lower, decimals), Figures.Fixed(measure.Upper, decimals)));
    }
}

using System.Globalization;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Inference;
using MarginalConditional.Mixed;
using MarginalConditional.Profiling;

namespace MarginalConditional.Cli.Commands.Glmm;

/// <summary>The JSON members that only a mixed model has.</summary>
internal static class GlmmReportJson
{
    /// <summary>Writes them.</summary>
    public static void Write(JsonResult json, GlmmFit fit, GlmmReport report, double level)
    {
        json.Number("logLik", fit.LogLikelihood);
        json.Number("aic", fit.Aic);
        json.Number("bic", fit.Bic);
        json.Integer("nodes", fit.Nodes);
        TwoWayOutput.Write(json, report.WayColumns, report.Ways);
        if (fit.Options.BetaBinomial)
        {
            json.Number("precision", fit.IsDispersionZero ? null : 1 / fit.Dispersion);
        }
        else if (fit.Dispersion != 1)
        {
            json.Number("dispersion", fit.Dispersion);
        }

        if (report.Inflation.Count > 0)
        {
            FitOutput.Coefficients(json, "zeroInflation", report.Inflation);
            if (fit.Frame.Inflation is null)
            {
                json.Number("zeroProbability", fit.InflationOf(0));
            }
        }

        if (fit.Pearson is { } pearson)
        {
            json.Object("dispersionRatio", () =>
            {
                json.Number("ratio", pearson.Ratio);
                json.Number("statistic", pearson.Statistic);
                json.Integer("df", pearson.DegreesOfFreedom);
                json.Number("p", pearson.PValue);
            });
        }

        RandomEffectsOutput.Write(json, fit.RandomEffects);
        if (report.Profiles.Count > 0)
        {
            Profiles(json, report.Profiles);
        }

        Tests(json, report.VarianceTests);
        if (report.Measures.Count > 0)
        {
            Clustering(json, report.Measures);
        }

        json.Objects("terms", report.Terms, term =>
        {
            json.Text("term", term.Term);
            json.Number("statistic", term.Wald.Statistic);
            json.Integer("rank", term.Wald.Rank);
            json.Number("p", term.Wald.PValue);
        });
        ResidualsPart.Write(json, report.Residuals);
        if (report.Bootstrap is { } bootstrap)
        {
            GlmmCommandBootstrap.Write(json, fit.ParameterNames, bootstrap, level);
        }
    }

    /// <summary>The member <c>varianceTests</c>.</summary>
    public static void Tests(JsonResult json, IReadOnlyList<VarianceTest> tests) =>
        json.Objects("varianceTests", tests, test =>
        {
            json.Text("of", test.Label);
            json.Number("statistic", test.Statistic);
            json.Text("distribution", string.Create(
                CultureInfo.InvariantCulture,
                $"half chi-squared {test.LowerDegreesOfFreedom}, half chi-squared {test.UpperDegreesOfFreedom}"));
            json.Number("p", test.PValue);
        });

    /// <summary>The member <c>profileIntervals</c>.</summary>
    public static void Profiles(JsonResult json, IReadOnlyList<ProfileInterval> profiles) =>
        json.Objects("profileIntervals", profiles, profile =>
        {
            json.Text("of", profile.Label);
            json.Number("estimate", profile.Estimate);
            json.Number("lower", profile.Lower);
            json.Number("upper", profile.Upper);
            json.Boolean("lowerIsEdge", profile.LowerIsEdge);
            json.Boolean("upperIsEdge", profile.UpperIsEdge);
        });

    /// <summary>The measures of each level; those of the only level beside the other numbers as well.</summary>
    private static void Clustering(JsonResult json, IReadOnlyList<ClusteringMeasures> levels)
    {
        if (levels is [var only])
        {
            json.Number("icc", only.Latent.Estimate);
            json.Number("medianOddsRatio", only.MedianOddsRatio?.Estimate);
            json.Number("designEffect", only.DesignEffect.Estimate);
        }

        json.Objects("clustering", levels, measures =>
        {
            json.Text("level", measures.Group);
            json.Integer("groups", measures.GroupCount);
            Measure(json, "iccLatent", measures.Latent);
            Measure(json, "iccObserved", measures.Observed);
            if (measures.MedianOddsRatio is { } ratio)
            {
                Measure(json, "medianOddsRatio", ratio);
            }

            Measure(json, "designEffect", measures.DesignEffect);
            json.Number("effectiveGroupSize", measures.EffectiveGroupSize);
        });
    }

    private static void Measure(JsonResult json, string name, ClusterMeasure measure) =>
        json.Object(name, () =>
        {
            json.Number("estimate", measure.Estimate);
            json.Number("se", Known(measure.StandardError));
            json.Number("lower", Known(measure.Lower));
            json.Number("upper", Known(measure.Upper));
        });

    private static double? Known(double value) => double.IsNaN(value) ? null : value;
}

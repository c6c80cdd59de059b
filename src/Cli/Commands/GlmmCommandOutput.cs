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

/// <summary>Shows a fitted mixed model: the common members first, then what only it has.</summary>
internal static partial class GlmmCommandOutput
{
    /// <summary>Writes the fit and returns the exit code.</summary>
    public static int Write(GlmmFit fit, FitArguments arguments, CommandContext context, bool robust, bool profile, ParametricBootstrap? bootstrap)
    {
        var level = context.Output.Level;
        var names = fit.Frame.Design.Names;
        var p = names.Count;
        var joint = robust ? RobustCovariance.Of(fit) : fit.JointCovariance.ToArray();
        var covariance = Corner(joint, fit.ParameterCount, p);
        var errors = new double[p];
        for (var j = 0; j < p; j++)
        {
            errors[j] = Math.Sqrt(covariance[(j * p) + j]);
        }

        var measures = ClusteringMeasures.Of(fit, level);
        IReadOnlyList<Coefficient> rows = new CoefficientTable(names, fit.Coefficients, errors, level: level);
        if (profile)
        {
            rows = [.. rows.Select((row, j) => Profiled(row, ProfileInterval.OfCoefficient(fit, j, level)))];
        }

        var terms = TermTests(fit, covariance);
        var deviation = profile ? ProfileInterval.OfStandardDeviation(fit, level) : null;
        var test = VarianceTest.Of(fit);
        var summary = new FitSummary
        {
            Command = "glmm",
            Title = Title(fit, robust, profile),
            Source = arguments.Data.Path,
            Formula = arguments.Request.Formula.Text,
            Family = fit.Family.Name,
            Link = fit.Link.Name,
            Frame = fit.Frame,
            Coefficients = rows,
            Contrasts = [.. arguments.Contrasts.Select(text => Read(text, names).Test(fit.Coefficients, covariance, null, level))],
            Covariance = covariance,
            Convergence = fit.Convergence,
            Warnings = fit.Warnings,
            JsonMembers = json =>
            {
                Members(json, fit, measures, deviation, test);
                json.Objects("terms", terms, term =>
                {
                    json.Text("term", term.Term);
                    json.Number("statistic", term.Wald.Statistic);
                    json.Integer("rank", term.Wald.Rank);
                    json.Number("p", term.Wald.PValue);
                });
                if (bootstrap is not null)
                {
                    GlmmCommandBootstrap.Write(json, fit, bootstrap, level);
                }
            },
            Details = console =>
            {
                JointTests(console, terms);
                Details(console, fit, measures, level, deviation, test);
                if (bootstrap is not null)
                {
                    GlmmCommandBootstrap.Write(console, fit, bootstrap, level);
                }
            },
        };
        return FitOutput.Write(summary, context);
    }

    /// <summary>The JSON member <c>randomEffects</c>.</summary>
    public static void RandomEffects(JsonResult json, IReadOnlyList<RandomEffectEstimate> terms) =>
        json.Objects("randomEffects", terms, term =>
        {
            json.Text("group", term.Group);
            json.Texts("terms", term.Names);
            json.Numbers("sd", term.StandardDeviations);
            json.Matrix("correlation", Correlations(term), term.Dimension);
            json.Matrix("covariance", term.Covariance, term.Dimension);
            json.Object("modes", () => Levels(json, term, term.Modes));
            json.Object("modeSe", () => Levels(json, term, term.ModeStandardErrors));
        });

    private static string Title(GlmmFit fit, bool robust, bool profile)
    {
        var rule = fit.Nodes == 1
            ? "Laplace approximation"
            : $"{(fit.Options.Adaptive ? "adaptive" : "non-adaptive")} quadrature, {fit.Nodes} nodes{(fit.RandomEffects.Sum(term => term.Dimension) > 1 ? " a dimension" : string.Empty)}";
        return $"Conditional (subject-specific) model: {rule}, {(robust ? "robust" : "model-based")} standard errors{(profile ? ", profile intervals" : string.Empty)}";
    }

    private static Contrast Read(string text, IReadOnlyList<string> names) =>
        Contrast.TryParse(text, names, out var contrast, out var problem) ? contrast : throw new InputException(problem);

    private static double[] Corner(double[] matrix, int order, int p)
    {
        var corner = new double[p * p];
        for (var i = 0; i < p; i++)
        {
            matrix.AsSpan(i * order, p).CopyTo(corner.AsSpan(i * p));
        }

        return corner;
    }

    private static void Members(JsonResult json, GlmmFit fit, ClusteringMeasures? measures, ProfileInterval? deviation, VarianceTest? test)
    {
        json.Number("logLik", fit.LogLikelihood);
        json.Number("aic", fit.Aic);
        json.Number("bic", fit.Bic);
        json.Integer("nodes", fit.Nodes);
        if (fit.Dispersion != 1)
        {
            json.Number("dispersion", fit.Dispersion);
        }

        RandomEffects(json, fit.RandomEffects);
        if (deviation is not null)
        {
            json.Object("sdInterval", () =>
            {
                json.Number("lower", deviation.Lower);
                json.Number("upper", deviation.Upper);
            });
        }

        if (test is not null)
        {
            json.Object("varianceTest", () =>
            {
                json.Number("statistic", test.Statistic);
                json.Text("distribution", "half chi-squared 0, half chi-squared 1");
                json.Number("p", test.PValue);
            });
        }

        if (measures is null)
        {
            return;
        }

        json.Number("icc", measures.Latent.Estimate);
        json.Number("medianOddsRatio", measures.MedianOddsRatio?.Estimate);
        json.Number("designEffect", measures.DesignEffect.Estimate);
        json.Object("clustering", () =>
        {
            Measure(json, "iccLatent", measures.Latent);
            Measure(json, "iccObserved", measures.Observed);
            if (measures.MedianOddsRatio is { } ratio)
            {
                Measure(json, "medianOddsRatio", ratio);
            }

            Measure(json, "designEffect", measures.DesignEffect);
            json.Number("effectiveClusterSize", measures.EffectiveClusterSize);
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

    private static double[] Correlations(RandomEffectEstimate term)
    {
        var q = term.Dimension;
        var correlations = new double[q * q];
        for (var a = 0; a < q; a++)
        {
            for (var b = 0; b < q; b++)
            {
                correlations[(a * q) + b] = term.Correlation(a, b);
            }
        }

        return correlations;
    }

    private static void Levels(JsonResult json, RandomEffectEstimate term, ReadOnlySpan<double> values)
    {
        for (var g = 0; g < term.GroupCount; g++)
        {
            json.Numbers(term.Label(g), values.Slice(g * term.Dimension, term.Dimension));
        }
    }

    // One joint Wald test for all coefficients of each term of the formula.
    private static List<(string Term, WaldTest Wald)> TermTests(GlmmFit fit, double[] covariance)
    {
        var design = fit.Frame.Design;
        var p = design.Columns;
        var tests = new List<(string, WaldTest)>();
        foreach (var term in design.Terms.Distinct(StringComparer.Ordinal).Where(term => term != "(Intercept)"))
        {
            var contrasts = new List<Contrast>();
            for (var j = 0; j < p; j++)
            {
                if (design.Terms[j] == term)
                {
                    var weights = new double[p];
                    weights[j] = 1;
                    contrasts.Add(new Contrast(design.Names[j], weights));
                }
            }

            tests.Add((term, WaldTest.Joint(contrasts, fit.Coefficients, covariance)));
        }

        return tests;
    }

    private static Coefficient Profiled(Coefficient row, ProfileInterval interval) => row with { Lower = interval.Lower, Upper = interval.Upper };
}

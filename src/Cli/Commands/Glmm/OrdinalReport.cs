using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Predictions;
using MarginalConditional.Cli.Publishing;
using MarginalConditional.Cli.Results;
using MarginalConditional.Cli.Saving;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Glmm.Inference;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Means;
using MarginalConditional.Mixed;
using MarginalConditional.Report.Gallery;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Glmm;

/// <summary>Shows a fitted mixed model of ordered outcomes.</summary>
/// <param name="inference">The fit with its covariance.</param>
/// <param name="profile">Whether the intervals are those of the profile likelihood.</param>
/// <param name="level">The intervals' level.</param>
internal sealed class OrdinalReport(OrdinalGlmmInference inference, bool profile, double level)
{
    private readonly IReadOnlyList<VarianceTest> varianceTests =
        inference.Fit.HasInfiniteEstimates || !inference.Fit.Convergence.Converged ? [] : OrdinalProfiles.VarianceTests(inference.Fit);

    private readonly bool profiled = profile && !inference.Fit.HasInfiniteEstimates;

    private OrdinalGlmmFit Fit => inference.Fit;

    /// <summary>Contrasts asked for.</summary>
    public IReadOnlyList<Contrast> Contrasts { get; init; } = [];

    /// <summary>Tests of proportional odds; empty when none were asked for.</summary>
    public IReadOnlyList<ProportionalityTest> Proportional { get; init; } = [];

    /// <summary>Estimated means; null when none were asked for.</summary>
    public EstimatedMeans? Means { get; init; }

    /// <summary>The bootstrap; null unless asked for.</summary>
    public ParametricBootstrap? Bootstrap { get; init; }

    /// <summary>Predictions of new rows; null when none were asked for.</summary>
    public PredictedRows? Predictions { get; init; }

    /// <summary>Where the fit is kept, and which one it repeats.</summary>
    public Keeping? Keeping { get; init; }

    /// <summary>The fit that tests of terms compare this one with; null where the coefficients by threshold are this fit's own.</summary>
    private ProportionalityTest? Separate => Proportional.Count > 0 && Fit.Options.NominalColumns.Count == 0 ? Proportional[^1] : null;

    /// <summary>The fit, ready to be shown.</summary>
    public FitSummary Summary(FitArguments arguments, CommandContext context)
    {
        var (fixedProfiles, profiles) = profiled
            ? (OrdinalProfiles.OfFixedParameters(Fit, level), OrdinalProfiles.OfVariances(Fit, level))
            : ([], []);
        Coefficient[] table = profiled ? [.. inference.Table(level).Zip(fixedProfiles, GlmmReport.Profiled)] : [.. inference.Table(level)];
        var thresholds = Fit.Layout.Thresholds;
        Coefficient[] contrasts = [.. Contrasts.Select(Test)];
        Coefficient[] coefficients = [.. table.Skip(thresholds)];
        return new FitSummary
        {
            Command = "glmm",
            Title = Title(),
            Source = arguments.Data.Path,
            Formula = arguments.Request.Formula.Text,
            Family = "ordinal",
            Link = Fit.Link.Name,
            Frame = Fit.Frame,
            Thresholds = [.. table.Take(thresholds)],
            Coefficients = coefficients,
            Contrasts = contrasts,
            Means = Means,
            Predictions = Predictions,
            Keeping = Keeping,
            Data = arguments.Data,
            Pictures = context.Output is { Plots.Count: 0, ReportPath: null } ? [] : Pictures([.. coefficients, .. contrasts]),
            Covariance = inference.Covariance.ToArray(),
            Convergence = Fit.Convergence,
            CsvRows = [.. profiles.Select(GlmmReport.Row)],
            Warnings = [.. Fit.Warnings, .. ProfileCautions.Of([.. fixedProfiles, .. profiles], Fit.Convergence), .. Cautions()],
            Tolerances = Fit.Options.Tolerances.All,
            JsonMembers = json => Members(json, profiles),
            Details = console => Details(console, profiles),
            Quantities =
            [
                .. RandomEffectQuantities.Of(Fit.RandomEffects),
                new FitQuantity("Log-likelihood", Fit.LogLikelihood, QuantityKind.Criterion),
                new FitQuantity("AIC", Fit.Aic, QuantityKind.Criterion),
            ],
            VarianceParameters = Fit.Parameters.Length - Fit.FixedParameters.Length,
        };
    }

    private IReadOnlyList<OfferedPicture> Pictures(IReadOnlyList<Coefficient> rows)
    {
        const string Mean = "ordinal outcomes have probabilities of categories, and no mean";
        return
        [
            FitPictures.Coefficients(rows, "ordinal", Fit.Link.Name, level, PictureTone.Conditional),
            FitPictures.Means(Means, Fit.Frame, Family.Gaussian, Fit.Link.Marginal),
            .. ((string[])["curves", "attenuation", "residuals"]).Select(kind => OfferedPicture.Without(kind, Mean)),
            Fit.Convergence.Converged
                ? new OfferedPicture("random-effects", () => QuantilePicture.OfEffects(Fit.RandomEffects))
                : OfferedPicture.Without("random-effects", "the fit did not converge"),
            OfferedPicture.Without("influence", "ordinal mixed models have none"),
            OfferedPicture.Without("likelihood", "the profiles of ordinal mixed models are not drawn"),
        ];
    }

    /// <summary>Few clusters, where the sandwich has no correction for them; tests without an answer.</summary>
    private IEnumerable<string> Cautions()
    {
        var clusters = Fit.Frame.Clusters;
        if (inference.Robust && clusters.EffectiveCount < FewClusters.Enough)
        {
            yield return $"There are {FewClusters.Count(clusters)}: with fewer than {FewClusters.Enough} robust standard errors are too "
                + "small, and here they have no correction; use --se model.";
        }

        ProportionalityTest[] failed = [.. Proportional.Where(test => double.IsNaN(test.Statistic))];
        if (failed.Length > 0)
        {
            yield return $"Proportional odds of {string.Join(" and ", failed.Select(test => test.Term))} could not be tested: the model "
                + $"with a coefficient at every threshold has no solution. {failed[0].Separate.Convergence.Message}";
        }
    }

    private string Title()
    {
        var rule = Fit.Nodes == 1
            ? "Laplace approximation"
            : $"adaptive quadrature, {Fit.Nodes} "
                + $"nodes{(Fit.RandomEffects.Sum(term => term.Dimension) > 1 ? " a dimension" : string.Empty)}";
        return $"Conditional (subject-specific) cumulative model: {rule}, {(inference.Robust ? "robust" : "model-based")} standard "
            + $"errors{(profiled ? ", profile intervals" : string.Empty)}";
    }

    private Coefficient Test(Contrast contrast)
    {
        var row = inference.Test(contrast, level);
        return profiled ? GlmmReport.Profiled(row, OrdinalProfiles.OfContrast(Fit, contrast.Weights, level)) : row;
    }

    private void Members(JsonResult json, IReadOnlyList<ProfileInterval> profiles)
    {
        json.Texts("categories", Fit.Frame.Categories);
        json.Number("logLik", Fit.LogLikelihood);
        json.Number("aic", Fit.Aic);
        json.Number("bic", Fit.Bic);
        json.Integer("nodes", Fit.Nodes);
        RandomEffectsOutput.Write(json, Fit.RandomEffects);
        GlmmReportJson.Tests(json, varianceTests);
        if (profiles.Count > 0)
        {
            GlmmReportJson.Profiles(json, profiles);
        }

        json.Objects("terms", inference.TermTests(), term =>
        {
            json.Text("term", term.Term);
            json.Number("statistic", term.Test.Statistic);
            json.Integer("rank", term.Test.Rank);
            json.Number("p", term.Test.PValue);
        });
        if (Bootstrap is { } bootstrap)
        {
            GlmmCommandBootstrap.Write(json, Fit.ParameterNames, bootstrap, level);
        }

        if (Proportional.Count == 0)
        {
            return;
        }

        json.Object("proportionalOdds", () =>
        {
            json.Objects("tests", Proportional, test =>
            {
                json.Text("term", test.Term);
                json.Text("kind", "likelihood-ratio");
                json.Number("statistic", test.Statistic);
                json.Integer("df", test.DegreesOfFreedom);
                json.Number("p", test.PValue);
            });
            json.Objects("slopes", Slopes(), slope =>
            {
                json.Text("term", slope.Term);
                FitOutput.Inference(json, slope);
            });
        });
    }

    private IReadOnlyList<Coefficient> Slopes() => Separate is { } separate
        ? double.IsNaN(separate.Statistic)
            ? [.. Proportional.Where(test => !double.IsNaN(test.Statistic)).SelectMany(test => test.Slopes(level))]
            : separate.Slopes(level)
        : [.. Proportional.Take(1).SelectMany(test => new ProportionalityTest(
            ProportionalityTest.AllTerms, test.Statistic, test.DegreesOfFreedom, test.PValue, Fit).Slopes(level))];

    private void Details(IAnsiConsole console, IReadOnlyList<ProfileInterval> profiles)
    {
        if (Fit.HasInfiniteEstimates)
        {
            return;
        }

        JointTests(console);
        console.WriteLine();
        RandomEffectsOutput.Write(console, Fit.RandomEffects, null);
        GlmmReportTable.Tests(console, Fit.RandomEffects, varianceTests);
        if (profiles.Count > 0)
        {
            GlmmReportTable.Profiles(console, profiles, level);
        }

        console.WriteLine();
        console.WriteLine(
            $"Log-likelihood {Figures.Fixed(Fit.LogLikelihood, 3)} \u00B7 AIC {Figures.Fixed(Fit.Aic, 1)} \u00B7 BIC "
            + Figures.Fixed(Fit.Bic, 1));
        console.WriteLine("P(Y \u2264 k) = F(threshold \u2212 x\u03B2 \u2212 zb): a positive coefficient moves to higher categories.");
        if (Bootstrap is { } bootstrap)
        {
            GlmmCommandBootstrap.Write(console, Fit.ParameterNames, bootstrap, level);
        }

        if (Proportional.All(test => double.IsNaN(test.Statistic)))
        {
            return;
        }

        console.WriteLine();
        var table = new TextTable("Proportional odds", ">LR", ">df", ">p");
        foreach (var test in Proportional.Where(test => !double.IsNaN(test.Statistic)))
        {
            table.Row(
                test.Term, Figures.Fixed(test.Statistic, 2), Figures.Count(test.DegreesOfFreedom), Figures.Probability(test.PValue));
        }

        table.WriteTo(console);
        if (Separate is not null)
        {
            console.WriteLine();
            CoefficientView.Write(console, Slopes(), level, termHeading: "By threshold");
        }
    }

    private void JointTests(IAnsiConsole console)
    {
        var terms = inference.TermTests();
        if (terms.All(term => term.Test.Rank <= 1))
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
}

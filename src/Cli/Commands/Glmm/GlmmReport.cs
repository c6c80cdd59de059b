using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Predictions;
using MarginalConditional.Cli.Results;
using MarginalConditional.Cli.Saving;
using MarginalConditional.Data.Coding;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Inference;
using MarginalConditional.Glmm.Profiles;
using MarginalConditional.Glmm.Residuals;
using MarginalConditional.Means;
using MarginalConditional.Mixed;
using MarginalConditional.Profiling;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Commands.Glmm;

/// <summary>Shows a fitted mixed model: the common members first, then what only it has.</summary>
internal sealed class GlmmReport
{
    private readonly GlmmFit fit;
    private readonly GlmmInference inference;
    private readonly double level;
    private readonly IReadOnlyList<Coefficient> coefficients;

    /// <summary>Computes what is shown.</summary>
    /// <param name="inference">The fit with its standard errors.</param>
    /// <param name="profile">Whether the intervals are those of the profile likelihood.</param>
    /// <param name="level">The intervals' level.</param>
    public GlmmReport(GlmmInference inference, bool profile, double level)
    {
        fit = inference.Fit;
        this.level = level;
        this.inference = inference;
        coefficients = inference.Table(level);
        if (profile && !fit.IsUnbounded)
        {
            CoefficientProfiles = GlmmProfiles.OfCoefficients(fit, level);
            coefficients = [.. coefficients.Zip(CoefficientProfiles, Profiled)];
            Profiles = GlmmProfiles.OfVariances(fit, level);
        }

        Inflation = [.. inference.InflationTable(level)];
        Terms = inference.TermTests();
        VarianceTests = fit is { HasInfiniteEstimates: true, Finite: null } || !(fit.Finite ?? fit).Convergence.Converged
            ? []
            : VarianceTest.Of(fit.Finite ?? fit);
        Measures = fit is { HasInfiniteEstimates: true, Finite: null } || fit.Options.HasMixture
            ? []
            : ClusteringMeasures.ByLevel(fit.Finite ?? fit, level);
    }

    /// <summary>The coefficients of the log odds of excess zeros; none without, or where they are zero by estimate.</summary>
    public IReadOnlyList<Coefficient> Inflation { get; }

    /// <summary>Profile intervals of the coefficients; empty unless asked for.</summary>
    public IReadOnlyList<ProfileInterval> CoefficientProfiles { get; } = [];

    /// <summary>Profile intervals of the variance parameters; empty unless asked for.</summary>
    public IReadOnlyList<ProfileInterval> Profiles { get; } = [];

    /// <summary>One joint Wald test for all coefficients of each term of the formula.</summary>
    public IReadOnlyList<(string Term, WaldTest Wald)> Terms { get; }

    /// <summary>Likelihood-ratio tests of the random effects.</summary>
    public IReadOnlyList<VarianceTest> VarianceTests { get; }

    /// <summary>Intraclass correlations and so on of each level, for binary outcomes; none for others.</summary>
    public IReadOnlyList<ClusteringMeasures> Measures { get; }

    /// <summary>The sandwich over two ways of clustering with their columns; null over one way or none.</summary>
    public TwoWaySandwich? Ways => inference.Ways;

    /// <summary>The columns of the two ways.</summary>
    public (string First, string Second) WayColumns { get; init; }

    /// <summary>Contrasts asked for.</summary>
    public IReadOnlyList<Contrast> Contrasts { get; init; } = [];

    /// <summary>Estimated means; null when none were asked for.</summary>
    public EstimatedMeans? Means { get; init; }

    /// <summary>Predictions of new rows; null when none were asked for.</summary>
    public PredictedRows? Predictions { get; init; }

    /// <summary>Where the fit is kept, and which one it repeats.</summary>
    public Keeping? Keeping { get; init; }

    /// <summary>Simulated residuals; null unless asked for.</summary>
    public SimulatedResiduals? Residuals { get; init; }

    /// <summary>The bootstrap; null unless asked for.</summary>
    public ParametricBootstrap? Bootstrap { get; init; }

    /// <summary>The fit, ready to be shown.</summary>
    public FitSummary Summary(FitArguments arguments, CommandContext context) =>
        new()
        {
            Command = "glmm",
            Title = Title(),
            Source = arguments.Data.Path,
            Formula = arguments.Request.Formula.Text,
            Family = fit.Options.DistributionName,
            Link = fit.Link.Name,
            Frame = fit.Frame,
            Coefficients = coefficients,
            Contrasts = [.. Contrasts.Select(Test)],
            Means = Means,
            Predictions = Predictions,
            Keeping = Keeping,
            Data = arguments.Data,
            Pictures = context.Output is { Plots.Count: 0, ReportPath: null }
                ? []
                : GlmmPictures.Of(fit, [.. coefficients, .. Contrasts.Select(Test)], level, Means, Residuals),
            CsvRows = [.. Profiles.Select(Row)],
            Covariance = inference.Covariance.ToArray(),
            Convergence = fit.Convergence,
            Warnings = [.. fit.Warnings, .. Cautions()],
            Tolerances = fit.Options.Tolerances.All,
            JsonMembers = json => GlmmReportJson.Write(json, fit, this, level),
            Details = console => GlmmReportTable.Write(console, fit, this, level),
            Quantities = GlmmQuantities.Of(fit, Measures),
            VarianceParameters = fit.ParameterCount - fit.Coefficients.Length,
        };

    /// <summary>Few clusters, where the sandwich has no correction for them.</summary>
    private IEnumerable<string> Cautions()
    {
        foreach (var caution in ProfileCautions.Of([.. CoefficientProfiles, .. Profiles], fit.Convergence))
        {
            yield return caution;
        }

        if (Ways is { } ways)
        {
            foreach (var caution in FewClusters.OfTwoWays(ways, isNormal: true, hasDegrees: false))
            {
                yield return caution;
            }

            yield break;
        }

        var clusters = fit.Frame.Clusters;
        if (inference.Robust && clusters.EffectiveCount < FewClusters.Enough)
        {
            yield return $"There are {FewClusters.Count(clusters)}: with fewer than {FewClusters.Enough} robust standard errors are too "
                + "small, and here they have no correction; use --se model.";
        }
    }

    private Coefficient Test(Contrast contrast)
    {
        var row = inference.Test(contrast, level);
        return Profiles.Count > 0 ? Profiled(row, GlmmProfiles.OfContrast(fit, contrast.Weights, level)) : row;
    }

    /// <summary>A row with the limits of a profile.</summary>
    public static Coefficient Profiled(Coefficient row, ProfileInterval interval) =>
        row with { Lower = interval.Lower, Upper = interval.Upper };

    /// <summary>A profile as a row of a CSV of coefficients.</summary>
    public static Coefficient Row(ProfileInterval profile) =>
        Profiled(new Coefficient(profile.Label, profile.Estimate, double.NaN, null, double.NaN, double.NaN, 0, 0), profile);

    private string Title()
    {
        var rule = fit.Nodes == 1
            ? "Laplace approximation"
            : $"{(fit.Options.Adaptive ? "adaptive" : "non-adaptive")} quadrature, {fit.Nodes} "
                + $"nodes{(fit.RandomEffects.Sum(term => term.Dimension) > 1 ? " a dimension" : string.Empty)}";
        return $"Conditional (subject-specific) model: {rule}, {(inference.Robust ? "robust" : "model-based")} standard "
            + $"errors{(Profiles.Count > 0 ? ", profile intervals" : string.Empty)}";
    }
}

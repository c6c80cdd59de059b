using MarginalConditional.Cli.Options;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm;
using MarginalConditional.Lmm;
using MarginalConditional.Profiling;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Commands.Profile;

/// <summary>Everything that <c>profile</c> prints, whichever model it comes from.</summary>
internal sealed record ProfileCommandResult
{
    /// <summary>What the user asked for.</summary>
    public required FitArguments Arguments { get; init; }

    /// <summary>The rows used.</summary>
    public required ModelFrame Frame { get; init; }

    /// <summary>The units.</summary>
    public required UnitProfiles Profiles { get; init; }

    /// <summary>The fixed effects.</summary>
    public required IReadOnlyList<Coefficient> Coefficients { get; init; }

    /// <summary>The log-likelihood, restricted for the linear model.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>How the fit ended.</summary>
    public required Convergence Convergence { get; init; }

    /// <summary>Its warnings.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The intraclass correlation (latent scale for binary outcomes); null where none is defined.</summary>
    public double? IntraclassCorrelation { get; init; }

    /// <summary>That of a binary outcome itself, which the design effect takes; null for others.</summary>
    public double? OutcomeCorrelation { get; init; }

    /// <summary>The median odds ratio; null where it is not defined.</summary>
    public double? MedianOddsRatio { get; init; }

    /// <summary>The design effect; null without an intraclass correlation.</summary>
    public DesignEffect? DesignEffect { get; init; }

    /// <summary>The thresholds that decided about the fit, for <c>--verbose</c>.</summary>
    public IReadOnlyList<Tolerance> Tolerances { get; init; } = [];

    /// <summary>Whether every unit is shown to people.</summary>
    public bool ShowsAll { get; init; }

    /// <summary>Whether the table of details is shown to people.</summary>
    public bool ShowsDetails { get; init; }

    /// <summary>Whether a funnel plot is shown to people.</summary>
    public bool ShowsFunnel { get; init; }

    /// <summary>The profile of a generalized linear mixed model.</summary>
    public static ProfileCommandResult Of(GlmmFit fit, FitArguments arguments, ProfileOptions options)
    {
        var measures = ClusteringMeasures.Of(fit, options.Level);
        return new ProfileCommandResult
        {
            Arguments = arguments,
            Frame = fit.Frame,
            Profiles = UnitProfiler.Profile(fit, options),
            Coefficients = new CoefficientTable(fit.Frame.Design.Names, fit.Coefficients, fit.StandardErrors, level: options.Level),
            LogLikelihood = fit.LogLikelihood,
            Convergence = fit.Convergence,
            Warnings = fit.Warnings,
            Tolerances = fit.Options.Tolerances.All,
            IntraclassCorrelation = measures?.Latent.Estimate,
            OutcomeCorrelation = measures?.Observed.Estimate,
            MedianOddsRatio = measures?.MedianOddsRatio?.Estimate,
            DesignEffect = measures is null ? null : new DesignEffect(measures.DesignEffect.Estimate),
        };
    }

    /// <summary>The profile of a linear mixed model.</summary>
    public static ProfileCommandResult Of(LmmFit fit, FitArguments arguments, ProfileOptions options)
    {
        var profiles = UnitProfiler.Profile(fit, options);
        var between = profiles.StandardDeviation * profiles.StandardDeviation;
        var correlation = between / (between + fit.ResidualVariance);
        double[] errors = [.. Enumerable.Range(0, fit.Coefficients.Length).Select(fit.StandardError)];
        double[] sizes = [.. Enumerable.Range(0, fit.Frame.Clusters.Count).Select(cluster => (double)fit.Frame.Clusters.Size(cluster))];
        return new ProfileCommandResult
        {
            Arguments = arguments,
            Frame = fit.Frame,
            Profiles = profiles,
            Coefficients = new CoefficientTable(fit.Frame.Design.Names, fit.Coefficients, errors, level: options.Level),
            LogLikelihood = fit.LogLikelihood,
            Convergence = fit.Convergence,
            Warnings = fit.Warnings,
            Tolerances = fit.Options.Tolerances.All,
            IntraclassCorrelation = correlation,
            DesignEffect = Profiling.DesignEffect.OfClusters(sizes, correlation),
        };
    }
}

using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Predictions;
using MarginalConditional.Cli.Publishing;
using MarginalConditional.Cli.Saving;
using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm;
using MarginalConditional.Means;
using MarginalConditional.Statistics.Inference;
using Spectre.Console;

namespace MarginalConditional.Cli.Results;

/// <summary>What every fit has in common, ready to be printed as a table, JSON or CSV by <see cref="FitOutput"/>.</summary>
internal sealed record FitSummary
{
    /// <summary>The command's name, as in JSON.</summary>
    public required string Command { get; init; }

    /// <summary>
    /// What was fitted, for people: <c>Marginal (population-averaged) model: GEE, exchangeable, robust standard errors</c>.
    /// </summary>
    public required string Title { get; init; }

    /// <summary>The file as the user named it.</summary>
    public required string Source { get; init; }

    /// <summary>The formula as typed.</summary>
    public required string Formula { get; init; }

    /// <summary>The family's name.</summary>
    public required string Family { get; init; }

    /// <summary>The link's name.</summary>
    public required string Link { get; init; }

    /// <summary>The rows and clusters used.</summary>
    public required ModelFrame Frame { get; init; }

    /// <summary>The coefficients, in design order; a <see cref="CoefficientTable"/> will do.</summary>
    public required IReadOnlyList<Coefficient> Coefficients { get; init; }

    /// <summary>The thresholds of an ordinal model, which stand before the coefficients in covariances; empty for others.</summary>
    public IReadOnlyList<Coefficient> Thresholds { get; init; } = [];

    /// <summary>Contrasts asked for; empty when none were.</summary>
    public IReadOnlyList<Coefficient> Contrasts { get; init; } = [];

    /// <summary>Further rows of the CSV, after coefficients and contrasts; empty for none.</summary>
    public IReadOnlyList<Coefficient> CsvRows { get; init; } = [];

    /// <summary>Estimated means; null when none were asked for.</summary>
    public EstimatedMeans? Means { get; init; }

    /// <summary>Where the fit is kept, and which one it repeats; null for a command whose fits are not kept.</summary>
    public Keeping? Keeping { get; init; }

    /// <summary>Predictions of new rows; null when none were asked for.</summary>
    public PredictedRows? Predictions { get; init; }

    /// <summary>The covariance of the coefficients, p×p, row-major, thresholds first; empty to leave it out.</summary>
    public ReadOnlyMemory<double> Covariance { get; init; }

    /// <summary>
    /// Further estimates with standard errors, which are pooled when the fit is one of several to imputed data; empty for none.
    /// </summary>
    public IReadOnlyList<FurtherTable> Further { get; init; } = [];

    /// <summary>Further numbers of the fit, which are brought together when it is one of several to imputed data.</summary>
    public IReadOnlyList<FitQuantity> Quantities { get; init; } = [];

    /// <summary>The number of parameters beside the coefficients: variances, correlations, dispersion.</summary>
    public int VarianceParameters { get; init; }

    /// <summary>
    /// The fit whose terms are tested by likelihood ratios when it is one of several to imputed data; null where none were asked for.
    /// </summary>
    public LmmFit? Tested { get; init; }

    /// <summary>How the iteration ended.</summary>
    public required Convergence Convergence { get; init; }

    /// <summary>Warnings of the fit, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Notes of the fit, one sentence each. Those of the frame are added by themselves.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The thresholds that decided about the fit, for <c>--verbose</c>; empty for none.</summary>
    public IReadOnlyList<Tolerance> Tolerances { get; init; } = [];

    /// <summary>Writes the members of the JSON object that only this command has; null for none.</summary>
    public Action<JsonResult>? JsonMembers { get; init; }

    /// <summary>Writes what follows the coefficient table on the console; null for nothing.</summary>
    public Action<IAnsiConsole>? Details { get; init; }

    /// <summary>The data file, for the report; null for a command without pictures and report.</summary>
    public DataArguments? Data { get; init; }

    /// <summary>The pictures of the fit; empty for none.</summary>
    public IReadOnlyList<OfferedPicture> Pictures { get; init; } = [];
}

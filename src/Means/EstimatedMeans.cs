using MarginalConditional.Data;
using MarginalConditional.Means.Estimates;
using MarginalConditional.Means.Grids;
using MarginalConditional.Means.Models;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Multiplicity;

namespace MarginalConditional.Means;

/// <summary>Estimated marginal means of a fit, their comparisons, slopes and joint tests. Immutable.</summary>
/// <remarks>
/// A mean is the linear predictor, or the response, averaged over the combinations of the other factors with covariates held at their means
/// (Searle, Speed and Milliken 1980). Of a generalized linear mixed model responses are averaged over the random effects exactly, and their
/// errors count those of the variances.
/// </remarks>
public sealed record EstimatedMeans
{
    /// <summary>What was asked.</summary>
    public required MeansRequest Request { get; init; }

    /// <summary>The means.</summary>
    public IReadOnlyList<MeanEstimate> Means { get; init; } = [];

    /// <summary>Pairs of means.</summary>
    public IReadOnlyList<MeanComparison> Pairs { get; init; } = [];

    /// <summary>Free contrasts of means.</summary>
    public IReadOnlyList<MeanComparison> Contrasts { get; init; } = [];

    /// <summary>Slopes of a covariate.</summary>
    public IReadOnlyList<MeanEstimate> Slopes { get; init; } = [];

    /// <summary>Pairs of slopes, and free contrasts of them.</summary>
    public IReadOnlyList<MeanComparison> SlopePairs { get; init; } = [];

    /// <summary>A test of each term.</summary>
    public IReadOnlyList<JointMeanTest> JointTests { get; init; } = [];

    /// <summary>How p values of pairs allow for their number.</summary>
    public Adjustment PairAdjustment { get; init; } = Adjustment.None;

    /// <summary>How p values of free contrasts do.</summary>
    public Adjustment ContrastAdjustment { get; init; } = Adjustment.None;

    /// <summary>The largest number of comparisons in one family.</summary>
    public int LargestFamily { get; init; }

    /// <summary>The largest standard error of an adjusted p, where these are means over a lattice; else 0.</summary>
    public double Error { get; init; }

    /// <summary>Whether comparisons are of responses, rather than of linear predictors.</summary>
    public bool ComparesResponses { get; init; }

    /// <summary>Where covariates and the offset stand, and what is averaged how: sentences to print under the tables.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Computes what a request asks of a fit.</summary>
    /// <param name="model">The fit.</param>
    /// <param name="request">The request.</param>
    /// <exception cref="InputException">A variable, a value or a contrast is not of the model.</exception>
    public static EstimatedMeans Of(FittedModel model, MeansRequest request)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(request);
        var grid = new MeanGrid(model, request);
        var values = new MeanValues(model, grid, request);
        var families = new ComparisonFamilies(model, grid, request, values);
        var compared = values.ComparesResponses ? MeanScale.Response.Name : MeanScale.Link.Name;
        var (pairAdjustment, contrastAdjustment) = (PairsOf(request), request.Adjustment ?? Adjustment.None);
        var arePairs = request.Pairs is { Reference.Length: 0 } pairs && pairs != PairChoice.Interaction;
        var ofMeans = request.Slope is null || request.Variables.Count > 0;
        var comparesMeans = request.Variables.Count > 0;
        var slopeScale = request.Scale == MeanScale.Link ? MeanScale.Link.Name : MeanScale.Response.Name;
        return new EstimatedMeans
        {
            Request = request,
            Means = ofMeans && (comparesMeans || !request.Joint)
                ? [.. grid.Rows.Select(row => new MeanEstimate(
                    row.At, request.Scale == MeanScale.Link ? compared : MeanScale.Response.Name, values.Shown(row)))]
                : [],
            Pairs = request.Pairs is null || !comparesMeans ? []
                : families.Compare(values.Compared, PairsOfRows, pairAdjustment, compared, arePairs),
            Contrasts = request.Contrasts.Count == 0 || !comparesMeans ? []
                : families.Compare(values.Compared, ContrastsOfRows, contrastAdjustment, compared, arePairs: false),
            Slopes = request.Slope is not { } slope ? []
                : [.. grid.Rows.Select(row => new MeanEstimate(row.At, slopeScale, values.Test(row.Name, values.SlopeOf(row, slope))))],
            SlopePairs = request.Slope is null || !comparesMeans ? []
                :
                [
                    .. request.Pairs is null ? [] : families.Compare(SlopeOf, PairsOfRows, pairAdjustment, slopeScale, arePairs),
                    .. request.Contrasts.Count == 0 ? []
                        : families.Compare(SlopeOf, ContrastsOfRows, contrastAdjustment, slopeScale, arePairs: false),
                ],
            JointTests = request.Joint ? new JointHypotheses(model, request).Tests() : [],
            PairAdjustment = pairAdjustment,
            ContrastAdjustment = contrastAdjustment,
            ComparesResponses = values.ComparesResponses,
            LargestFamily = families.Sizes.DefaultIfEmpty(0).Max(),
            Error = families.Error,
            Notes = GridNotes.Of(model, grid, request, values.ComparesResponses),
        };

        MeanValue SlopeOf(MeanRow row) => values.SlopeOf(row, request.Slope!);
        IReadOnlyList<Contrast> PairsOfRows(IReadOnlyList<MeanRow> rows) =>
            MeanContrasts.Pairs(request.Pairs!, rows, grid, request.Variables.Count);
        IReadOnlyList<Contrast> ContrastsOfRows(IReadOnlyList<MeanRow> rows) =>
            [.. request.Contrasts.Select(text => MeanContrasts.Read(text, rows))];
    }

    private static Adjustment PairsOf(MeansRequest request) => request.Adjustment
        ?? (request.Pairs is not { } pairs ? Adjustment.None
            : pairs.Reference.Length > 0 || pairs == PairChoice.Interaction || (request.AcrossBy && request.By.Count > 0)
                ? Adjustment.LargestT
            : Adjustment.Tukey);
}

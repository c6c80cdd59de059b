using MarginalConditional.Data;
using MarginalConditional.Imputation;
using MarginalConditional.Means.Estimates;
using MarginalConditional.Means.Grids;
using MarginalConditional.Means.Models;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Multiplicity;

namespace MarginalConditional.Means;

/// <summary>Estimated marginal means of a fit, their comparisons, slopes and joint tests. Immutable.</summary>
/// <remarks>
/// A mean is the linear predictor, or the response, averaged over the combinations of the other factors with covariates held at their means
/// (Searle, Speed and Milliken 1980). Of a generalized linear mixed model responses are averaged over the random effects exactly, and their
/// errors count those of the variances.
/// </remarks>
/// <example>
/// <code>
/// using MarginalConditional.Data.Formulas;
/// using MarginalConditional.Data.Frames;
/// using MarginalConditional.Data.Tables;
/// using MarginalConditional.Lmm;
/// using MarginalConditional.Lmm.Inference;
/// using MarginalConditional.Means;
/// using MarginalConditional.Means.Models;
///
/// var data = DatasetReader.Read("trial.csv");
/// var frame = ModelFrameBuilder.Build(data, new FrameRequest { Formula = FormulaParser.Parse("y ~ arm * visit + (1 | id)") });
/// var model = FittedModel.Of(LmmReference.Satterthwaite.Of(LmmFitter.Fit(frame, new LmmOptions())));
/// var means = EstimatedMeans.Of(model, new MeansRequest { Variables = ["arm"], Pairs = PairChoice.All });
/// foreach (var mean in means.Means)
/// {
///     Console.WriteLine($"{mean.At[0].Value} {mean.Estimate.Estimate}");
/// }
/// </code>
/// </example>
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

    /// <summary>Whether the outcome is ordered: means are then latent, or what <see cref="MeansRequest.CategoryMean"/> says.</summary>
    public bool IsOrdinal { get; init; }

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
        return Adjusted(
            PartsOf(model, grid, values, request), request, model.Link, values.ComparesResponses, model.IsOrdinal,
            GridNotes.Of(model, grid, request, values.ComparesResponses));
    }

    /// <summary>Pools the means of several imputed data sets: each row by Rubin's rules, joint tests by D1.</summary>
    /// <param name="sets">The means in each set, for one request.</param>
    /// <param name="responses">The scale that averaged responses are pooled on; those whose limits stand on the link's scale are pooled
    /// there.</param>
    /// <param name="completeDegreesOfFreedom">ν_c of every row; null for the rows' own.</param>
    /// <exception cref="InputException">The sets have different rows.</exception>
    public static EstimatedMeans Pool(
        IReadOnlyList<EstimatedMeans> sets, PoolScale responses, double? completeDegreesOfFreedom = null)
    {
        ArgumentNullException.ThrowIfNull(sets);
        var first = sets[0];
        var isScore = first.IsOrdinal && first.Request.CategoryMean == CategoryMean.Score;
        var scale = first.Request.Scale == MeanScale.Link || isScore ? PoolScale.Identity
            : first.IsOrdinal ? PoolScale.Logit
            : first.ComparesResponses ? responses
            : PoolScale.Of(first.Link);
        var parts = new PooledParts([.. sets.Select(set => set.Parts)], first.Request.Level).Pool(scale, completeDegreesOfFreedom);
        IReadOnlyList<string> notes = sets.All(set => set.Notes.SequenceEqual(first.Notes, StringComparer.Ordinal))
            ? first.Notes
            : [.. first.Notes, "Means of covariates are those of each data set; the first one's are shown."];
        return Adjusted(parts, first.Request, first.Link, first.ComparesResponses, first.IsOrdinal, notes);
    }

    /// <summary>The link that responses are transformed by.</summary>
    internal Link Link { get; private init; } = Link.Identity;

    /// <summary>What the tables were made of.</summary>
    internal MeanParts Parts { get; private init; } = new();

    private static EstimatedMeans Adjusted(
        MeanParts parts, MeansRequest request, Link link, bool comparesResponses, bool isOrdinal, IReadOnlyList<string> notes)
    {
        var compared = comparesResponses ? MeanScale.Response.Name : MeanScale.Link.Name;
        var (pairAdjustment, contrastAdjustment) = (PairsOf(request), request.Adjustment ?? Adjustment.None);
        var slopeScale = request.Scale == MeanScale.Link ? MeanScale.Link.Name : MeanScale.Response.Name;
        var adjuster = new FamilyAdjuster(request.Level);
        return new EstimatedMeans
        {
            Request = request,
            Means = parts.Means,
            Pairs = adjuster.Adjusted(parts.Pairs, pairAdjustment, compared),
            Contrasts = adjuster.Adjusted(parts.Contrasts, contrastAdjustment, compared),
            Slopes = parts.Slopes,
            SlopePairs =
            [
                .. adjuster.Adjusted(parts.SlopePairs, pairAdjustment, slopeScale),
                .. adjuster.Adjusted(parts.SlopeContrasts, contrastAdjustment, slopeScale),
            ],
            JointTests = [.. parts.Joint.Select(test => test.Result)],
            PairAdjustment = pairAdjustment,
            ContrastAdjustment = contrastAdjustment,
            ComparesResponses = comparesResponses,
            IsOrdinal = isOrdinal,
            LargestFamily = adjuster.LargestFamily,
            Error = adjuster.Error,
            Notes = notes,
            Link = link,
            Parts = parts,
        };
    }

    private static MeanParts PartsOf(FittedModel model, MeanGrid grid, MeanValues values, MeansRequest request)
    {
        var families = new ComparisonFamilies(model, grid, request, values);
        var arePairs = request.Pairs is { Reference.Length: 0 } pairs && pairs != PairChoice.Interaction;
        var comparesMeans = request.Variables.Count > 0;
        var showsMeans = (request.Slope is null || comparesMeans) && (comparesMeans || !request.Joint);
        var shown = request.Scale == MeanScale.Link && !values.ComparesResponses ? MeanScale.Link.Name : MeanScale.Response.Name;
        var slopeScale = request.Scale == MeanScale.Link ? MeanScale.Link.Name : MeanScale.Response.Name;
        var comparesSlopes = request.Slope is not null && comparesMeans;
        return new MeanParts
        {
            Means = showsMeans ? [.. grid.Rows.Select(row => new MeanEstimate(row.At, shown, values.Shown(row)))] : [],
            Slopes = request.Slope is not { } slope ? []
                : [.. grid.Rows.Select(row => new MeanEstimate(row.At, slopeScale, values.Test(row.Name, values.SlopeOf(row, slope))))],
            Pairs = request.Pairs is null || !comparesMeans ? [] : families.Of(values.Compared, PairsOfRows, arePairs),
            Contrasts = request.Contrasts.Count == 0 || !comparesMeans ? []
                : families.Of(values.Compared, ContrastsOfRows, arePairs: false),
            SlopePairs = request.Pairs is null || !comparesSlopes ? [] : families.Of(SlopeOf, PairsOfRows, arePairs),
            SlopeContrasts = request.Contrasts.Count == 0 || !comparesSlopes ? []
                : families.Of(SlopeOf, ContrastsOfRows, arePairs: false),
            Joint = request.Joint ? new JointHypotheses(model, request).Tests() : [],
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

    /// <summary>In one line: how many means, comparisons and slopes there are.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"Estimated means: {Means.Count} means, {Pairs.Count} pairs, {Contrasts.Count} contrasts, {Slopes.Count} slopes");
}

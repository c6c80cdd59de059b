using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Publishing;
using MarginalConditional.Cli.Results;
using MarginalConditional.Data;
using MarginalConditional.Imputation;
using MarginalConditional.Lmm;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Means;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Imputed;

/// <summary>Pools the fits of imputed data sets into one, which is shown as any other.</summary>
internal sealed class FitPool
{
    private readonly ImputedResults<FitSummary> results;
    private readonly IReadOnlyList<FitSummary> fits;
    private readonly ImputedRequest request;
    private readonly double level;
    private readonly double? complete;

    /// <summary>Takes the fits.</summary>
    /// <param name="results">Those of each set.</param>
    /// <param name="request">How to pool.</param>
    /// <param name="level">Of the intervals.</param>
    public FitPool(ImputedResults<FitSummary> results, ImputedRequest request, double level)
    {
        this.results = results;
        this.request = request;
        this.level = level;
        fits = results.Results;
        complete = request.CountsRows
            ? fits[0].Frame.Rows - All(fits[0]).Count - fits.Average(fit => fit.VarianceParameters)
            : null;
    }

    /// <summary>The pooled fit.</summary>
    /// <param name="data">The file as the user named it.</param>
    public FitSummary Summary(DataArguments data)
    {
        var first = fits[0];
        string[] names = [.. results.Sets.Select(set => set.Label)];
        PooledRow[] thresholds = [.. Rows(fit => fit.Thresholds)];
        PooledRow[] coefficients = [.. Rows(fit => fit.Coefficients)];
        PooledRow[] contrasts = [.. Rows(fit => fit.Contrasts)];
        var means = first.Means is null ? null : EstimatedMeans.Pool(
            [.. fits.Select(fit => fit.Means!)], request.ByLogOdds ? PoolScale.Logit : PoolScale.Identity, complete);
        var further = Further();
        var pooled = new PooledFits
        {
            Sets = results.Sets,
            Fits = fits,
            Rows = [.. thresholds, .. coefficients, .. contrasts, .. further.SelectMany(table => table.Rows)],
            Further = [.. further.Select(table => table.Table with { Rows = [.. table.Rows.Select(row => row.Inference)] })],
            Terms = Terms(),
            Ratios = [.. Ratios()],
            Quantities = PooledQuantity.Of(fits),
        };
        Coefficient[] shown = [.. coefficients.Select(row => row.Inference)];
        Coefficient[] tested = [.. contrasts.Select(row => row.Inference)];
        return first with
        {
            Title = $"{first.Title}; {fits.Count} imputations pooled by Rubin's rules",
            Source = request.Files.Count > 0 ? string.Join(", ", results.Sets.Select(set => set.Label)) : data.Path,
            Thresholds = [.. thresholds.Select(row => row.Inference)],
            Coefficients = shown,
            Contrasts = tested,
            CsvRows = [],
            Means = means,
            Predictions = first.Predictions is null ? null : PooledPredictions.Of([.. fits.Select(fit => fit.Predictions!)], level),
            Keeping = null,
            Data = first.Data is null ? null : data,
            Pictures = Pictures([.. shown, .. tested], means),
            Covariance = first.Covariance.IsEmpty ? default : Vector(Enumerable.Range(0, thresholds.Length + shown.Length)).Total(),
            Convergence = fits.Select(fit => fit.Convergence).MaxBy(one => one.Status == ConvergenceStatus.Converged ? 0 : 1)! with
            {
                Message = string.Empty,
            },
            Warnings = SetRemarks.Of(names, [.. fits.Select(fit => (IReadOnlyList<string>)
                [.. new[] { fit.Convergence.Message }.Where(message => message.Length > 0).Union(fit.Warnings, StringComparer.Ordinal)])]),
            Notes =
            [
                .. SetRemarks.Of(names, [.. fits.Select(fit => (IReadOnlyList<string>)[.. fit.Frame.Notes, .. fit.Notes])])
                    .Except(first.Frame.Notes, StringComparer.Ordinal),
                .. results.Notes,
                .. SetRemarks.OfMissing(pooled.Rows, fits.Count),
            ],
            JsonMembers = json => PooledFitsJson.Write(json, pooled),
            Details = console => PooledFitsTable.Write(console, pooled, level),
        };
    }

    private List<(FurtherTable Table, PooledRow[] Rows)> Further() =>
    [
        .. fits[0].Further.Select((table, place) =>
        {
            if (fits.Any(fit => !fit.Further[place].Rows.Select(row => row.Term).SequenceEqual(
                table.Rows.Select(row => row.Term), StringComparer.Ordinal)))
            {
                throw new InputException($"The imputed data sets differ in the coefficients of a part of the model: {table.Heading}.")
                {
                    Hint = "Join levels that are rare, or leave the term out.",
                };
            }

            return (table, Rows(fit => fit.Further[place].Rows).ToArray());
        }),
    ];

    private IEnumerable<PooledRow> Rows(Func<FitSummary, IReadOnlyList<Coefficient>> of) =>
        Enumerable.Range(0, of(fits[0]).Count).Select(row => PooledRow.Of([.. fits.Select(fit => of(fit)[row])], level, null, complete));

    /// <summary>D1 of each term, then of all coefficients but the intercept.</summary>
    private List<(string Term, JointPool Pool)> Terms()
    {
        var design = fits[0].Frame.Design;
        var terms = new List<(string, JointPool)>();
        var (first, columns) = (fits[0].Thresholds.Count, fits[0].Coefficients.Count);
        int[] own = [.. Enumerable.Range(0, design.Columns).Where(j => first == 0 || j != design.Intercept)];
        if (own.Length != columns || fits.Any(fit => fit.Covariance.IsEmpty))
        {
            // Coefficients by threshold are of no one column.
            return terms;
        }

        int[] ColumnsOf(Func<string, bool> belongs) =>
            [.. Enumerable.Range(0, columns).Where(j => belongs(design.Terms[own[j]])).Select(j => first + j)];
        foreach (var term in design.PredictorTerms)
        {
            terms.Add((term, Vector(ColumnsOf(other => other == term)).Test()));
        }

        var all = ColumnsOf(term => term != Data.Coding.DesignMatrix.InterceptName);
        if (terms.Count > 1)
        {
            terms.Add(("all terms", Vector(all).Test()));
        }

        return terms;
    }

    /// <summary>D3 and D4 of each fixed term, where likelihood ratios were asked for.</summary>
    private IEnumerable<(string Term, JointPool? AtMeans, JointPool Stacked)> Ratios()
    {
        LmmFit[] tested = [.. fits.Select(fit => fit.Tested).OfType<LmmFit>()];
        foreach (var ratio in tested.Length < fits.Count ? [] : StackedLikelihoodRatio.OfTerms(tested))
        {
            var (k, mean) = (ratio.Parameters, ratio.Statistics.Average());
            yield return (
                ratio.Term,
                ratio.AtMeans is { } atMeans ? PooledLikelihoodRatio.AtMeans(mean, atMeans, k, fits.Count) : null,
                PooledLikelihoodRatio.Stacked(mean, ratio.Stacked, k, fits.Count));
        }
    }

    /// <summary>Some coefficients of all sets together; their complete-data degrees of freedom are the smallest among them.</summary>
    private PooledVector Vector(IEnumerable<int> columns)
    {
        int[] chosen = [.. columns];
        var p = All(fits[0]).Count;
        return PooledVector.Of(
            [.. fits.SelectMany(fit => chosen.Select(j => All(fit)[j].Estimate))],
            [.. fits.SelectMany(fit => from i in chosen from j in chosen select fit.Covariance.Span[(i * p) + j])],
            fits.Count,
            complete ?? fits.Average(fit => chosen.Min(j => All(fit)[j].DegreesOfFreedom ?? double.PositiveInfinity)));
    }

    /// <summary>Thresholds and coefficients in the order of the covariance.</summary>
    private static IReadOnlyList<Coefficient> All(FitSummary fit) =>
        fit.Thresholds.Count == 0 ? fit.Coefficients : [.. fit.Thresholds, .. fit.Coefficients];

    private IReadOnlyList<OfferedPicture> Pictures(IReadOnlyList<Coefficient> rows, EstimatedMeans? means)
    {
        var first = fits[0];
        var tone = first.Command == "gee" ? PictureTone.Marginal : PictureTone.Conditional;
        return
        [
            .. first.Pictures.Select(picture => picture.Kind switch
            {
                "coefficients" => FitPictures.Coefficients(rows, first.Family, first.Link, level, tone),
                "means" => FitPictures.Means(
                    means, first.Frame, first.Family == Family.Binomial.Name ? Family.Binomial : Family.Gaussian,
                    Link.TryParse(first.Link, out var link) ? link : Link.Identity),
                _ => OfferedPicture.Without(picture.Kind, "it is one of a single data set, and these are several imputed ones"),
            }),
        ];
    }
}

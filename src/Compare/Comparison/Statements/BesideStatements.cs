using MarginalConditional.Compare.Dials;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Longitudinal;
using MarginalConditional.Compare.Summaries;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Comparison.Statements;

/// <summary>
/// Writes the estimands of what a comparison by cluster shows beside its ladder, in the terms of ICH E9(R1): other estimators of its rungs,
/// the standardized tables, the clusters' own means, averages over periods and exposures, subgroups, changes and dials.
/// </summary>
internal sealed class BesideStatements
{
    private readonly ComparedModels comparison;
    private readonly StatementSubject subject;
    private readonly string method;
    private readonly string gee;

    /// <summary>Prepares the words.</summary>
    /// <param name="comparison">The facts.</param>
    /// <param name="subject">What the statements have in common.</param>
    /// <param name="method">How the mixed model is fitted, for the software line.</param>
    public BesideStatements(ComparedModels comparison, StatementSubject subject, string method)
    {
        (this.comparison, this.subject, this.method) = (comparison, subject, method);
        gee = $"GEE, {comparison.Gee.Correlation.Name} correlation";
    }

    private string EachCluster =>
        $"{subject.Units}: each {subject.Unit} counts once, {(subject.HasVisits ? "however often seen" : "whatever its size")}";

    private string EachPerson => $"{subject.Persons}: each {subject.Counted} counts once";

    /// <summary>A statement for every kind of row that is shown, in the order of the tables.</summary>
    /// <param name="summaries">The cluster-level analysis.</param>
    /// <param name="dials">The dials that were turned.</param>
    public IReadOnlyList<EstimandStatement> Of(ClusterSummaries summaries, IReadOnlyList<DialResult> dials) =>
    [
        .. Likelihood(), .. Change(), .. Standardized(), .. Subgroups(), .. Periods(), .. Exposures(), .. Summaries(summaries),
        .. dials.Where(result => result.Points.Count > 0).Select(Turned),
    ];

    private IEnumerable<EstimandStatement> Likelihood()
    {
        if (comparison.Effects[0].Rows.FirstOrDefault(row => row.Estimand == Estimand.MarginalLikelihood) is { } row)
        {
            yield return subject.Common() with
            {
                Estimand = Estimand.MarginalLikelihood,
                Rung = comparison.Ladder.Rungs.Count > 0 ? 1 : null,
                Name = "averaged over clusters, conditional on covariates, by likelihood",
                Summary = $"{subject.CoefficientName} of the means over all {subject.Units}, for the same covariates",
                ConditionalOn = $"{subject.Given(null)}; not the {subject.Unit}",
                AveragedOver = $"the {subject.Units}, by the law of their effects",
                MissingData = "missing at random given what was observed, if the model holds",
                Estimator = "maximum likelihood of a marginalized multilevel model (Heagerty 1999): a regression of the marginal mean, "
                    + "whose dependence is a random intercept",
                Software = subject.Software(row.Method, row.StandardErrorType, row.Inference),
            };
        }
    }

    private IEnumerable<EstimandStatement> Change()
    {
        if (comparison.Means.Change is not { } change || comparison.Options.Between is not { } times)
        {
            return [];
        }

        var scale = ScaleNames.PrimaryScale(comparison.Gee.Options.Family, comparison.Glmm.Link);
        return new LadderStatements(subject, "mixed model", method).Of(change, scale).Select(statement => statement with
        {
            Name = $"{statement.Name}: its change from {times.Variable} {times.From} to {times.To}",
            Summary = $"{statement.Summary}: that at {times.Variable} = {times.To} against that at {times.From}",
        });
    }

    /// <summary>The tables of standardized means, one a weighting: both fits have one estimand.</summary>
    private IEnumerable<EstimandStatement> Standardized() => comparison.Standardized
        .GroupBy(result => result.Means.Weighting).Select(group =>
    {
        var (first, isCluster) = (group.First(), group.Key == ClusterWeighting.Cluster);
        var measures = Joined(first.Contrasts.Select(contrast => contrast.Measure).Distinct().Select(measure =>
            measure == EffectMeasure.Difference && IsProportion ? "risk difference (its inverse: the number needed to treat)"
            : IsProportion ? measure.Name : StatementSubject.ScaleName(measure.ScaleOf(false))));
        var at = Held(comparison.Options.At);
        return subject.Common() with
        {
            Estimand = Estimand.Standardized,
            Rung = !first.IsRobust ? 2 : isCluster ? 4 : 3,
            Name = $"unconditional, {(first.IsRobust ? "whatever the model" : "by the model")}, in the table of standardized means",
            Summary = $"{measures} of the means {(isCluster ? $"over {subject.Units} if all" : $"if all {subject.Persons}")} had either "
                + "treatment",
            ConditionalOn = at,
            AveragedOver = isCluster ? EachCluster : EachPerson,
            MissingData = first.IsRobust
                ? "missing completely at random, or at random given treatment and covariates if the model holds"
                : "missing at random given what was observed, if the model holds (GEE: completely at random)",
            Estimator =
                $"{(first.IsRobust ? "model-robust standardization" : "standardization")} of GEE and of the mixed model, a column each",
            Software = subject.Software($"{gee}, and {method}", first.StandardErrorType, first.Contrasts[0].Inference),
        };
    });

    private IEnumerable<EstimandStatement> Subgroups()
    {
        if (comparison.Means.Subgroups is { Subgroups: [{ Ladder: { Rungs.Count: > 0 } ladder }, ..] } analysis)
        {
            var last = ladder.Rungs.Last(rung => rung.Weighting == ClusterWeighting.Participant && rung.Rung <= 3);
            yield return subject.InSubgroups(analysis, last, method);
        }
    }

    private IEnumerable<EstimandStatement> Periods()
    {
        foreach (var estimand in comparison.Means.Periods is null ? [] : PeriodEstimand.All)
        {
            var analysis = comparison.Means.Periods!;
            var row = analysis.Estimates.First(own => own.Estimand == estimand);
            yield return subject.OverPeriods(
                estimand,
                Scales(analysis.Estimates.Select(own => own.Scale)),
                $"{analysis.Column} {Joined(analysis.Periods)}",
                subject.Software($"cells' own means, {gee}, and {method}", row.StandardErrorType, row.Inference));
        }
    }

    private IEnumerable<EstimandStatement> Exposures()
    {
        if (comparison.Means.Exposures is { Estimates: [var first, ..] } analysis)
        {
            yield return subject.Common() with
            {
                Estimand = Estimand.Standardized,
                Rung = comparison.Ladder.Rungs.Count > 0 ? 2 : null,
                Name = $"effect at each {analysis.Column}, and its average over them",
                Treatment = $"{analysis.Column}: "
                    + $"{string.Join(", ", analysis.Exposures.Select(pair => pair.Exposure))} against {analysis.None}",
                Summary =
                    $"{Scales(analysis.Estimates.Select(own => own.Scale))} of the means of those seen at the exposure, if they had it "
                        + "and if they had none",
                ConditionalOn = "having come to the exposure",
                AveragedOver = $"{subject.Counted}s seen at the exposure; in the average every exposure counts alike",
                MissingData = "missing at random given what was observed, if the model holds",
                Estimator = "standardization of GEE and of the mixed model over the rows seen at each exposure",
                Software = subject.Software($"{gee}, and {method}", first.StandardErrorType, first.Inference),
            };
        }
    }

    private IEnumerable<EstimandStatement> Summaries(ClusterSummaries summaries) =>
        summaries.Estimates.GroupBy(row => (row.Estimand, row.Weighting, row.IsAdjusted)).Select(group =>
        {
            var (isOwn, isCluster) = (
                group.Key.Estimand == SummaryEstimand.ClusterSpecific, group.Key.Weighting == ClusterWeighting.Cluster);
            var scales = Scales(group.Select(row => row.Scale));
            return subject.Common() with
            {
                Estimand = isOwn ? Estimand.Conditional : Estimand.Marginal,
                Rung = isOwn || comparison.Ladder.Rungs.Count == 0 ? null : isCluster ? 4 : 3,
                Name =
                    $"{group.Key.Estimand.Name}, every {(isCluster ? subject.Unit : subject.Counted)} alike, by the {subject.Units}' own "
                        + $"means{(group.Key.IsAdjusted ? ", adjusted" : string.Empty)}",
                Summary = isOwn
                    ? $"average of the {subject.Units}' own {scales}"
                    : $"{scales} of the averages of the {subject.Units}' means",
                ConditionalOn = isOwn ? $"the {subject.Unit}" : "nothing beside the treatment",
                AveragedOver = isCluster ? EachCluster : EachPerson,
                MissingData = "missing completely at random",
                Estimator = $"each {subject.Unit}'s mean as one observation"
                    + (group.Key.IsAdjusted
                        ? ", less what the covariates predict without the arms (Hayes and Moulton 2017)"
                        : string.Empty),
                Software = subject.Software($"{subject.Units}' own means", group.First().StandardErrorType, group.First().Inference),
            };
        });

    private EstimandStatement Turned(DialResult result)
    {
        var (dial, first) = (result.Dial, result.Points[0]);
        var rungs = Joined(result.Points.Select(point => point.Rung).Distinct().Order().Select(rung => $"{rung}"));
        return subject.Common() with
        {
            Estimand = Estimand.Standardized,
            Name = $"rungs {rungs} under another assumption: the dial of {(dial == Dial.Law ? "the law of the effects" : dial.Name)}",
            Summary = $"{StatementSubject.ScaleName(first.Scale)} of the rung",
            ConditionalOn = "as the rung",
            AveragedOver = "as the rung",
            MissingData = dial == Dial.Dropout
                ? "not missing at random: after dropout the linear predictor moves by \u03B4 for every visit since the last one seen"
                : "as the rung",
            Estimator = dial == Dial.Dropout
                ? "posterior means of the outcomes not seen, by the mixed model's own quadrature, without imputation"
                : dial == Dial.Size
                    ? "the rung's, its effect in each cluster moved by \u03B3 (ln size \u2212 mean)"
                    : "maximum likelihood with a bridge, Student's t or two-point law of the random intercept",
            Software = subject.Software(method, "as the rung", first.Inference),
        };
    }

    private bool IsProportion => subject.Family == Statistics.Families.Family.Binomial;

    private static string Held(IReadOnlyList<(string Variable, string Value)> at) =>
        at.Count == 0 ? "nothing beside the treatment" : string.Join(", ", at.Select(pair => $"{pair.Variable} = {pair.Value}"));

    private static string Scales(IEnumerable<string> scales) => Joined(scales.Select(StatementSubject.ScaleName).Distinct());

    private static string Joined(IEnumerable<string> words)
    {
        var all = words.ToList();
        return all.Count <= 1 ? string.Concat(all) : $"{string.Join(", ", all.SkipLast(1))} and {all[^1]}";
    }
}

using MarginalConditional.Compare.Estimands;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Summaries;

/// <summary>The estimates that summaries of clusters give of one arm against the reference.</summary>
/// <remarks>Hayes and Moulton (2017); what each estimates is in Kahan and others (2024).</remarks>
internal sealed class SummaryRows
{
    private static readonly ClusterWeighting[] Weightings = [ClusterWeighting.Cluster, ClusterWeighting.Participant];

    private readonly TrialArms trial;
    private readonly ClusterOutcomes outcomes;
    private readonly SummaryOptions options;
    private readonly bool proportions;
    private readonly double[] ones;

    /// <summary>Of one trial.</summary>
    public SummaryRows(TrialArms trial, ClusterOutcomes outcomes, SummaryOptions options)
    {
        this.trial = trial;
        this.outcomes = outcomes;
        this.options = options;
        proportions = options.Gee.Family == Family.Binomial;
        ones = new double[trial.Arms.Length];
        ones.AsSpan().Fill(1);
    }

    /// <summary>Measures of the (weighted) means, then for proportions the average of the clusters' own log odds ratios.</summary>
    /// <param name="treated">The arm compared with the reference.</param>
    public IEnumerable<ClusterSummary> Plain(int treated)
    {
        foreach (var weighting in Weightings)
        {
            var means = Contrast(outcomes.Means, weighting, treated);
            foreach (var measure in Measures(means))
            {
                yield return measure == EffectMeasure.Difference
                    ? Row(means, SummaryEstimand.Marginal, weighting, measure, treated)
                    : Ratio(means, weighting, measure, treated);
            }
        }

        foreach (var weighting in proportions ? Weightings : [])
        {
            var logits = Contrast(LogOdds(), weighting, treated);
            yield return Row(logits, SummaryEstimand.ClusterSpecific, weighting, EffectMeasure.OddsRatio, treated);
        }
    }

    /// <summary>One of the rows of <see cref="Plain"/> without the others; null where there is no such row.</summary>
    /// <param name="treated">The arm compared with the reference.</param>
    /// <param name="estimand">Whether means are compared, or the clusters' own log odds averaged.</param>
    /// <param name="weighting">Whom it averages over.</param>
    /// <param name="measure">The measure.</param>
    public ClusterSummary? Only(int treated, SummaryEstimand estimand, ClusterWeighting weighting, EffectMeasure measure)
    {
        if (estimand == SummaryEstimand.ClusterSpecific)
        {
            return proportions && measure == EffectMeasure.OddsRatio
                ? Row(Contrast(LogOdds(), weighting, treated), estimand, weighting, measure, treated)
                : null;
        }

        var means = Contrast(outcomes.Means, weighting, treated);
        return !Measures(means).Contains(measure) ? null
            : measure == EffectMeasure.Difference ? Row(means, estimand, weighting, measure, treated)
            : Ratio(means, weighting, measure, treated);
    }

    /// <summary>What was observed of each cluster less, and over, what its covariates let expect.</summary>
    /// <param name="treated">The arm compared with the reference.</param>
    /// <param name="adjustment">The first stage.</param>
    public IEnumerable<ClusterSummary> Adjusted(int treated, CovariateAdjustment adjustment)
    {
        var (differences, ratios) = (new double[ones.Length], new double[ones.Length]);
        var positive = options.Gee.Family != Family.Gaussian;
        for (var c = 0; c < ones.Length; c++)
        {
            differences[c] = (outcomes.Totals[c] - adjustment.Expected[c]) / outcomes.Sizes[c];
            ratios[c] = Math.Log(outcomes.Totals[c] / adjustment.Expected[c]);
            positive &= double.IsFinite(ratios[c]);
        }

        foreach (var weighting in Weightings)
        {
            var contrast = Contrast(differences, weighting, treated);
            yield return Row(contrast, SummaryEstimand.Marginal, weighting, EffectMeasure.Difference, treated, adjustment);
        }

        foreach (var weighting in positive ? Weightings : [])
        {
            var contrast = Contrast(ratios, weighting, treated);
            yield return Row(contrast, SummaryEstimand.ClusterSpecific, weighting, EffectMeasure.Ratio, treated, adjustment);
        }
    }

    /// <summary>What the clusters of each arm have in common.</summary>
    public IEnumerable<ArmSummary> Arms() =>
        from weighting in Weightings
        from arm in Enumerable.Range(0, trial.Levels.Count)
        let own = Contrast(outcomes.Means, weighting, arm)
        let plain = Contrast(outcomes.Means, ClusterWeighting.Cluster, arm)
        select new ArmSummary(
            trial.Levels[arm],
            weighting,
            own.Counts[1],
            own.Means[1],
            Math.Sqrt(own.Hc2Variances[1]),
            Math.Sqrt(plain.Hc2Variances[1] * plain.Counts[1]));

    private ArmContrast Contrast(ReadOnlySpan<double> summaries, ClusterWeighting weighting, int treated) =>
        new(summaries, weighting == ClusterWeighting.Participant ? outcomes.Sizes : ones, trial.Arms, treated == 0 ? -1 : 0, treated);

    private IEnumerable<EffectMeasure> Measures(ArmContrast means)
    {
        var positive = means.Means.All(mean => mean > 0) && options.Gee.Family != Family.Gaussian;
        return EffectMeasure.All.Where(measure => measure == EffectMeasure.Difference
            || (measure == EffectMeasure.Ratio && positive)
            || (measure == EffectMeasure.OddsRatio && positive && proportions && means.Means.All(mean => mean < 1)));
    }

    /// <summary>logit((yᵢ₊ + ½)/(nᵢ + 1)): the ½ always, not only where a count is 0 (Gart and Zweifel 1967).</summary>
    private double[] LogOdds()
    {
        var logits = new double[ones.Length];
        for (var c = 0; c < logits.Length; c++)
        {
            logits[c] = Math.Log((outcomes.Totals[c] + 0.5) / (outcomes.Sizes[c] - outcomes.Totals[c] + 0.5));
        }

        return logits;
    }

    /// <summary>A difference of averages of summaries, whatever the summary is.</summary>
    private ClusterSummary Row(
        ArmContrast contrast,
        SummaryEstimand estimand,
        ClusterWeighting weighting,
        EffectMeasure measure,
        int treated,
        CovariateAdjustment? adjustment = null)
    {
        var lost = adjustment?.ClusterCovariates ?? 0;
        var degrees = contrast.DegreesOfFreedom - lost;
        var pooled = Math.Sqrt(contrast.PooledVariance * contrast.DegreesOfFreedom / degrees);
        var robust = Math.Sqrt(contrast.Hc2Variances.Sum());
        var alike = weighting == ClusterWeighting.Cluster;
        var reference = alike ? degrees : Math.Max(1, Degrees(contrast) - lost);
        return New(contrast, estimand, weighting, measure, EffectMeasure.Difference, treated, reference, alike ? pooled : robust) with
        {
            IsAdjusted = adjustment is not null,
            StandardErrorType = alike ? "pooled over the arms" : "HC2",
            PooledError = Positive(pooled),
            RobustError = Positive(robust),
        };
    }

    /// <summary>The logarithm of a ratio of the two averages, by the delta method.</summary>
    private ClusterSummary Ratio(ArmContrast means, ClusterWeighting weighting, EffectMeasure measure, int treated)
    {
        var slopes = measure.Slopes(means.Means[0], means.Means[1]);
        return New(
            means, SummaryEstimand.Marginal, weighting, measure, measure, treated, Degrees(means), Delta(means.MeanVariances)) with
        {
            RobustError = Positive(Delta(means.Hc2Variances)),
        };

        double Delta(double[] variances) =>
            Math.Sqrt((slopes.Control * slopes.Control * variances[0]) + (slopes.Treated * slopes.Treated * variances[1]));
    }

    private double Degrees(ArmContrast contrast) => contrast.RobustDegrees(options.Tolerances.EnoughBySize);

    private ClusterSummary New(
        ArmContrast contrast,
        SummaryEstimand estimand,
        ClusterWeighting weighting,
        EffectMeasure measure,
        EffectMeasure worked,
        int treated,
        double degrees,
        double standardError) => new()
        {
            Estimand = estimand,
            Weighting = weighting,
            Measure = measure,
            Scale = measure.ScaleOf(proportions),
            Treated = trial.Levels[treated],
            Control = trial.Levels[0],
            IsAdjusted = false,
            Inference = Coefficient.Wald(
                measure.ScaleOf(proportions),
                worked.Value(contrast.Means[0], contrast.Means[1]),
                Positive(standardError),
                options.NormalReference ? null : degrees,
                options.Level),
            StandardErrorType = "delta method, each arm's own variance",
            PooledError = null,
            RobustError = double.NaN,
            Influence = contrast.Influence(worked),
            Deletions = contrast.Deletions(worked),
        };

    /// <summary>A standard error; not a number where the clusters do not vary, since nothing can be said then.</summary>
    private static double Positive(double standardError) => standardError > 0 ? standardError : double.NaN;
}

using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Influence;
using MarginalConditional.Compare.Standardization;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Longitudinal;

/// <summary>Estimates the four averages of a trial by period, without a model and with each working model.</summary>
internal sealed class PeriodComparer
{
    /// <summary>Which of the four are subtracted: persons from clusters, over the trial and by period, and over from by.</summary>
    private static readonly Contrast[] Equality =
    [
        new("h-iATE - h-cATE", [1, -1, 0, 0]),
        new("v-iATE - v-cATE", [0, 0, 1, -1]),
        new("h-iATE - v-iATE", [1, 0, -1, 0]),
    ];

    private readonly TrialStandardization question;
    private readonly TrialPeriods periods;
    private readonly ComparisonOptions options;
    private readonly List<PeriodEstimate> estimates = [];
    private readonly List<PeriodTest> tests = [];

    private PeriodComparer(TrialStandardization question, TrialPeriods periods, ComparisonOptions options)
    {
        this.question = question;
        this.periods = periods;
        this.options = options;
    }

    /// <summary>Analyses a trial.</summary>
    /// <param name="question">The arms and the rows; without periods there is nothing to say.</param>
    /// <param name="models">The working models, how standard errors are found, and what each cluster does to their parameters.</param>
    /// <param name="options">Level and reference.</param>
    public static PeriodAnalysis? Analyse(
        TrialStandardization question,
        IReadOnlyList<(WorkingModel Model, StandardizedErrors Errors, double[] Changes)> models,
        ComparisonOptions options)
    {
        if (question.Rows.Periods is not { } periods)
        {
            return null;
        }

        var comparer = new PeriodComparer(question, periods, options);
        foreach (var (model, errors, changes) in models)
        {
            var sums = new PeriodSums(model, question.Rows, question.Settings());
            var means = new ClusterEstimates(sums, errors, changes, options.Glmm.Threads);
            if (comparer.estimates.Count == 0)
            {
                comparer.Add(sums.Layout, means, null);
            }

            comparer.Add(sums.Layout, means, model.Method);
        }

        return new PeriodAnalysis
        {
            Column = periods.Name,
            Periods = periods.Labels,
            LeftOut = periods.LeftOut,
            Estimates = comparer.estimates,
            Tests = comparer.tests,
            Warnings = [.. comparer.LoneClusters()],
        };
    }

    private void Add(PeriodLayout layout, ClusterEstimates means, string? method)
    {
        double? degreesOfFreedom = options.NormalReference ? null : means.ClustersSeen - 1;
        for (var arm = 1; arm < question.Levels.Count; arm++)
        {
            foreach (var measure in question.Measures)
            {
                List<(double Estimate, ClusterInfluence Influence)> four = [.. PeriodEstimand.All.Select((_, e) => means.Difference(
                    layout.Mean(e, arm, method is not null), layout.Mean(e, 0, method is not null), measure))];
                estimates.AddRange(PeriodEstimand.All.Zip(four, (estimand, found) => new PeriodEstimate
                {
                    Estimand = estimand,
                    IsAugmented = method is not null,
                    Method = method,
                    Scale = measure.ScaleOf(question.Proportions),
                    Treated = question.Levels[arm],
                    Control = question.Levels[0],
                    Inference = Coefficient.Wald(
                        estimand.Key, found.Estimate, found.Influence.StandardError(0), degreesOfFreedom, options.Level),
                    StandardErrorType = means.Errors.DescriptionOf(isOfModel: false),
                }));
                tests.Add(new PeriodTest(
                    method is not null,
                    method,
                    measure.ScaleOf(question.Proportions),
                    question.Levels[arm],
                    question.Levels[0],
                    Test(four, degreesOfFreedom)));
            }
        }
    }

    /// <summary>The test of equality, without the differences that are zero whatever the data say.</summary>
    private WaldTest? Test(List<(double Estimate, ClusterInfluence Influence)> four, double? degreesOfFreedom)
    {
        double[] values = [.. four.Select(found => found.Estimate)];
        var joined = ClusterInfluence.Join([.. four.Select(found => found.Influence)]);
        var none = joined.StandardError(0) * options.Tolerances.SameAverage;
        List<Contrast> differing = [.. Equality.Where(contrast => !(joined.Transform(contrast.Weights, 1).StandardError(0) <= none))];
        return differing.Count == 0 ? null : WaldTest.Joint(differing, values, joined.Covariance(), degreesOfFreedom);
    }

    private IEnumerable<string> LoneClusters()
    {
        for (var period = 0; period < periods.Count; period++)
        {
            for (var arm = 0; arm < question.Levels.Count; arm++)
            {
                if (periods.ClustersWith(period, arm) == 1)
                {
                    yield return $"At {periods.Name} = {periods.Labels[period]} only one cluster has {options.Treatment} = "
                        + $"{question.Levels[arm]}: without it the period compares nothing, and the leave-one-out standard error is "
                        + "that of another average.";
                }
            }
        }
    }
}

using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Heterogeneity;
using MarginalConditional.Meta.Pooling;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>Methods of study files that combine the clusters of a trial as studies.</summary>
internal static class MetaMethods
{
    private static readonly (string Name, StudyMeasure.CountMeasure Measure)[] Measures =
    [
        .. new[] { StudyMeasure.OddsRatio, StudyMeasure.RiskRatio, StudyMeasure.RiskDifference }
            .Select(measure => (measure.Code, measure)),
    ];

    /// <summary>Null stands for the exact model of the counts.</summary>
    private static readonly (string Name, HeterogeneityEstimator? Estimator)[] Estimators =
    [
        .. HeterogeneityEstimator.All.Select(estimator => (estimator.Code, (HeterogeneityEstimator?)estimator)),
        ("exact", null),
    ];

    private static readonly (string Name, MeanInterval Interval)[] Intervals =
        [.. MeanInterval.All.Select(interval => (interval.Code, interval))];

    private static readonly (string Name, ZeroCellRule Rule)[] Rules = [.. ZeroCellRule.All.Select(rule => (rule.Code, rule))];

    /// <summary>The kinds.</summary>
    public static IReadOnlyList<MethodKind> Kinds { get; } =
    [
        new("meta", ["measure", "method", "ci", "zero-cells"], Combined),
    ];

    private static MetaAnalysisEstimator Combined(MethodSection section)
    {
        if (section.Adjust)
        {
            throw section.Error("adjust", "A meta-analysis compares the arms of each study as they are.", "Leave out adjust.");
        }

        var estimator = section.Choice("method", HeterogeneityEstimator.Restricted, Estimators);
        if (estimator is null && Array.Find(["measure", "ci", "zero-cells"], section.Has) is { } without)
        {
            throw section.Error(
                without,
                $"The exact model has the odds ratio and its Wald interval, and no {without} to choose.",
                $"Leave out {without}, or take another method.");
        }

        return new MetaAnalysisEstimator
        {
            Name = section.Name,
            Arm = section.Arm,
            Measure = section.Choice("measure", StudyMeasure.OddsRatio, Measures),
            Estimator = estimator,
            Interval = section.Choice("ci", MeanInterval.Wald, Intervals),
            ZeroCells = section.Choice("zero-cells", ZeroCellRule.OnlyZero, Rules),
        };
    }
}

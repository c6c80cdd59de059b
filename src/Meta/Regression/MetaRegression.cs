using MarginalConditional.Data;
using MarginalConditional.Meta.Heterogeneity;
using MarginalConditional.Meta.Pooling;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Meta.Regression;

/// <summary>
/// Regresses effects of studies on moderators: yᵢ ~ N(θᵢ, vᵢ), θᵢ ~ N(xᵢᵀβ, τ²), or with several variances of true effects.
/// </summary>
/// <remarks>
/// Raudenbush (2009); Knapp and Hartung (2003); several effects a study: Konstantopoulos (2011); robust variances: Tipton (2015). As in
/// <see cref="MetaAnalysis"/> neither the order of the studies nor the units of effects and moderators change the result.
/// </remarks>
/// <example>
/// <code>
/// using MarginalConditional.Data.Formulas;
/// using MarginalConditional.Data.Frames;
/// using MarginalConditional.Data.Tables;
/// using MarginalConditional.Meta;
/// using MarginalConditional.Meta.Effects;
/// using MarginalConditional.Meta.Regression;
///
/// var data = DatasetReader.Read("trials.csv");
/// var studies = StudyCounts.Read(data, ("cases1", "others1"), ("cases0", "others0"), ["trial"])
///     .Effects(StudyMeasure.RiskRatio, new ZeroCells());
/// var request = new FrameRequest { Formula = FormulaParser.Parse($"{ModeratedStudies.ResponseName} ~ latitude") };
/// var fit = MetaRegression.Fit(ModeratedStudies.Of(studies, data, request, cluster: null), new MetaAnalysisOptions());
/// Console.WriteLine(fit);
/// </code>
/// </example>
public static class MetaRegression
{
    /// <summary>Fits the model.</summary>
    /// <param name="data">More studies than coefficients.</param>
    /// <param name="options">Estimator, interval, level. Several variances are fitted by likelihood, restricted or not.</param>
    /// <param name="cancellation">Ends the work, as <see cref="CancellationScope"/> says.</param>
    /// <exception cref="InputException">The options do not suit several effects a study, or clusters cut through groups.</exception>
    public static MetaRegressionFit Fit(ModeratedStudies data, MetaAnalysisOptions options, CancellationToken cancellation = default)
    {
        using var scope = CancellationScope.Enter(cancellation);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        Require(data, options);
        var scaled = ScaledStudies.From(data.Studies, data.Design, data.Names.Count);
        (string Name, int[] Groups)[] groupings = [.. data.Groupings.Select(grouping =>
            (grouping.Name, scaled.Order.ToArray().Select(i => grouping.Groups[i]).ToArray()))];
        RequireDifferent(groupings);
        var plain = options.Estimator.Estimate(scaled, options.Tolerances);
        if (groupings.Length == 0)
        {
            int[] each = [.. Enumerable.Range(0, scaled.Count)];
            return MetaRegressionSummary.Of(data, options, scaled, [("study", each)], [plain.Tau2], plain.Convergence);
        }

        var likelihood = new ComponentLikelihood(
            scaled, [.. groupings.Select(grouping => grouping.Groups)], options.Estimator == HeterogeneityEstimator.Restricted);
        var (variances, convergence) = ComponentSearch.Find(likelihood, Math.Max(plain.Tau2, 1e-2), options.Tolerances);
        return MetaRegressionSummary.Of(data, options, scaled, groupings, variances, convergence);
    }

    private static void Require(ModeratedStudies data, MetaAnalysisOptions options)
    {
        if (!(options.Level > 0 && options.Level < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Level, "The level must be between 0 and 1.");
        }

        if (data.Groupings.Count > 0
            && options.Estimator != HeterogeneityEstimator.Restricted && options.Estimator != HeterogeneityEstimator.MaximumLikelihood)
        {
            throw new InputException(
                $"Several variances of true effects are fitted by likelihood, and --method is {options.Estimator.Code}.")
            {
                Hint = "Say --method REML or --method ML.",
            };
        }

        if ((data.Groupings.Count > 0 || data.ClusterName is not null) && options.Interval != MeanInterval.Wald)
        {
            throw new InputException($"--ci {options.Interval.Code} is for studies with one effect each.")
            {
                Hint = "With several effects a study --cluster gives robust variances with degrees of freedom of their own.",
            };
        }
    }

    /// <summary>Two groupings with the same groups cannot be told apart.</summary>
    private static void RequireDifferent((string Name, int[] Groups)[] groupings)
    {
        for (var s = 0; s < groupings.Length; s++)
        {
            for (var t = 0; t < s; t++)
            {
                var pairs = groupings[s].Groups.Zip(groupings[t].Groups).Distinct().Count();
                if (pairs == groupings[s].Groups.Distinct().Count() && pairs == groupings[t].Groups.Distinct().Count())
                {
                    throw new InputException(
                        $"{groupings[t].Name} and {groupings[s].Name} group the effects alike, so their variances cannot be told apart.")
                    {
                        Hint = "Leave one of them out of --random.",
                    };
                }
            }
        }
    }
}

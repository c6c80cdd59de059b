using MarginalConditional.Compare.Averaging;
using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Influence;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Compare.Ladders.Building;
using MarginalConditional.Compare.Longitudinal;
using MarginalConditional.Compare.Standardization;
using MarginalConditional.Glmm.Ordinal;

namespace MarginalConditional.Compare.Ordinal;

/// <summary>Asks a cumulative mixed model about a population under each arm: everybody, those seen at a time, or a subgroup.</summary>
internal sealed class OrdinalTrial
{
    private readonly OrdinalGlmmFit glmm;
    private readonly OrdinalComparisonOptions options;
    private readonly IReadOnlyList<string> levels;
    private readonly OrdinalArm observed;
    private readonly int[] given;
    private readonly double[] influences;
    private readonly double[] changes;
    private readonly SpreadEstimate spread;
    private readonly IReadOnlyList<string> thresholds;

    /// <summary>Prepares it.</summary>
    /// <param name="glmm">The model, of a frame with a recipe.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="levels">The treatment's levels, the reference first.</param>
    /// <param name="deletions">What leaving clusters out does to the parameters, K×m.</param>
    public OrdinalTrial(OrdinalGlmmFit glmm, OrdinalComparisonOptions options, IReadOnlyList<string> levels, double[] deletions)
    {
        (this.glmm, this.options, this.levels) = (glmm, options, levels);
        var (frame, recipe) = (glmm.Frame, glmm.Frame.Recipe!);
        observed = OrdinalArm.Observed(glmm);
        int[] position = [.. recipe.LevelsOf(options.Treatment).Select(level => levels.ToList().IndexOf(level))];
        given = Array.ConvertAll(recipe.CodesOf(options.Treatment), level => position[level]);
        Errors = options.StandardizedErrors
            ?? StandardizedAverages.Default(frame.Clusters.Count, frame.Rows * levels.Count * glmm.Layout.Thresholds);
        influences = ClusterInfluence.FromScores(glmm.JointCovariance, glmm.ClusterScores).Values.ToArray();
        changes = LeavesOut ? deletions : influences;
        spread = SpreadEstimate.Of(
            frame.Design, observed.Blocks, glmm.Layout.Count, glmm.Parameters, frame.Clusters, changes, LeavesOut);
        thresholds = [.. glmm.Layout.Names.Take(glmm.Layout.Thresholds)];
    }

    /// <summary>The kind of standard error.</summary>
    public StandardizedErrors Errors { get; }

    private bool LeavesOut => Errors != StandardizedErrors.Influence;

    /// <summary>What is asked; null where rows have no mean under an arm at the values.</summary>
    /// <param name="at">The values of covariates.</param>
    /// <param name="everybody">Whether all rows are the population, whoever was seen at the values.</param>
    /// <param name="subgroup">Whose rows are the population; null for everybody's.</param>
    public TrialStandardization? Question(
        IReadOnlyList<(string Variable, string Value)> at, bool everybody = false, TrialSubgroup? subgroup = null) =>
        TrialStandardization.Of(glmm.Frame, options.AsBinary() with { At = at }, levels, everybody, subgroup);

    /// <summary>The answers.</summary>
    /// <param name="question">What is asked.</param>
    public OrdinalAnswers Of(TrialStandardization question)
    {
        var recipe = glmm.Frame.Recipe!;
        OrdinalArm[] settings =
        [
            .. levels.Select(level => observed.Under(recipe.With([(options.Treatment, level), .. question.Questions[0].At]))),
        ];
        var estimates = Averages(settings, given, Array.ConvertAll(question.Rows.Counts.ToArray(), count => count > 0));
        var rungs = new OrdinalLadder(
            estimates, glmm.Link, thresholds, spread, WithoutCovariates(settings), question.IsRobust, options.Level);
        var (ladder, byThreshold) = rungs.Build(question.Questions);
        return new OrdinalAnswers(
            question,
            estimates,
            ladder,
            byThreshold,
            [.. new OrdinalStandardizer(estimates, glmm, options, levels, question.Questions).Build(question.IsRobust)]);
    }

    /// <summary>How the effect changes between two times; null where that was not asked, or a row has no mean at one of them.</summary>
    public EstimandLadder? Change() =>
        TimesCompared.Of(options.AsBinary(), (at, everybody) => Question(at, everybody)) is { } times
            ? times.Ladder.Of(Of(times.First).Ladder, Of(times.Second).Ladder, spread)
            : null;

    /// <summary>The effect at each time since clusters began treatment; null where that was not asked.</summary>
    public ExposureAnalysis? Exposures() => OrdinalExposures.Analyse(
        glmm.Frame,
        options,
        OrdinalScale.Name(glmm.Link),
        (values, seen) => Averages(
            [.. values.Select(own => observed.Under(glmm.Frame.Recipe!.With(own)))], new int[glmm.Frame.Rows], seen),
        functions => functions.Rung(2, 1, [.. Enumerable.Range(0, glmm.Layout.Thresholds)], glmm.Link));

    /// <summary>The averages of a population under settings of all rows.</summary>
    private OrdinalEstimates Averages(IReadOnlyList<OrdinalArm> settings, int[] arms, IReadOnlyList<bool> population)
    {
        var sums = new OrdinalSums(glmm, settings, arms, population);
        return new OrdinalEstimates(sums, Errors, changes, glmm.JointCovariance, options)
        {
            Plain = LeavesOut
                ? new OrdinalEstimates(sums, StandardizedErrors.Influence, influences, glmm.JointCovariance, options)
                : null,
        };
    }

    /// <summary>Whether all rows of an arm have the same points and spreads.</summary>
    private bool WithoutCovariates(OrdinalArm[] settings)
    {
        var points = new double[glmm.Frame.Rows];
        foreach (var arm in settings)
        {
            for (var k = 0; k < glmm.Layout.Thresholds; k++)
            {
                arm.Points(glmm.Parameters, k, 0, points);
                if (points.AsSpan().ContainsAnyExcept(points[0]))
                {
                    return false;
                }
            }

            if (arm.Spread.Values.ContainsAnyExcept(arm.Spread.Values[0]))
            {
                return false;
            }
        }

        return true;
    }
}

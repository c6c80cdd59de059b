using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Compare.Ladders.Building;
using MarginalConditional.Compare.Standardization;
using MarginalConditional.Data;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Compare.Dials;

/// <summary>Rungs 2 to 4 when what was not seen after dropout differs from what was: not missing at random, without imputing.</summary>
/// <remarks>
/// δ is added to the linear predictor for each visit after dropout, in the arm alone or in both arms; δ = 0 is missing at random. Effects
/// move steadily with δ of the arm, so that each turns at one place (<see cref="DropoutSums"/>). Standard errors leave persons out in
/// closed form, the posterior included; they are about repeated trials, and Rubin's are wider for strategies by reference.
/// </remarks>
internal sealed class DropoutDial
{
    /// <summary>How far the search for the turn goes, link scale for each visit.</summary>
    public const double Farthest = 6;

    private static readonly double[] Search = [-Farthest, -3, -1, -0.5, 0, 0.5, 1, 3, Farthest];

    private readonly GlmmFit fit;
    private readonly TrialStandardization question;
    private readonly WorkingModel model;
    private readonly StandardizedErrors errors;
    private readonly double[] changes;
    private readonly ComparisonOptions options;
    private readonly DropoutCells[] cells;

    /// <summary>Prepares the dial.</summary>
    /// <param name="fit">The mixed model, which <see cref="Refusal"/> lets pass.</param>
    /// <param name="question">The arms.</param>
    /// <param name="model">The mixed model as a working model.</param>
    /// <param name="errors">The kind of standard error.</param>
    /// <param name="changes">What each person does to the parameters, K×m by rows.</param>
    /// <param name="options">Level, reference, waves.</param>
    public DropoutDial(
        GlmmFit fit,
        TrialStandardization question,
        WorkingModel model,
        StandardizedErrors errors,
        double[] changes,
        ComparisonOptions options)
    {
        this.fit = fit;
        this.question = question;
        this.model = model;
        this.errors = errors == StandardizedErrors.Influence ? errors : StandardizedErrors.Closed;
        this.changes = changes;
        this.options = options;
        cells =
        [
            .. question.Levels.Select(level =>
                DropoutCells.Of(fit.Frame, options.Wave!, [(options.Treatment, level), .. options.At])),
        ];
    }

    /// <summary>Whether anybody dropped out before a visit that is asked about.</summary>
    public bool AnyDropout => Enumerable.Range(0, cells[0].Count).Any(cell => cells[0].Row(cell) < 0 && cells[0].Visits(cell) > 0);

    /// <summary>Why these models cannot be asked, with the cure; null where they can.</summary>
    public static InputException? Refusal(GlmmFit fit, ComparisonOptions options)
    {
        var recipe = fit.Frame.Recipe;
        if (fit.RandomEffects.Count != 1 || fit.RandomEffects[0].Names is not [DesignMatrix.InterceptName]
            || fit.Options.HasMixture || (fit.Family != Family.Binomial && fit.Family != Family.Poisson && fit.Family != Family.Gaussian))
        {
            return new InputException("--dial dropout needs one random intercept, and binomial, Poisson or gaussian outcomes.")
            {
                Hint = "Give each person a random intercept alone, as in (1 | id).",
            };
        }

        return options.Wave is { } wave && fit.Frame.WaveLabels.Count > 1 && recipe is not null && recipe.Variables.Contains(wave)
            ? null
            : new InputException("--dial dropout needs visits: the column of waves has to stand in the formula, to say what comes after.")
            {
                Hint = "Name it by --wave, and use the same column for time in the formula.",
            };
    }

    /// <summary>Rungs 2 to 4 of one arm with δ in the control and in the arm.</summary>
    /// <param name="arm">The arm, from 1.</param>
    /// <param name="measure">The scale.</param>
    /// <param name="control">δ of the control.</param>
    /// <param name="treated">δ of the arm.</param>
    /// <remarks>With every visit counted all persons have one size, so rung 4 is rung 3.</remarks>
    public Coefficient[] At(int arm, EffectMeasure measure, double control, double treated) => Rows(
        new DropoutSums(fit, model, question.Rows, [cells[0], cells[arm]], arm, [control, treated]), measure);

    /// <summary>Rungs 2 to 4 of one arm if those who were given it go on as the control after dropout, at δ = 0.</summary>
    /// <param name="arm">The arm, from 1.</param>
    /// <param name="measure">The scale.</param>
    /// <param name="strategy">How they do.</param>
    public Coefficient[] ByReference(int arm, EffectMeasure measure, DropoutStrategy strategy)
    {
        (string, string)[] control = [(options.Treatment, question.Levels[0]), .. options.At];
        var copied = DropoutCells.Of(
            fit.Frame, options.Wave!, [(options.Treatment, question.Levels[arm]), .. options.At], strategy, control);
        var reference = strategy == DropoutStrategy.CopyReference
            ? fit.Frame.Recipe!.With([.. control.Where(pair => pair.Item1 != options.Wave)])
            : null;
        return Rows(new DropoutSums(fit, model, question.Rows, [cells[0], copied], arm, [0, 0], reference), measure);
    }

    private Coefficient[] Rows(DropoutSums sums, EffectMeasure measure)
    {
        var estimates = new ClusterEstimates(sums, errors, changes, options.Glmm.Threads);
        double? degreesOfFreedom = options.NormalReference ? null : fit.Frame.Clusters.Count - 1;
        var byModel = Row(LadderRungs.Name(2), 2, 0);
        var robust = Row(LadderRungs.Name(3), 3, 1);
        return [byModel, robust, robust];

        Coefficient Row(string name, int above, int below)
        {
            var (estimate, influence) = estimates.Difference(above, below, measure);
            return Coefficient.Wald(name, estimate, influence.StandardError(0), degreesOfFreedom, options.Level);
        }
    }

    /// <summary>The dial of one arm on one scale, with where it turns.</summary>
    /// <param name="arm">The arm, from 1.</param>
    /// <param name="measure">The scale.</param>
    public DropoutTurn Turn(int arm, EffectMeasure measure)
    {
        using var work = LongWork.Begin("settings of the dial", Search.Length);
        var grid = work.Each(Search).Select(shift => At(arm, measure, 0, shift)).ToArray();
        var points = new List<DialPoint>();
        for (var k = 0; k < Search.Length; k++)
        {
            if (Math.Abs(Search[k]) <= 1)
            {
                Add(points, grid[k], arm, measure, Search[k], "\u03B4", null);
                if (Search[k] != 0)
                {
                    Add(points, At(arm, measure, Search[k], Search[k]), arm, measure, Search[k], "\u03B4 in both", null);
                }
            }
        }

        // Rung 3 is what was seen and its posterior: the conclusion is read there.
        var effect = DialRoot.First(Search, [.. grid.Select(rows => rows[1].Estimate)], shift => At(arm, measure, 0, shift)[1].Estimate);
        var test = DialRoot.First(
            Search, [.. grid.Select(rows => Clearance(rows[1]))], shift => Clearance(At(arm, measure, 0, shift)[1]));
        if (effect is { } none)
        {
            Add(points, At(arm, measure, 0, none), arm, measure, none, "\u03B4", "estimate");
        }

        if (test is { } turn)
        {
            Add(points, At(arm, measure, 0, turn), arm, measure, turn, "\u03B4", "interval");
        }

        var copied = new List<(DropoutStrategy, Coefficient)>();
        foreach (var strategy in DropoutStrategy.ByReference)
        {
            var rows = ByReference(arm, measure, strategy);
            Add(points, rows, arm, measure, null, strategy.Name, null);
            copied.Add((strategy, rows[1]));
        }

        return new DropoutTurn(points, effect, test, grid[Search.Length / 2][1], copied);
    }

    private double Clearance(Coefficient row) =>
        Math.Abs(row.Statistic) - Coefficient.CriticalValue(options.Level, row.DegreesOfFreedom);

    private void Add(
        List<DialPoint> points, Coefficient[] rows, int arm, EffectMeasure measure, double? shift, string setting, string? tips) =>
        points.AddRange(rows.Select((row, k) => new DialPoint
        {
            Value = shift,
            Setting = setting,
            Rung = 2 + k,
            Weighting = ClusterWeighting.Participant,
            Scale = measure.ScaleOf(question.Proportions),
            Question = question.Questions[arm - 1],
            Inference = row,
            Tips = tips,
        }).Where(point => double.IsFinite(point.Inference.Estimate)));
}

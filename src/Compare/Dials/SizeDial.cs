using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Influence;
using MarginalConditional.Compare.Standardization;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Compare.Dials;

/// <summary>
/// The effect in cluster i moved by γ·(ln n_i − mean): what rungs 3 and 4 are then, and from which γ on they tell different stories.
/// </summary>
/// <remarks>
/// Under the arm every row's linear predictor moves, given the random effects, and its mean with it; what the arm's rows show beyond the
/// model stays: μ(1; γ) = μ(1) + av(m(1; γ) − m(1)). γ is turned from −2 to 2 of its own standard errors (<see cref="SizeSlope"/>); where
/// the conclusion turns is looked for within <see cref="Farthest"/> of them.
/// </remarks>
internal sealed class SizeDial
{
    /// <summary>How many standard errors of γ the search goes.</summary>
    public const double Farthest = 8;

    private static readonly double[] Multiples = [-Farthest, -4, -2, -1, 0, 1, 2, 4, Farthest];

    private readonly TrialStandardization question;
    private readonly WorkingModel model;
    private readonly StandardizedErrors errors;
    private readonly double[] changes;
    private readonly ComparisonOptions options;
    private readonly double[] sizes;

    /// <summary>Prepares the dial.</summary>
    /// <param name="question">The arms and the population.</param>
    /// <param name="model">The mixed model.</param>
    /// <param name="errors">The kind of standard error.</param>
    /// <param name="changes">What each cluster does to the parameters, K×m by rows.</param>
    /// <param name="options">Level, reference, tolerances.</param>
    public SizeDial(
        TrialStandardization question, WorkingModel model, StandardizedErrors errors, double[] changes, ComparisonOptions options)
    {
        this.question = question;
        this.model = model;
        this.errors = errors;
        this.changes = changes;
        this.options = options;
        sizes = Sizes(question.Rows);
    }

    /// <summary>Whether clusters differ in size.</summary>
    public bool Varies => sizes.AsSpan().ContainsAnyExcept(0.0);

    /// <summary>One arm against the reference on one scale; null where the γ of no size can be estimated.</summary>
    /// <param name="arm">The arm, from 1.</param>
    /// <param name="measure">The scale.</param>
    public SizeTurn? Turn(int arm, EffectMeasure measure)
    {
        if (SizeSlope.Error(question.Rows, model, sizes, arm, options) is not { } unit)
        {
            return null;
        }

        double[] gammas = [.. Multiples.Select(multiple => multiple * unit)];
        var grid = At(arm, measure, gammas);
        var signs = DialRoot.First(
            gammas,
            [.. grid.Select(pair => pair[0].Estimate * pair[1].Estimate)],
            gamma => Product(At(arm, measure, [gamma])[0]));
        double?[] intervals = [.. Enumerable.Range(0, 2).Select(rung => DialRoot.First(
            gammas,
            [.. grid.Select(pair => Clearance(pair[rung]))],
            gamma => Clearance(At(arm, measure, [gamma])[0][rung])))];
        var points = new List<DialPoint>();
        for (var k = 0; k < gammas.Length; k++)
        {
            if (Math.Abs(Multiples[k]) <= 2)
            {
                Add(points, grid[k], arm, measure, gammas[k], null, null);
            }
        }

        if (signs is { } sign)
        {
            Add(points, At(arm, measure, [sign])[0], arm, measure, sign, "signs", null);
        }

        for (var rung = 0; rung < 2; rung++)
        {
            if (intervals[rung] is { } interval)
            {
                Add(points, At(arm, measure, [interval])[0], arm, measure, interval, "interval", rung);
            }
        }

        return new SizeTurn(points, unit, signs, intervals, grid[Multiples.Length / 2]);

        static double Product(Coefficient[] pair) => pair[0].Estimate * pair[1].Estimate;
    }

    /// <summary>Rungs 3 and 4 at every γ.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="measure">The scale.</param>
    /// <param name="gammas">γ, link scale for one unit of ln n.</param>
    public Coefficient[][] At(int arm, EffectMeasure measure, double[] gammas)
    {
        var plain = question.Settings();
        ArmSetting[] settings = [plain[0], plain[arm], .. gammas.Select(gamma => plain[arm] with { Shift = Shift(gamma) })];
        var sums = new AverageSums(model, question.Rows, settings, []);
        var averages = new StandardizedAverages(sums, errors, changes, options.Glmm.Threads);
        double? degreesOfFreedom = options.NormalReference ? null : averages.ClustersSeen - 1;
        return
        [
            .. gammas.Select((_, k) => Enumerable.Range(0, AverageLayout.Weightings).Select(weighting =>
            {
                var (estimate, influence) = Moved(averages, measure, weighting, k + 2);
                return Coefficient.Wald(
                    "unconditional, whatever the model", estimate, influence.StandardError(0), degreesOfFreedom, options.Level);
            }).ToArray()),
        ];
    }

    private static (double Estimate, ClusterInfluence Influence) Moved(
        StandardizedAverages averages, EffectMeasure measure, int weighting, int setting)
    {
        var layout = averages.Layout;
        var (control, treated) = (layout.RobustMean(weighting, 0), layout.RobustMean(weighting, 1));
        var (before, after) = (layout.ModelMean(weighting, 1), layout.ModelMean(weighting, setting));
        return averages.Of((values, gradient) =>
        {
            var mean = values[treated] + values[after] - values[before];
            if (!gradient.IsEmpty)
            {
                gradient[control] = -measure.TransformSlope(values[control]);
                gradient[treated] = gradient[after] = measure.TransformSlope(mean);
                gradient[before] = -gradient[after];
            }

            return measure.Value(values[control], mean);
        });
    }

    private void Add(
        List<DialPoint> points, Coefficient[] pair, int arm, EffectMeasure measure, double gamma, string? tips, int? only)
    {
        for (var rung = 0; rung < pair.Length; rung++)
        {
            if ((only is null || only == rung) && double.IsFinite(pair[rung].Estimate))
            {
                points.Add(new DialPoint
                {
                    Value = gamma,
                    Setting = "\u03B3",
                    Rung = 3 + rung,
                    Weighting = ClusterWeighting.Participant,
                    Scale = measure.ScaleOf(question.Proportions),
                    Question = question.Questions[arm - 1],
                    Inference = pair[rung],
                    Tips = tips,
                });
            }
        }
    }

    private double[] Shift(double gamma) => Array.ConvertAll(sizes, size => gamma * size);

    /// <summary>How far the interval is from no effect, in units of its half-width less 1: its sign tells which side of the test.</summary>
    private double Clearance(Coefficient row) =>
        Math.Abs(row.Statistic) - Coefficient.CriticalValue(options.Level, row.DegreesOfFreedom);

    /// <summary>ln n_i less its mean over the clusters, a row each; 0 outside the population.</summary>
    private static double[] Sizes(TrialRows rows)
    {
        var seen = rows.Totals.ToArray().Where(total => total > 0).ToList();
        var mean = seen.Average(Math.Log);
        var equal = seen.TrueForAll(total => total == seen[0]);
        var sizes = new double[rows.Outcomes.Length];
        for (var c = 0; c < rows.Clusters.Count && !equal; c++)
        {
            CancellationScope.Check();
            if (rows.Totals[c] > 0)
            {
                sizes.AsSpan(rows.Clusters.Start(c), rows.Clusters.Size(c)).Fill(Math.Log(rows.Totals[c]) - mean);
            }
        }

        return sizes;
    }
}

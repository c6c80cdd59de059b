using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Report.Gallery;

/// <summary>Pictures of the ladder of estimands.</summary>
/// <example>
/// <code>
/// using MarginalConditional.Compare;
/// using MarginalConditional.Data.Formulas;
/// using MarginalConditional.Data.Frames;
/// using MarginalConditional.Data.Tables;
/// using MarginalConditional.Gee;
/// using MarginalConditional.Glmm;
/// using MarginalConditional.Report.Drawing;
/// using MarginalConditional.Report.Gallery;
/// using MarginalConditional.Statistics.Families;
///
/// var data = DatasetReader.Read("trial.csv");
/// var frame = ModelFrameBuilder.Build(
///     data, new FrameRequest { Formula = FormulaParser.Parse("y ~ arm + (1 | site)"), Cluster = "site" });
/// var comparison = ModelComparer.Compare(frame, new ComparisonOptions
/// {
///     Treatment = "arm",
///     Gee = new GeeOptions { Family = Family.Binomial },
///     Glmm = new GlmmOptions { Family = Family.Binomial },
/// });
/// var labels = new LadderLabels("arm", rung =&gt; rung.Name, step =&gt; $"to rung {step.To}", step =&gt; string.Empty);
/// foreach (var scale in LadderPictures.Scales(comparison.Ladder))
/// {
///     var picture = LadderPictures.Forest(comparison.Ladder, scale, labels, level: 0.95);
///     File.WriteAllText($"{scale}.svg", SvgDrawing.Draw(picture));
/// }
/// </code>
/// </example>
public static class LadderPictures
{
    private const string Logarithm = "log ";

    /// <summary>The rungs with their intervals, the step between each two with its cause, and other estimators of the same rungs.</summary>
    /// <param name="ladder">The ladder.</param>
    /// <param name="scale">The scale to draw, such as <c>log odds ratio</c>.</param>
    /// <param name="labels">What rungs and steps are called.</param>
    /// <param name="level">The intervals' level.</param>
    /// <param name="question">Which arms, where and for whom; null for the ladder's first.</param>
    public static Picture Forest(
        EstimandLadder ladder, string scale, LadderLabels labels, double level, LadderQuestion? question = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var chain = ChainOf(ladder, scale, level, question);
        var shown = ScaleOf(chain);
        var rows = new List<PictureRow>();
        var marks = new List<PictureMark> { new PictureMark.Rule(0) { Tone = PictureTone.Muted } };
        foreach (var rung in chain.Rungs)
        {
            if (chain.Steps.FirstOrDefault(step => step.To == rung.Rung) is { } step)
            {
                rows.Add(new PictureRow($"\u2003\u2193 {labels.Averaging(step)}", step.IsZeroByIdentity
                    ? "0"
                    : $"{Signed(step.Inference.Estimate)} (SE {Figures.Fixed(step.Inference.StandardError, 3)})"));
                var from = chain.Rungs.First(other => other.Rung == step.From).Inference.Estimate;
                marks.Add(new PictureMark.Range(rows.Count - 1, Math.Min(from, rung.Inference.Estimate), Math.Max(from,
                    rung.Inference.Estimate))
                {
                    Tone = PictureTone.Muted,
                    Width = 4,
                    Legend = "step",
                });
                rows.Add(new PictureRow($"\u2003\u2003{labels.Reason(step)}"));
            }

            var tone = rung.Rung == 0 ? PictureTone.Conditional : PictureTone.Marginal;
            var one = rung.Inference;
            rows.Add(new PictureRow(Numbered(labels, rung), shown.Text(one.Estimate, one.Lower, one.Upper)) { IsSummary = true });
            marks.Add(new PictureMark.Range(rows.Count - 1, one.Lower, one.Upper) { Tone = tone, Width = 2 });
            marks.Add(new PictureMark.Dots([new PicturePoint(one.Estimate, rows.Count - 1)])
            {
                Tone = tone,
                Shape = rung.Rung == 0 ? PictureShape.Square : PictureShape.Disc,
                Radius = 6,
                Legend = rung.Rung == 0 ? "conditional on the cluster" : "averaged",
            });
        }

        AddSides(ladder, chain, shown, labels, rows, marks);
        var asked = chain.Rungs[0].Question;
        var across = shown.Covering(
            chain.Rungs.Select(rung => rung.Inference.Estimate),
            chain.Rungs.Select(rung => (rung.Inference.Lower, rung.Inference.Upper)));
        return new Picture
        {
            Kind = "ladder",
            Title = $"{shown.Name} of {labels.Treatment}, {asked.Treated} against {asked.Control}, by question",
            Caption = $"Points: estimates with {Figures.Level(level)} intervals, from the narrowest question to the widest; grey bars: the "
                + "steps between them, with their causes. Of other estimators p is that of their difference from the rung."
                + ArrowNote.Of(across, marks),
            Description = $"{string.Join("; ", chain.Rungs.Select(rung =>
                $"{labels.Whose(rung)}: {shown.Text(rung.Inference.Estimate, rung.Inference.Lower, rung.Inference.Upper)}"))}.",
            Numbers = Numbers(chain, shown, labels),
            Across = across,
            Up = new PictureAxis(string.Empty),
            Rows = rows,
            RowHeading = $"Rung: whose {shown.Name.ToLowerInvariant()}?",
            TextHeading = shown.Heading(level),
            Marks = marks,
        };
    }

    private static string Numbered(LadderLabels labels, LadderRung rung) =>
        FormattableString.Invariant($"{rung.Rung}: {labels.Whose(rung)}");

    /// <summary>What other estimators say of the rungs, below a rule.</summary>
    private static void AddSides(
        EstimandLadder ladder, Chain chain, EffectScale shown, LadderLabels labels, List<PictureRow> rows, List<PictureMark> marks)
    {
        var isFirst = true;
        foreach (var side in ladder.Sides.Where(side => side.Scale == chain.Rungs[0].Scale && side.Question == chain.Rungs[0].Question
            && (side.Weighting is null || side.Weighting == ClusterWeighting.Participant)))
        {
            var one = side.Inference;
            var whose = chain.Rungs.FirstOrDefault(rung => rung.Rung == side.Rung) is { } same
                ? Numbered(labels, same)
                : "another question";
            var agreement = side.Difference is { StandardError: > 0 } difference
                ? $", p {Figures.ProbabilityRelation(difference.PValue)}"
                : string.Empty;
            rows.Add(new PictureRow(side.Name, shown.Text(one.Estimate, one.Lower, one.Upper) + agreement)
            {
                HasRule = isFirst,
            });
            isFirst = false;
            marks.Add(new PictureMark.Range(rows.Count - 1, one.Lower, one.Upper) { Tone = PictureTone.Third });
            marks.Add(new PictureMark.Dots([new PicturePoint(one.Estimate, rows.Count - 1)])
            {
                Tone = PictureTone.Third,
                Shape = PictureShape.Diamond,
                Radius = 5,
                Legend = "another estimator",
            });
            rows.Add(new PictureRow($"\u2003{whose}"));
        }
    }

    /// <summary>The gap between the first and the last rung as bars, each as long as the step that its cause makes.</summary>
    /// <param name="ladder">The ladder.</param>
    /// <param name="scale">The scale to draw.</param>
    /// <param name="labels">What rungs and steps are called.</param>
    /// <param name="level">The intervals' level.</param>
    /// <param name="question">Which arms, where and for whom; null for the ladder's first.</param>
    public static Picture Gap(
        EstimandLadder ladder, string scale, LadderLabels labels, double level, LadderQuestion? question = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var chain = ChainOf(ladder, scale, level, question);
        var rows = new List<PictureRow>();
        var marks = new List<PictureMark> { new PictureMark.Rule(0) { Tone = PictureTone.Muted } };
        var (first, last) = (chain.Rungs[0].Inference, chain.Rungs[^1].Inference);
        Total(first.Estimate, Numbered(labels, chain.Rungs[0]), PictureTone.Conditional);
        foreach (var step in chain.Steps)
        {
            var from = chain.Rungs.First(rung => rung.Rung == step.From).Inference.Estimate;
            var one = step.Inference;
            rows.Add(new PictureRow(labels.Averaging(step), step.IsZeroByIdentity ? "0" : $"{Signed(one.Estimate)} ({Figures.Interval(
                Figures.Fixed(one.Lower, 3), Figures.Fixed(one.Upper, 3))})"));
            marks.Add(new PictureMark.Bar(rows.Count - 1, from, from + one.Estimate) { Tone = PictureTone.Second, Legend = "step" });
            marks.Add(new PictureMark.Range(rows.Count - 1, from + one.Lower, from + one.Upper) { Width = 1.25, Legend = "its interval" });
            rows.Add(new PictureRow($"\u2003{labels.Reason(step)}"));
        }

        Total(last.Estimate, Numbered(labels, chain.Rungs[^1]), PictureTone.Marginal);
        return new Picture
        {
            Kind = "gap",
            Title = $"Why the {chain.Rungs[0].Scale} changes from question to question",
            Caption = "Top and bottom: the first and the last question; between them the steps, each from where the one before ended, "
                + $"with its {Figures.Level(chain.Level)} interval.",
            Description = $"From {Figures.Fixed(first.Estimate, 3)} to {Figures.Fixed(last.Estimate, 3)}: "
                + $"{string.Join(", ", chain.Steps.Select(step => $"{step.Cause} {Signed(step.Inference.Estimate)}"))}.",
            Numbers = new NumberTable(
                ["cause", "step", "se", "lower", "upper", "p"],
                [.. chain.Steps.Select(step => new TableCell[]
                {
                    step.Cause, step.Inference.Estimate, step.Inference.StandardError, step.Inference.Lower, step.Inference.Upper,
                    step.Inference.PValue,
                })]),
            Across = new PictureAxis(Capital(chain.Rungs[0].Scale)),
            Up = new PictureAxis(string.Empty),
            Rows = rows,
            RowHeading = "Question or cause",
            TextHeading = $"Size ({Figures.IntervalHeading(chain.Level)})",
            Marks = marks,
        };

        void Total(double estimate, string label, PictureTone tone)
        {
            rows.Add(new PictureRow(label, Figures.Fixed(estimate, 3)) { IsSummary = true, HasRule = rows.Count > 0 });
            marks.Add(new PictureMark.Bar(rows.Count - 1, 0, estimate) { Tone = tone });
        }
    }

    /// <summary>The scales that a ladder can be drawn on, ratios of odds first.</summary>
    public static IReadOnlyList<string> Scales(EstimandLadder ladder)
    {
        ArgumentNullException.ThrowIfNull(ladder);
        return [.. ladder.Rungs
            .Select(rung => rung.Scale)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(scale => scale.Contains("odds", StringComparison.Ordinal))];
    }

    private static Chain ChainOf(EstimandLadder ladder, string scale, double level, LadderQuestion? asked)
    {
        ArgumentNullException.ThrowIfNull(ladder);
        LadderRung[] all =
        [
            .. ladder.Rungs.Where(rung => rung.Scale == scale && rung.Weighting == ClusterWeighting.Participant
                && (asked is null || rung.Question == asked)),
        ];
        if (all.Length == 0)
        {
            throw new ArgumentException($"The ladder has no such rung on the scale {scale}.", nameof(scale));
        }

        var question = all[0].Question;
        return new Chain(
            [.. all.Where(rung => rung.Question == question)],
            [.. ladder.Steps.Where(step =>
                step.Scale == scale && step.Weighting == ClusterWeighting.Participant && step.Question == question)],
            level);
    }

    private static EffectScale ScaleOf(Chain chain) =>
        chain.Rungs[0].Scale.StartsWith(Logarithm, StringComparison.Ordinal)
            ? new EffectScale(Capital(chain.Rungs[0].Scale[Logarithm.Length..]), true)
            : EffectScale.Difference(Capital(chain.Rungs[0].Scale), chain.Rungs.Select(rung => rung.Inference.StandardError));

    private static NumberTable Numbers(Chain chain, EffectScale shown, LadderLabels labels) => new(
        ["rung", "question", shown.Name.ToLowerInvariant(), "lower", "upper", "step to the next", "se of the step", "cause"],
        [.. chain.Rungs.Select(rung =>
        {
            var step = chain.Steps.FirstOrDefault(one => one.From == rung.Rung);
            return new TableCell[]
            {
                (double)rung.Rung, labels.Whose(rung), shown.Shown(rung.Inference.Estimate), shown.Shown(rung.Inference.Lower),
                shown.Shown(rung.Inference.Upper), step?.Inference.Estimate, step?.Inference.StandardError, step?.Cause ?? string.Empty,
            };
        })]);

    private static string Signed(double value) => value > 0 ? "+" + Figures.Fixed(value, 3) : Figures.Fixed(value, 3);

    private static string Capital(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private sealed record Chain(IReadOnlyList<LadderRung> Rungs, IReadOnlyList<LadderStep> Steps, double Level);
}

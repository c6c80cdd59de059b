using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Publishing;
using MarginalConditional.Compare.Comparison.Reasons;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Report.Documents;
using MarginalConditional.Report.Gallery;
using MarginalConditional.Report.Paper;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>The parts of a comparison's report that trials by cluster and by person have in common.</summary>
internal sealed class LadderParts
{
    private readonly CommandContext context;
    private readonly LadderWords words;
    private readonly StepReasons reasons;

    /// <summary>Keeps what is written about.</summary>
    public LadderParts(CommandContext context, LadderWords words)
    {
        (this.context, this.words) = (context, words);
        reasons = new StepReasons(words, context.Output.Level);
    }

    /// <summary>The ladder.</summary>
    public required EstimandLadder Ladder { get; init; }

    /// <summary>What it is about.</summary>
    public required LadderSubject Subject { get; init; }

    /// <summary>The estimand of each rung.</summary>
    public required IReadOnlyList<EstimandStatement> Statements { get; init; }

    /// <summary>What was looked at.</summary>
    public required IReadOnlyList<ReasonCheck> Checks { get; init; }

    /// <summary>The conclusion.</summary>
    public required IReadOnlyList<string> Verdict { get; init; }

    /// <summary>The first and the last answer, and what the verdict begins with.</summary>
    public string Answer()
    {
        if (Ladder.Rungs.Count == 0)
        {
            return string.Join(' ', Verdict.Take(2));
        }

        var chain = Chain(Ladder.Rungs[0].Question, FirstScale());
        return $"{StepReasons.ScaleOf(chain[0]).Name} {Estimate(chain[0])} for {words.Whose(chain[0])}"
            + (chain.Count == 1 ? ". " : $", {Estimate(chain[^1])} for {words.Whose(chain[^1])}. ") + string.Join(' ', Verdict.Take(2));
    }

    /// <summary>The estimands in words: one question asked, and the questions that it may mean.</summary>
    public ReportPart Asked(string introduction) => new("What was asked", _ =>
    {
        var hasRungs = Statements.Any(statement => statement.Rung is not null);
        var rows = Statements
            .Where(statement => statement.Rung is not null || !hasRungs)
            .DistinctBy(statement => statement.Rung)
            .Select(statement => (IReadOnlyList<string>)
            [
                Ladder.Rungs.FirstOrDefault(rung => rung.Rung == statement.Rung && rung.Weighting == Subject.Weightings[0]) is { } rung
                    ? words.Numbered(rung)
                    : statement.Name,
                statement.Summary, statement.ConditionalOn, statement.AveragedOver,
            ])
            .ToArray();
        return ReportPen.Paragraphs(introduction)
            + (rows.Length == 0 ? string.Empty : ReportPen.Table(
                new PaperBlock.Table(
                    ["Rung: whose effect", "What the number is", "Given", "Averaged over"], [false, false, false, false], rows),
                rows.Length == 1 ? "The question" : "The questions that this may mean, from the narrowest to the widest"));
    });

    /// <summary>The ladder as pictures and as tables, on the first scale; the others to be opened.</summary>
    public ReportPart Rungs() => new("The answers", pen => Ladder.Rungs.Count == 0
        ? string.Empty
        : pen.Pictures(Questions().Select(question => LadderPictures.Forest(
            Ladder, FirstScale(), Labels(), context.Output.Level, question)))
            + pen.Printed(() => LadderSection.Write(context, Ladder, words, Subject))
            + OtherScales(pen));

    /// <summary>Why neighbours on the ladder differ, in words and as bars.</summary>
    /// <param name="more">What follows: coefficients and further pictures.</param>
    public ReportPart Reasons(Func<ReportPen, string> more) => new("Why the numbers differ", pen =>
    {
        var html = string.Empty;
        var questions = Questions();
        foreach (var question in questions)
        {
            var chain = Chain(question, FirstScale());
            html += questions.Count > 1 ? ReportPen.Paragraphs($"{question.Treated} against {question.Control}:") : string.Empty;
            html += "<ol>\n" + string.Concat(Ladder.Steps
                .Where(step => Belongs(step.Question, step.Scale, step.Weighting, question, FirstScale()))
                .Select(step => (step, from: chain.FirstOrDefault(rung => rung.Rung == step.From),
                    to: chain.FirstOrDefault(rung => rung.Rung == step.To)))
                .Where(one => one.from is not null && one.to is not null)
                .Select(one => $"<li>{HtmlPaper.Escaped(reasons.Explain(one.from!, one.step, one.to!))}</li>\n")) + "</ol>\n";
        }

        return html.Replace("<ol>\n</ol>\n", string.Empty, StringComparison.Ordinal)
            + pen.Pictures(questions.Select(question => LadderPictures.Gap(
                Ladder, FirstScale(), Labels(), context.Output.Level, question)))
            + more(pen);
    });

    /// <summary>The verdict, and every check: fired, passed, to be weighed, or without a case here.</summary>
    public ReportPart Conclusion() => new("What was assumed and checked", _ =>
        ReportPen.Paragraphs(string.Join(' ', Verdict)) + (Checks.Count == 0 ? string.Empty : ReportPen.Table(
            new PaperBlock.Table(["Checked", "Result", "Finding", "Threatens"], [false, false, false, false],
                [.. Checks.Select(check => (IReadOnlyList<string>)
                [
                    Checked(check.Key), Outcome(check.Outcome),
                    check.Outcome is ReasonOutcome.Sign or ReasonOutcome.Remark && check.Consequence.Length > 0
                        ? $"{check.Finding} Therefore: {check.Consequence}."
                        : check.Finding,
                    check.Outcome == ReasonOutcome.Sign ? string.Join("; ", check.Threatens.Select(Named)) : string.Empty,
                ])]))));

    /// <summary>Every estimand in the terms of ICH E9(R1).</summary>
    public ReportPart Protocol() => new("Text for the protocol", _ => Statements.Count == 0
        ? string.Empty
        : ReportPen.Paragraphs("Each estimand in the terms of ICH E9(R1): take the one whose question the trial asks.")
            + string.Concat(Statements.Select(statement => "<h3>"
                + HtmlPaper.Escaped((statement.Rung is { } rung ? $"Rung {rung}: " : string.Empty) + statement.Name)
                + "</h3>\n" + ReportParts.Facts(statement.Attributes))));

    private IReadOnlyList<LadderQuestion> Questions() => [.. Ladder.Rungs.Select(rung => rung.Question).Distinct()];

    private string FirstScale() =>
        Ladder.Rungs.Any(rung => rung.Scale == Subject.Scale) ? Subject.Scale : LadderPictures.Scales(Ladder)[0];

    private LadderLabels Labels() => new(Subject.Treatment, words.Whose, words.Averaging, words.Reason);

    private List<LadderRung> Chain(LadderQuestion question, string scale) =>
        [.. Ladder.Rungs.Where(rung => Belongs(rung.Question, rung.Scale, rung.Weighting, question, scale)).OrderBy(rung => rung.Rung)];

    private bool Belongs(
        LadderQuestion own, string ownScale, ClusterWeighting ownWeighting, LadderQuestion question, string scale) =>
        own == question && ownScale == scale && ownWeighting == Subject.Weightings[0];

    private static string Estimate(LadderRung rung)
    {
        var row = rung.Inference;
        return StepReasons.ScaleOf(rung).Text(row.Estimate, row.Lower, row.Upper);
    }

    private string OtherScales(ReportPen pen)
    {
        var others = Ladder.Rungs.Select(rung => rung.Scale).Distinct().Where(scale => scale != FirstScale()).ToArray();
        return others.Length == 0 ? string.Empty : "<details>\n<summary>The same on other scales</summary>\n"
            + pen.Printed(() =>
            {
                foreach (var question in Questions())
                {
                    foreach (var scale in others)
                    {
                        LadderSection.Write(context, Ladder, words, Subject, question, scale, Subject.Weightings[0]);
                    }
                }
            })
            + "</details>\n";
    }

    private string Named(int rung) =>
        Ladder.Rungs.FirstOrDefault(one => one.Rung == rung && one.Weighting == Subject.Weightings[0]) is { } found
            ? words.Whose(found)
            : $"rung {rung}";

    /// <summary>What was looked at, for readers who do not know the key.</summary>
    private static string Checked(string key) => key switch
    {
        "informative-cluster-size" => "whether cluster sizes carry information",
        "size-changes-effect" => "whether size changes the effect",
        "model-misses" => "whether the model misses the means",
        "within-between" => "effects within and between clusters",
        "random-effect-law" => "law of the random effects",
        "arm-dependent-variance" => "spread between clusters in each arm",
        "curvature" => "curvature of the marginal means",
        "boundary" => "variance between clusters of 0",
        "period-averages-differ" => "whether averages over periods differ",
        "exposure-changes-effect" => "whether exposure changes the effect",
        _ => key.Replace('-', ' '),
    };

    private static string Outcome(ReasonOutcome outcome) => outcome switch
    {
        ReasonOutcome.Sign => "a sign",
        ReasonOutcome.Remark => "to be weighed",
        ReasonOutcome.NoSign => "no sign",
        _ => "not tested here",
    };
}

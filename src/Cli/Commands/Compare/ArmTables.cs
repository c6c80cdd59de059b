using MarginalConditional.Cli.Errors;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Output;
using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using Spectre.Console;
using Link = MarginalConditional.Statistics.Families.Link;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>Contrasts of arms, margins and subgroups on 80 columns; nothing where they were not asked for.</summary>
internal sealed class ArmTables
{
    private readonly CommandContext context;
    private readonly string treatment;
    private readonly string response;
    private readonly string units;

    /// <summary>Keeps what sentences need.</summary>
    /// <param name="context">Console and level.</param>
    /// <param name="treatment">The treatment's column.</param>
    /// <param name="response">The outcome's name.</param>
    /// <param name="units">What clusters (by person: persons) are called.</param>
    public ArmTables(CommandContext context, string treatment, string response, string units) =>
        (this.context, this.treatment, this.response, this.units) = (context, treatment, response, units);

    /// <summary>Writes everything that was asked.</summary>
    /// <param name="answers">Contrasts and margins.</param>
    /// <param name="subgroups">The subgroups, or null.</param>
    /// <param name="family">The family of the outcome.</param>
    /// <param name="link">The link.</param>
    public void Write(ArmAnswers answers, SubgroupAnalysis? subgroups, Family family, Link link)
    {
        Contrasts("Contrasts of standardized means", answers.Contrasts, link);
        Contrasts("Every pair of arms", answers.Pairs, link);
        Margins(answers.Margins);
        if (subgroups is not null)
        {
            Subgroups(subgroups, family);
        }
    }

    /// <summary>The rows of participants from the last fit, unless more is asked for: the mixed model's, as in the ladder.</summary>
    private void Contrasts(string title, IReadOnlyList<MeanContrast> contrasts, Link link)
    {
        if (contrasts.Count == 0)
        {
            return;
        }

        var verbose = context.Output.Verbose;
        var method = contrasts[^1].Method;
        List<MeanContrast> shown =
        [
            .. contrasts.Where(row => verbose || (row.Method == method && row.Weighting == ClusterWeighting.Participant)),
        ];
        var table = new TextTable(title, "Scale", ">Estimate (" + Figures.IntervalHeading(context.Output.Level) + ")", ">p");
        foreach (var row in shown)
        {
            var which = verbose ? $", {row.Method}, {row.Weighting.Name}" : string.Empty;
            table.Row(
                row.Label,
                (row.Scale == MeanContrast.LinkScale ? link.Name : Name(row.Scale)) + which,
                OverTimeCells.Estimate(row.Scale, row.Inference),
                Figures.Probability(row.Inference.PValue));
        }

        table.WriteTo(context.Console);
        var first = shown[0];
        Paragraph($"{first.Method}, {(first.Rung == 3 ? "whatever the model" : "by the model")}; "
            + $"{Reference(first.Inference)}; p values are not adjusted for their number.");
    }

    /// <summary>Effects held against margins.</summary>
    public void Margins(IReadOnlyList<MarginTest> tests)
    {
        if (tests.Count == 0)
        {
            return;
        }

        var table = new TextTable(
            "Margin", ">Margin", ">Effect (" + Figures.IntervalHeading(context.Output.Level) + ")", ">One-sided p", "Met");
        foreach (var test in tests)
        {
            table.Row(
                $"{Name(test.Margin.Scale)}, {test.Rung.Question.Treated}",
                (test.IsAbove ? "> " : "< ") + Value(test),
                OverTimeCells.Estimate(test.Margin.Scale, test.Inference),
                Figures.Probability(test.PValue),
                test.IsMet ? "yes" : "no");
        }

        table.WriteTo(context.Console);
        foreach (var group in tests.GroupBy(test => (test.Margin.Scale, test.Rung.Question.Treated)))
        {
            Paragraph(Sentence([.. group]));
        }
    }

    private string Sentence(IReadOnlyList<MarginTest> tests)
    {
        var first = tests[0];
        var arms = $"{treatment} {first.Rung.Question.Treated} against {first.Rung.Question.Control}";
        var level = Figures.Level(context.Output.Level);
        var name = Name(first.Margin.Scale).ToLowerInvariant();
        var rung = $"Rung {first.Rung.Rung} ({first.Rung.Name})";
        if (first.IsEquivalence)
        {
            var met = tests.All(test => test.IsMet);
            return $"{rung}: {arms} {(met ? "is" : "is not shown to be")} equivalent in {response}: the {level} interval of the {name} "
                + $"{(met ? "lies" : "does not lie")} between {Value(tests.First(test => test.IsAbove))} and "
                + $"{Value(tests.First(test => !test.IsAbove))} (larger one-sided p "
                + $"{Figures.ProbabilityRelation(tests.Max(test => test.PValue))}).";
        }

        return string.Join(' ', tests.Select(test =>
        {
            var inferiority = test.IsAbove == (test.Margin.OnScale < 0) && test.Margin.OnScale != 0;
            var what = inferiority ? "non-inferior" : "superior by the margin";
            return $"{rung}: {arms} {(test.IsMet ? "is" : "is not shown to be")} {what} in {response}: the {level} interval of the {name} "
                + $"{(test.IsMet ? "lies" : "does not lie")} {(test.IsAbove ? "above" : "below")} {Value(test)} "
                + $"(one-sided p {Figures.ProbabilityRelation(test.PValue)}).";
        }));
    }

    private static string Value(MarginTest test) => test.Margin.Scale == EffectMeasure.Difference.Name
        ? Figures.Percent(test.Margin.Value)
        : Figures.Significant(test.Margin.Value);

    /// <summary>One table: the arms' means and the effect on two scales in each subgroup, then whether the effects differ.</summary>
    private void Subgroups(SubgroupAnalysis analysis, Family family)
    {
        var first = analysis.Subgroups[0];
        var proportions = family == Family.Binomial;
        foreach (var treated in first.Ladder.Rungs.Select(rung => rung.Question.Treated).Distinct())
        {
            var rung = analysis.Interactions.Where(row => row.Treated == treated).Select(row => row.Rung).Where(number => number <= 3)
                .DefaultIfEmpty(2).Max();
            List<string> scales =
            [
                .. first.Ladder.Rungs.Where(own => own.Question.Treated == treated && own.Rung == rung).Select(own => own.Scale).Distinct()
                    .Where(scale => context.Output.Verbose || !proportions || scale != EffectMeasure.Ratio.Scale),
            ];
            var control = first.Ladder.Rungs[0].Question.Control;
            var table = new TextTable([
                $"{treatment} {treated} against {control}, by {analysis.Column}",
                $">{treated}", $">{control}", .. scales.Select(scale => ">" + Name(scale)),
            ]);
            foreach (var subgroup in analysis.Subgroups)
            {
                var means = subgroup.Standardized.Last(result => result.Means.Weighting == ClusterWeighting.Participant).Means;
                var arm = means.Levels.ToList().IndexOf(treated);
                table.Row([
                    $"{subgroup.Value} ({Figures.Counted(subgroup.Rows, "row")})",
                    CompareCommandStandardized.Mean(means.Means[arm], proportions),
                    CompareCommandStandardized.Mean(means.Means[0], proportions),
                    .. scales.Select(scale => subgroup.Ladder.Rungs.FirstOrDefault(own => Is(own, treated, scale, rung)) is { } found
                        ? OverTimeCells.Estimate(scale, found.Inference)
                        : "\u2013"),
                ]);
            }

            var tests = scales.Select(scale => analysis.Interactions.FirstOrDefault(row => row.Treated == treated && row.Scale == scale
                && row.Rung == rung && row.Weighting == ClusterWeighting.Participant)).ToList();
            table.Row(["  is it one effect?", string.Empty, string.Empty, .. tests.Select(OverTimeCells.Test)]);
            table.WriteTo(context.Console);
            var df = tests.OfType<SubgroupInteraction>().FirstOrDefault()?.Test.DenominatorDegreesOfFreedom;
            Paragraph($"Rung {rung}, each row alike, from the fit to all rows; each interval has t with the subgroup's {units} less 1, the "
                + $"test of interaction {(df is { } value ? $"F with {Figures.Fixed(value, 0)} df" : "\u03C7\u00B2")}. "
                + "An effect can be one on one scale and differ on the other.");
        }
    }

    private static bool Is(LadderRung own, string treated, string scale, int rung) => own.Question.Treated == treated
        && own.Scale == scale && own.Rung == rung && own.Weighting == ClusterWeighting.Participant;

    private static string Reference(Coefficient row) =>
        row.DegreesOfFreedom is { } df ? $"t, {Figures.Fixed(df, df % 1 == 0 ? 0 : 1)} df" : "normal";

    private static string Name(string scale) => OverTimeCells.Name(scale);

    private void Paragraph(string text)
    {
        OverTimeCells.Paragraph(context.Console, text);
        context.Console.WriteLine();
    }
}

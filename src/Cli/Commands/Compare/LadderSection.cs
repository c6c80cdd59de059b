using MarginalConditional.Cli.Errors;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Output;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>The ladders of a comparison, each under the question it answers.</summary>
internal static class LadderSection
{
    private static readonly string[] Numbers = ["no", "one", "two", "three", "four", "five"];

    /// <summary>Writes a ladder for every question; under <c>--verbose</c> on every scale and for every weighting.</summary>
    /// <param name="context">Console and level.</param>
    /// <param name="ladder">The ladder.</param>
    /// <param name="words">What things are called.</param>
    /// <param name="subject">What it is about.</param>
    public static void Write(CommandContext context, EstimandLadder ladder, LadderWords words, LadderSubject subject)
    {
        foreach (var question in ladder.Rungs.Select(rung => rung.Question).Distinct())
        {
            var scales = ladder.Rungs.Where(rung => rung.Question == question).Select(rung => rung.Scale).Distinct().ToList();
            var first = scales.Contains(subject.Scale) ? subject.Scale : scales[0];
            foreach (var scale in context.Output.Verbose ? [first, .. scales.Where(scale => scale != first)] : new[] { first })
            {
                foreach (var weighting in subject.Weightings.Take(context.Output.Verbose ? subject.Weightings.Count : 1))
                {
                    Write(context, ladder, words, subject, question, scale, weighting);
                }
            }
        }
    }

    /// <summary>Writes the ladder of one question on one scale for one weighting, under its title.</summary>
    public static void Write(
        CommandContext context,
        EstimandLadder ladder,
        LadderWords words,
        LadderSubject subject,
        LadderQuestion question,
        string scale,
        ClusterWeighting weighting)
    {
        foreach (var line in PlainWrap.Lines(Title(ladder, question, scale, subject), context.Width, context.Width))
        {
            context.Console.Write(new Text(line + "\n", new Style(decoration: Decoration.Bold)));
        }

        context.Console.WriteLine();
        LadderTable.Write(context.Console, ladder, scale, weighting, question, words, context.Output.Level);
        context.Console.WriteLine();
    }

    private static string Title(EstimandLadder ladder, LadderQuestion question, string scale, LadderSubject subject)
    {
        var weighting = subject.Weightings[0];
        var answers = 1 + ladder.Steps.Count(step =>
            step.Scale == scale && step.Weighting == weighting && step.Question == question && !step.IsZeroByIdentity);
        var of = scale switch
        {
            "log odds ratio" => "the odds of ",
            "log cumulative odds ratio" => "the odds of a higher ",
            "difference of probits" or "difference of cloglogs" or "difference of loglogs" => "a higher ",
            "log risk ratio" or "risk difference" => "the risk of ",
            _ => "the mean of ",
        };
        var at = string.Concat(question.At.Select(pair => $", {pair.Variable} = {pair.Value}"));
        return $"Effect of {subject.Treatment} ({question.Treated} against {question.Control}) on {of}{subject.Response}{at}: one "
            + $"treatment, {Numbers[answers]} answer{(answers == 1 ? string.Empty : "s")}";
    }
}

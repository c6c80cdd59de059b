using System.Globalization;
using MarginalConditional.Cli.Errors;
using MarginalConditional.Compare.Choices;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Proposal;

/// <summary>Asks the five questions on a terminal; an answer that is wrong is asked for again.</summary>
internal sealed class EstimandPrompts
{
    private readonly IAnsiConsole console;
    private readonly Dictionary<string, string> given = new(StringComparer.Ordinal);

    private EstimandPrompts(IAnsiConsole console) => this.console = console;

    /// <summary>The answers by key, each checked.</summary>
    /// <param name="console">Where a person reads and types.</param>
    public static IReadOnlyDictionary<string, string> Ask(IAnsiConsole console)
    {
        var prompts = new EstimandPrompts(console);
        foreach (var group in ChoiceQuestions.All.GroupBy(question => question.Number))
        {
            var count = ChoiceQuestions.Titles.Count.ToString(CultureInfo.InvariantCulture);
            console.Write(new Text(
                $"\n{group.Key} of {count}. {ChoiceQuestions.Titles[group.Key - 1]}\n",
                new Style(decoration: Decoration.Bold)));
            foreach (var question in group)
            {
                prompts.Take(question);
            }
        }

        return prompts.given;
    }

    /// <summary>The answers as a file, a line each.</summary>
    public static string FileOf(IReadOnlyDictionary<string, string> answers) =>
        string.Concat(ChoiceQuestions.All.Where(question => answers.ContainsKey(question.Key))
            .Select(question => $"{question.Key}: {answers[question.Key]}\n"));

    private void Take(ChoiceQuestion question)
    {
        if (!question.Applies(given))
        {
            return;
        }

        var answers = question.Answers(given);
        if (answers.Count == 1)
        {
            given[question.Key] = answers[0].Name;
            return;
        }

        for (var k = 0; k < answers.Count; k++)
        {
            var lead = string.Create(CultureInfo.InvariantCulture, $"  {k + 1}  {answers[k].Name,-19}");
            PlainWrap.Beside(console, lead, answers[k].Words, console.Profile.Width);
        }

        var prompt = new TextPrompt<string>(Markup.Escape(question.Text))
            .Validate(text => question.Problem(Named(text, answers), given) is { } problem
                ? ValidationResult.Error(Markup.Escape(problem))
                : ValidationResult.Success());
        if (question.Default is { } usual)
        {
            prompt.DefaultValue(usual);
        }

        given[question.Key] = Named(console.Prompt(prompt), answers);
    }

    /// <summary>The answer that a number in the list stands for, or what was typed.</summary>
    private static string Named(string text, IReadOnlyList<(string Name, string Words)> answers)
    {
        text = text.Trim();
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place >= 1 && place <= answers.Count
            ? answers[place - 1].Name
            : text;
    }
}

using System.CommandLine;
using System.Globalization;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>The options about what the categories of an ordinal outcome are worth: scores, and which end wins.</summary>
internal sealed class ScoringOptions
{
    private readonly Option<string?> scores = new("--scores")
    {
        Description = "The scores of an ordinal outcome's categories, lowest first, such as 0,1,2,5; by default 1,2,\u2026.",
        HelpName = "NUMBERS",
    };

    private readonly Option<bool> lowerBetter = new("--lower-better")
    {
        Description = "The lower category of an ordinal outcome wins, for the win probability.",
    };

    /// <summary>The options in the order of the help.</summary>
    public Option[] All => [scores, lowerBetter];

    /// <summary>Whether the lower category wins.</summary>
    public bool LowerIsBetter(ParseResult parse) => parse.GetValue(lowerBetter);

    /// <summary>The scores asked for, lowest category first; empty for 1, 2, ….</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="categories">The outcome's categories.</param>
    /// <exception cref="InputException">They are not one number a category.</exception>
    public double[] Scores(ParseResult parse, IReadOnlyList<string> categories)
    {
        if (parse.GetValue(scores) is not { } text)
        {
            return [];
        }

        double[] numbers =
        [
            .. text.Split(',').Select(part =>
                double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN),
        ];
        return numbers.Length == categories.Count && numbers.All(double.IsFinite)
            ? numbers
            : throw new InputException($"--scores cannot read \"{text}\": every category needs one number.")
            {
                Hint = $"Give {categories.Count} numbers with commas between, for {string.Join(", ", categories)}.",
            };
    }
}

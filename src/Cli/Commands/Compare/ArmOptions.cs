using System.CommandLine;
using MarginalConditional.Cli.Options;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Data;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>The options that ask more of arms: free contrasts, every pair, margins, subgroups.</summary>
internal sealed class ArmOptions
{
    private readonly Option<string[]> contrast = new("--mean-contrast")
    {
        Description = "A contrast of the arms' standardized means, such as \"(A + B) / 2 - C\"; repeatable.",
        HelpName = "TEXT",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> pairs = new("--pairs") { Description = "Compare every pair of arms." };

    private readonly Option<string> scale = Choice.Option(
        "--scale", "What --mean-contrast and --pairs compare: means, or means transformed by the link.", "response", "link");

    private readonly Option<string[]> margin = new("--margin")
    {
        Description = "A margin of non-inferiority, such as \"risk-difference:-0.1\"; two of one scale for equivalence. Scales: "
            + string.Join(", ", EffectMargin.Names) + ".",
        HelpName = "SCALE:NUMBER",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<int> marginRung = new Option<int>("--margin-rung")
    {
        Description = "The rung of the ladder whose effect --margin tests; 3 (unconditional, whatever the model) by default.",
        HelpName = "RUNG",
        DefaultValueFactory = _ => 3,
    }.Require(number => number is >= 0 and <= 4, "has to be a rung, 0 to 4");

    private readonly Option<string?> by = new("--by")
    {
        Description = "The column of subgroups: the effect in each, and whether it differs.",
        HelpName = "COLUMN",
    };

    /// <summary>The options in the order of the help.</summary>
    public Option[] All => [contrast, pairs, scale, margin, marginRung, by];

    /// <summary>Those about means of arms, which ordered outcomes have not.</summary>
    public Option[] OfMeans => [contrast, pairs, scale];

    /// <summary>The column of subgroups; null for none.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="treatment">The column whose effect is compared.</param>
    /// <exception cref="InputException">They are the same column.</exception>
    public string? By(ParseResult parse, string treatment) => By(parse) is { } column && column == treatment
        ? throw new InputException($"--by is {column}, whose effect is compared: every subgroup would have one arm.")
        {
            Hint = "Name another column, or leave --by out.",
        }
        : By(parse);

    /// <summary>The column of subgroups.</summary>
    private string? By(ParseResult parse) => parse.GetValue(by);

    /// <summary>Adds the columns that the frame has to carry.</summary>
    public FrameRequest Apply(ParseResult parse, FrameRequest request) => By(parse) is { } column
        ? request with { AuxiliaryGroupings = [.. request.AuxiliaryGroupings.Where(name => name != column), column] }
        : request;

    /// <summary>Answers what was asked.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="arms">The standardized means, by fit and weighting.</param>
    /// <param name="ladder">The ladder of each arm.</param>
    /// <param name="higherIsBetter">Whether more of the outcome is better; null where nobody said so.</param>
    /// <param name="level">Of the intervals.</param>
    /// <param name="marginsOnly">Whether contrasts and pairs are left out.</param>
    /// <exception cref="InputException">A contrast or margin cannot be read, or there is nothing that it could be asked of.</exception>
    public ArmAnswers Answers(
        ParseResult parse, IReadOnlyList<ArmMeans> arms, EstimandLadder ladder, bool? higherIsBetter, double level,
        bool marginsOnly = false)
    {
        if (marginsOnly)
        {
            return new ArmAnswers([], [], Margins(parse, ladder, higherIsBetter, level));
        }

        var texts = parse.GetValue(contrast) ?? [];
        var onLink = parse.GetValue(scale) == "link";
        if (arms.Count == 0 && (texts.Length > 0 || parse.GetValue(pairs)))
        {
            throw new InputException("There are no standardized means of arms that could be compared.")
            {
                Hint = "Make the treatment a category with --factor, and see the notes on what is not estimable.",
            };
        }

        List<Contrast> contrasts = [.. texts.Select(text => Contrast(text, arms[0].Levels))];
        return new ArmAnswers(
            [.. contrasts.SelectMany(Of)],
            parse.GetValue(pairs) ? [.. arms[0].Pairs().SelectMany(Of)] : [],
            Margins(parse, ladder, higherIsBetter, level));

        IEnumerable<MeanContrast> Of(Contrast asked) =>
            arms.SelectMany(own => onLink ? [own.OnLink(asked)] : own.OnResponse(asked));
    }

    private static Contrast Contrast(string text, IReadOnlyList<string> levels) =>
        ArmMeans.TryParse(text, levels, out var contrast, out var problem)
            ? contrast
            : throw new InputException(problem)
            {
                Hint = $"Write --mean-contrast as a difference of arms, such as \"({levels[0]} + {levels[1]}) / 2 - {levels[^1]}\"; "
                    + "quote names that hold signs.",
            };

    /// <summary>Holds the ladder's effects against the margins asked for.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="ladder">The ladder of each arm.</param>
    /// <param name="higherIsBetter">Whether more of the outcome is better; null where nobody said so.</param>
    /// <param name="level">Of the intervals.</param>
    /// <exception cref="InputException">A margin cannot be read, or the ladder has no effect on its scale.</exception>
    public IReadOnlyList<MarginTest> Margins(ParseResult parse, EstimandLadder ladder, bool? higherIsBetter, double level)
    {
        var margins = new List<EffectMargin>();
        foreach (var text in parse.GetValue(margin) ?? [])
        {
            margins.Add(EffectMargin.TryParse(text, out var read, out var problem) && read is not null
                ? read
                : throw new InputException(problem)
                {
                    Hint = $"Write --margin as \"risk-difference:-0.1\". Scales: {string.Join(", ", EffectMargin.Names)}.",
                });
        }

        var rung = parse.GetValue(marginRung);
        var tests = MarginTest.Of(ladder, margins, higherIsBetter, rung, level);
        if (margins.Find(own => tests.All(test => test.Margin != own)) is { } untold)
        {
            List<string> scales =
            [
                .. ladder.Rungs.Where(own => own.Rung == rung).Select(own => EffectMargin.NameOf(own.Scale)).OfType<string>().Distinct(),
            ];
            throw new InputException($"--margin {untold.Name}: rung {rung} of the ladder has no such scale.")
            {
                Hint = scales.Count > 0 ? $"Its scales are {string.Join(", ", scales)}." : "Name another rung with --margin-rung.",
            };
        }

        return tests;
    }
}

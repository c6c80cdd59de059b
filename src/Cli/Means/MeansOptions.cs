using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MarginalConditional.Cli.Options;
using MarginalConditional.Data;
using MarginalConditional.Means;
using MarginalConditional.Means.Models;
using MarginalConditional.Statistics.Multiplicity;

namespace MarginalConditional.Cli.Means;

/// <summary>The options that ask for estimated means, the same for every fit.</summary>
/// <param name="ordinal">Whether the command fits ordered outcomes.</param>
internal sealed class MeansOptions(bool ordinal = true)
{
    private readonly Option<string?> means = new("--lsmeans")
    {
        Description = "Adds estimated marginal means of a variable's levels, or of combinations: arm or arm:visit.",
        HelpName = "NAME[:NAME]",
    };

    private readonly Option<string?> by = new("--by")
    {
        Description = "Compares means within each value of these variables.",
        HelpName = "NAME[:NAME]",
    };

    private readonly Option<string?> pairs = new("--pairs")
    {
        Description = "Compares means: every pair; reverse (B - A); \"vs LEVEL\", with a reference; or interaction, differences of "
            + "differences.",
        HelpName = "WHICH",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string[]> contrast = new("--mean-contrast")
    {
        Description = "A contrast of means by their names, such as \"(A + B) / 2 - C\"; repeatable.",
        HelpName = "TEXT",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> adjust = Choice.Optional(
        "--adjust",
        "How p values and intervals of comparisons allow for their number: by default tukey for all pairs, mvt (the largest |t| of the "
            + "joint distribution) with a reference, none for --mean-contrast.",
        [.. Adjustment.All.Select(adjustment => adjustment.Name)]);

    private readonly Option<bool> across = new("--across-by")
    {
        Description = "Takes the comparisons within all values of --by as one family.",
    };

    private readonly Option<string[]> at = new("--at")
    {
        Description = "Where a variable or the offset stands, such as age=40 or offset=0; several values, age=30,60, make a row each; "
            + "repeatable.",
        HelpName = "NAME=VALUES",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> weights = Choice.Option(
        "--mean-weights",
        "Weights of the factors that means average over.",
        [.. MeanWeighting.All.Select(weighting => weighting.Name)]);

    private readonly Option<string> scale = Choice.Option(
        "--scale",
        "Scale of the means: the link's, the response (of glmm averaged over the random effects), or the response of the median cluster.",
        [.. MeanScale.All.Select(one => one.Name)]);

    private readonly Option<string?> average = Choice.Optional(
        "--average",
        "What --scale response averages over the grid: predictors, whose average is then transformed (default of gee), or responses (of "
            + "glmm), whose differences are compared.",
        "predictors",
        "responses");

    private readonly Option<string?> meanOf = Choice.Optional(
        "--mean-of",
        "What --scale response shows of an ordinal outcome: the probability of each category (default), of at most each (cumulative), or "
            + "the mean score, 1, 2, \u2026.",
        [.. CategoryMean.All.Select(one => one.Name)]);

    private readonly Option<string?> slopes = new("--slopes")
    {
        Description = "Adds slopes in a covariate, at each row of --lsmeans.",
        HelpName = "NAME",
    };

    private readonly Option<bool> joint = new("--joint")
    {
        Description = "Adds a joint test of each term on the grid: differences of means, slopes of covariates.",
    };

    /// <summary>All of them.</summary>
    public Option[] All =>
    [
        means, by, pairs, contrast, adjust, across, at, weights, scale, .. ordinal ? [meanOf] : Array.Empty<Option>(), average, slopes,
        joint,
    ];

    /// <summary>The option that belongs to ordinal outcomes.</summary>
    public Option OfOrdinal => meanOf;

    /// <summary>Adds them under a heading of their own.</summary>
    public void AddTo(DocumentedCommand command)
    {
        command.AddGroup("Means", All);
        foreach (var option in new Option[] { by, at, weights, scale, average })
        {
            command.HasEffect(option, AsksForRows, "without means", "Add --lsmeans NAME or --slopes NAME, or leave it out.");
        }

        foreach (var option in new Option[] { pairs, contrast })
        {
            command.HasEffect(
                option, result => result.IsGiven(means), "without means to compare", "Add --lsmeans NAME, or leave it out.");
        }

        command.HasEffect(
            adjust, result => result.IsGiven(pairs) || result.IsGiven(contrast), "without comparisons of means",
            "Add --pairs or --mean-contrast, or leave it out.");
        command.HasEffect(
            across, result => result.IsGiven(by) || result.IsGiven(at), "without --by", "Add --by NAME, or leave it out.");
        command.HasEffect(
            average, result => result.GetValue(scale) is "response" or "median", "on the link scale",
            "Add --scale response, or leave it out.");
        if (ordinal)
        {
            command.HasEffect(
                meanOf, result => result.GetValue(scale) is "response" or "median", "on the link scale, where means are latent",
                "Add --scale response, or leave it out.");
        }
    }

    /// <summary>Refuses what means of ordinal outcomes do not have.</summary>
    /// <exception cref="InputException">It was given.</exception>
    public void RefuseBesideOrdinal(ParseResult parse)
    {
        if (parse.GetValue(average) == "predictors")
        {
            throw new InputException("--average predictors has no meaning for ordinal outcomes: probabilities are averaged over the grid.")
            {
                Hint = "Leave it out.",
            };
        }
    }

    /// <summary>Whether means, slopes or joint tests are asked for.</summary>
    public bool IsAsked(ParseResult parse) =>
        parse.GetValue(means) is not null || parse.GetValue(slopes) is not null || parse.GetValue(joint);

    /// <summary>Computes what was asked; null when nothing was.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="model">The fit.</param>
    /// <param name="level">The intervals' level.</param>
    /// <exception cref="InputException">Something asked for is not of the model.</exception>
    public EstimatedMeans? Of(ParseResult parse, Func<FittedModel> model, double level) =>
        IsAsked(parse) ? EstimatedMeans.Of(model(), Read(parse, level)) : null;

    private bool AsksForRows(CommandResult result) => result.IsGiven(means) || result.IsGiven(slopes) || result.IsGiven(joint);

    private MeansRequest Read(ParseResult parse, double level)
    {
        var values = (parse.GetValue(at) ?? []).Select(ReadAt).ToArray();
        var offset = values.FirstOrDefault(pair => pair.Variable == "offset");
        return new MeansRequest
        {
            Variables = Names(parse.GetValue(means)),
            By = Names(parse.GetValue(by)),
            At = [.. values.Where(pair => pair.Variable != "offset")],
            Offset = offset.Values is null ? null : Number(offset.Values),
            Weighting = MeanWeighting.TryParse(parse.GetValue(weights), out var weighting) ? weighting : MeanWeighting.Equal,
            Scale = MeanScale.TryParse(parse.GetValue(scale), out var shown) ? shown : MeanScale.Link,
            CategoryMean = CategoryMean.TryParse(parse.GetValue(meanOf), out var kind) ? kind : CategoryMean.Categories,
            AveragesResponses = parse.GetValue(average) is { } word ? word == "responses" : null,
            Pairs = parse.GetResult(pairs) is { Implicit: false } ? ReadPairs(parse.GetValue(pairs)) : null,
            Contrasts = parse.GetValue(contrast) ?? [],
            Adjustment = Adjustment.TryParse(parse.GetValue(adjust), out var adjustment) ? adjustment : null,
            AcrossBy = parse.GetValue(across),
            Slope = parse.GetValue(slopes),
            Joint = parse.GetValue(joint),
            Level = level,
        };
    }

    private static string[] Names(string? text) =>
        text?.Split(':', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static PairChoice ReadPairs(string? word) => word switch
    {
        null or "" or "all" => PairChoice.All,
        "reverse" => PairChoice.Reverse,
        "interaction" => PairChoice.Interaction,
        _ when word.StartsWith("vs ", StringComparison.Ordinal) && word.Length > 3 => PairChoice.Versus(word[3..].Trim()),
        _ => throw new InputException($"--pairs does not know \"{word}\".{Suggestion.Sentence(word, ["all", "reverse", "interaction"])}")
        {
            Hint = "It takes nothing, reverse, interaction, or \"vs LEVEL\" in quotes.",
        },
    };

    private static (string Variable, IReadOnlyList<string> Values) ReadAt(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        string[] values = equals < 1
            ? []
            : text[(equals + 1)..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return values.Length > 0
            ? (text[..equals].Trim(), values)
            : throw new InputException($"--at cannot read \"{text}\".") { Hint = "Write it as NAME=VALUE, such as age=40 or age=30,60." };
    }

    private static double Number(IReadOnlyList<string> values) =>
        values.Count == 1
        && double.TryParse(values[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : throw new InputException($"--at offset={string.Join(",", values)} is not one number.")
            {
                Hint = "Write --at offset=0 for rates per unit.",
            };
}

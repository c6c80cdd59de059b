using System.CommandLine;
using System.CommandLine.Parsing;
using MarginalConditional.Cli.Options;
using MarginalConditional.Data;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Regression;

namespace MarginalConditional.Cli.Commands.Meta;

/// <summary>The options of <c>meta</c> that let effects depend on moderators, and group several effects of a study.</summary>
internal sealed class ModeratorOptions
{
    private readonly Option<string?> moderators = new("--moderators")
    {
        Description = "Regression of the effects on columns of the studies, in R's notation: \"year + allocation\".",
        HelpName = "FORMULA",
    };

    private readonly Option<string?> random = new("--random")
    {
        Description = "Variances of true effects where a study has several: \"(1 | study/effect)\"; by REML or ML.",
        HelpName = "TERMS",
    };

    private readonly Option<bool> profile = new("--profile")
    {
        Description = "Intervals of the variances of --random by profile likelihood.",
    };

    private readonly Option<string?> cluster = new("--cluster")
    {
        Description = "Column of what effects belong together: robust standard errors (CR2) with Satterthwaite's degrees of freedom.",
        HelpName = "COLUMN",
    };

    private readonly Option<string[]> at = new("--at")
    {
        Description = "Mean effects at values of a moderator, such as year=1970,1990; repeatable. Others are at each level or their mean.",
        HelpName = "NAME=VALUES",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> reference = new("--reference")
    {
        Description = "A moderator's reference level, such as allocation=random; repeatable.",
        HelpName = "COLUMN=LEVEL",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> factor = new("--factor")
    {
        Description = "A numeric moderator to be treated as categories; repeatable.",
        HelpName = "COLUMN",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>All of them, for a group of the command's help.</summary>
    public Option[] All => [moderators, random, profile, cluster, at, reference, factor];

    /// <summary>Refuses what has no effect without moderators.</summary>
    public void RefuseIdle(Command command)
    {
        foreach (var option in new Option[] { at, reference, factor })
        {
            command.HasEffect(option, result => result.IsGiven(moderators), "without --moderators, whose columns it is about");
        }

        command.HasEffect(profile, result => result.IsGiven(random), "without --random, whose variances it is about");
    }

    /// <summary>Whether intervals of the variances are asked for.</summary>
    public bool WantsProfiles(ParseResult parse) => parse.GetValue(profile);

    /// <summary>Whether any of them is given.</summary>
    public bool IsAsked(SymbolResult result) => result.IsGiven(moderators) || result.IsGiven(random) || result.IsGiven(cluster);

    /// <summary>The right side of the formula: what is shown.</summary>
    public string Formula(ParseResult parse)
    {
        var text = parse.GetValue(moderators)?.Trim().TrimStart('~').Trim();
        var terms = parse.GetValue(random)?.Trim();
        if (terms is not null && !terms.Contains('|', StringComparison.Ordinal))
        {
            terms = $"(1 | {terms})";
        }

        return string.Join(" + ", new[] { string.IsNullOrEmpty(text) ? "1" : text, terms }.OfType<string>());
    }

    /// <summary>The values of <c>--at</c>.</summary>
    /// <exception cref="InputException">A value cannot be read.</exception>
    public IReadOnlyList<(string Variable, IReadOnlyList<string> Values)> At(ParseResult parse) =>
        [.. (parse.GetValue(at) ?? []).Select(text => Pair("--at", text, "year=1970,1990"))
            .Select(pair => (pair.Name, (IReadOnlyList<string>)pair.Value.Split(',', StringSplitOptions.TrimEntries)))];

    /// <summary>Reads the moderators of studies.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="data">The file.</param>
    /// <param name="studies">The studies read from it.</param>
    /// <exception cref="InputException">The formula or a column cannot be used.</exception>
    public ModeratedStudies Read(ParseResult parse, DataArguments data, StudyEffects studies)
    {
        Formula formula;
        try
        {
            formula = FormulaParser.Parse($"{ModeratedStudies.ResponseName} ~ {Formula(parse)}");
        }
        catch (InputException exception)
        {
            throw new InputException($"--moderators {Formula(parse)}: {exception.Message}", exception) { Hint = exception.Hint };
        }

        var group = parse.GetValue(cluster);
        var request = new FrameRequest
        {
            Formula = formula,
            Factors = parse.GetValue(factor) ?? [],
            References = (parse.GetValue(reference) ?? []).Select(text => Pair("--reference", text, "allocation=random"))
                .GroupBy(pair => pair.Name, StringComparer.Ordinal)
                .ToDictionary(pairs => pairs.Key, pairs => pairs.Last().Value, StringComparer.Ordinal),
        };
        string[] columns =
        [
            .. request.Columns.Where(name => name != ModeratedStudies.ResponseName)
                .Concat(group is null ? [] : GroupingName.Columns(group)).Distinct(StringComparer.Ordinal),
        ];
        var reading = data.Reading with { Columns = columns, Factors = request.Factors };
        return ModeratedStudies.Of(studies, data.Read(reading), request, group);
    }

    private static (string Name, string Value) Pair(string option, string text, string example)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && equals < text.Length - 1
            ? (text[..equals].Trim(), text[(equals + 1)..].Trim())
            : throw new InputException($"{option} cannot read \"{text}\".") { Hint = $"Write it as NAME=VALUE, such as {example}." };
    }
}

using System.CommandLine;
using MarginalConditional.Data;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Cli.Options;

/// <summary>The arguments and options that every fit takes, and how they read into one record.</summary>
/// <param name="kinds">The pictures that the command can draw; null for a command without pictures and report.</param>
/// <param name="broom">Whether its CSV can have the columns of R's broom.</param>
/// <param name="mixtures">The distributions beside the families that the command knows.</param>
internal sealed class CommonFitOptions(IReadOnlyList<PictureKind>? kinds = null, bool broom = false, IReadOnlyList<string>? mixtures = null)
{
    private readonly Argument<string> formula = new("FORMULA")
    {
        Description = "The model in R's notation, in quotes: \"y ~ treatment * time\".",
    };
    private readonly FamilyOption family = new(mixtures ?? []);
    private readonly Option<string?> link = Choice.Optional(
        "--link",
        "Link function; by default the family's own.",
        [.. Link.Names, .. CumulativeLink.Names.Except(Link.Names)]);
    private readonly Option<string?> weights = new("--weights") { Description = "A column of prior weights.", HelpName = "COLUMN" };
    private readonly Option<string?> offset = new("--offset")
    {
        Description = "A column added to the linear predictor, or an expression such as \"log(time)\".",
        HelpName = "COLUMN",
    };
    private readonly Option<string?> trials = new("--trials")
    {
        Description = "A column of numbers of trials, for an outcome that counts events.",
        HelpName = "COLUMN",
    };
    private readonly Option<string?> level = new("--event")
    {
        Description = "The level of a two-level outcome that counts as 1; TRUE and FALSE need none.",
        HelpName = "LEVEL",
    };
    private readonly Option<string[]> reference = Many(
        "--reference",
        "A factor's reference level, such as treatment=placebo; repeatable.",
        "COLUMN=LEVEL");
    private readonly Option<string[]> factor = Many("--factor", "A numeric column to be treated as categories; repeatable.", "COLUMN");
    private readonly Option<string[]> order = Many(
        "--order",
        "The order of a text column's levels, such as \"visit=Baseline,Week 2,Week 12\"; repeatable.",
        "COLUMN=LEVELS");
    private readonly Option<string[]> where = Many(
        "--where",
        "The rows to use, such as \"visit != 'Screening'\"; repeatable: rows have to meet all.",
        "CONDITION");
    private readonly Option<bool> strict = new("--strict")
    {
        Description = "Refuse columns that the data cannot tell apart, instead of leaving them out and naming them.",
    };
    private readonly Option<string[]> contrast = Many(
        "--contrast",
        "A difference or sum of coefficients, such as \"treatmentB - treatmentA\"; repeatable.",
        "TEXT");

    /// <summary>The option <c>--contrast</c>.</summary>
    public Option Contrast => contrast;

    /// <summary>The data file and how to read it.</summary>
    public DataOptions Data { get; } = new();

    /// <summary>Format, file, level and so on.</summary>
    public OutputOptions Output { get; } = new(kinds, broom);

    /// <summary>
    /// Adds the arguments <c>DATA.csv FORMULA</c> and all common options. Call it after the command's own options were added.
    /// </summary>
    /// <param name="command">The command.</param>
    /// <param name="defaultFamily">The family when none is given; <c>gaussian</c> for
    /// a linear model, where <c>--family</c> and <c>--link</c> are left out.</param>
    public void AddTo(DocumentedCommand command, string defaultFamily = "binomial")
    {
        command.Arguments.Add(Data.Path);
        command.Arguments.Add(formula);
        family.Default = defaultFamily;
        Option[] distribution = defaultFamily == "gaussian" ? [] : [family.Option, link, trials, level];
        command.AddGroup("Model", [.. distribution, weights, offset, reference, factor, order, where, strict, contrast]);
        Data.AddTo(command);
        Output.AddTo(command);
    }

    /// <summary>
    /// Adds the same for a command that needs no file and takes models of binary outcomes only. Its result is no table, so that it has no
    /// options of output.
    /// </summary>
    public void AddOptionalTo(DocumentedCommand command)
    {
        (Data.Path.Arity, formula.Arity) = (ArgumentArity.ZeroOrOne, ArgumentArity.ZeroOrOne);
        command.Arguments.Add(Data.Path);
        command.Arguments.Add(formula);
        family.Default = "binomial";
        Option[] others = [.. command.Options];
        command.AddGroup("Model", [trials, level, weights, offset, reference, factor, order, where, strict]);
        Data.AddTo(command);
        foreach (var option in command.Options.Except(others).ToArray())
        {
            command.HasEffect(
                option, result => result.GetValue(Data.Path) is not null, "without a file", "Name a file and a formula first.");
        }

        command.Check(result =>
        {
            if (result.GetValue(Data.Path) is not null && result.GetValue(formula) is null)
            {
                result.AddError("The formula is missing.\nWrite it after the file, in quotes: \"y ~ treatment\".");
            }
        });
    }

    /// <summary>Takes <c>--family ordinal</c>: the command reads <see cref="FitArguments.Ordinal"/>.</summary>
    public CommonFitOptions TakeOrdinal()
    {
        family.TakeOrdinal();
        return this;
    }

    private Formula Formula(ParseResult parse)
    {
        var (text, file) = (parse.GetRequiredValue(formula), parse.GetValue(Data.Path) ?? string.Empty);
        return file.Contains('~', StringComparison.Ordinal) && !text.Contains('~', StringComparison.Ordinal)
            ? throw new InputException($"The file comes before the formula, and \"{Suggestion.Short(file)}\" is a formula.")
            {
                Hint = $"Write {Suggestion.Short(text)} \"{Suggestion.Short(file)}\".",
            }
            : FormulaParser.Parse(text);
    }

    /// <summary>What the user asked for.</summary>
    /// <exception cref="InputException">The formula or a reference level cannot be read.</exception>
    public FitArguments Read(ParseResult parse)
    {
        var distribution = family.Read(parse);
        var chosen = distribution.Family;
        var ordinal = Cumulative(parse);
        var function = ordinal?.Marginal ?? (Link.TryParse(parse.GetValue(link), out var asked) ? asked : chosen.DefaultLink);
        return new FitArguments
        {
            Data = Data.Read(parse),
            Family = chosen,
            EstimatesTheta = distribution.EstimatesTheta,
            IsBetaBinomial = distribution.IsBeta,
            IsZeroInflated = distribution.IsInflated,
            Link = function,
            Ordinal = ordinal,
            Contrasts = parse.GetValue(contrast) ?? [],
            Request = new FrameRequest
            {
                Formula = Formula(parse),
                Weights = parse.GetValue(weights),
                Offset = parse.GetValue(offset),
                Trials = parse.GetValue(trials),
                RefuseAliased = parse.GetValue(strict),
                Event = parse.GetValue(level),
                HasOrderedOutcome = ordinal is not null,
                Ratio = Ratio(chosen),
                HasLogLink = function == Link.Log,
                References = References(parse.GetValue(reference) ?? []),
                Factors = parse.GetValue(factor) ?? [],
                Where = [.. (parse.GetValue(where) ?? []).Select(FormulaParser.ParseCondition)],
                Orders = LevelOrder.Read(parse.GetValue(order) ?? []),
            },
        };
    }

    /// <summary>The link of a cumulative model, null for other families; a link that the outcome cannot have is refused.</summary>
    private CumulativeLink? Cumulative(ParseResult parse)
    {
        var name = parse.GetValue(link);
        if (family.IsOrdinal(parse))
        {
            return CumulativeLink.TryParse(name ?? CumulativeLink.Logit.Name, out var cumulative)
                ? cumulative
                : throw new InputException($"The {name} link does not suit an ordinal outcome, whose probabilities add up to 1.")
                {
                    Hint = $"Choose one of: {string.Join(", ", CumulativeLink.Names)}.",
                };
        }

        return name is null || Link.TryParse(name, out _)
            ? null
            : throw new InputException($"The {name} link is for ordinal outcomes.")
            {
                Hint = "Add --family ordinal, or take another link.",
            };
    }

    /// <summary>Binomial outcomes are proportions, counts are rates, all others are numbers.</summary>
    private static RatioMeaning Ratio(Family family) =>
        family == Family.Binomial ? RatioMeaning.Proportion
        : family == Family.Poisson || family is Family.NegativeBinomialFamily ? RatioMeaning.Rate
        : RatioMeaning.Quotient;

    private static Dictionary<string, string> References(string[] pairs)
    {
        var levels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || equals == pair.Length - 1)
            {
                throw new InputException($"--reference cannot read \"{pair}\".")
                {
                    Hint = "Write it as COLUMN=LEVEL, such as treatment=placebo.",
                };
            }

            levels[pair[..equals]] = pair[(equals + 1)..];
        }

        return levels;
    }

    private static Option<string[]> Many(string name, string description, string value) =>
        new(name) { Description = description, HelpName = value, Arity = ArgumentArity.OneOrMore };
}

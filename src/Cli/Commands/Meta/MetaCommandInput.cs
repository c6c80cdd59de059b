using System.CommandLine;
using System.CommandLine.Parsing;
using MarginalConditional.Cli.Options;
using MarginalConditional.Data;
using MarginalConditional.Data.Tables;
using MarginalConditional.Meta.Effects;

namespace MarginalConditional.Cli.Commands.Meta;

/// <summary>The options of <c>meta</c> that say where the studies' numbers stand, and how they are read.</summary>
internal sealed class MetaCommandInput
{
    private static readonly string[] UsualLabels = ["study", "label", "slab", "author", "trial"];

    private readonly Option<string?> measure = Choice.Optional(
        "--measure",
        "What is compared: odds ratio, risk ratio, risk difference, incidence rate ratio, rate difference, mean difference, Hedges' g; "
            + "or of one arm: proportion by logit (PLO), arcsine (PAS), double arcsine (PFT), log (PLN) or as it is (PR), rate by log "
            + "(IRLN), square root (IRS, IRFT) or as it is (IR).",
        [.. StudyMeasure.All.Select(m => m.Code)]);
    private readonly Option<string?> treatment = new("--treat")
    {
        Description = "Columns of the treated arm: EVENTS,NONEVENTS or EVENTS/TOTAL or EVENTS,TIME or MEAN,SD,N.",
        HelpName = "COLUMNS",
    };
    private readonly Option<string?> control = new("--control")
    {
        Description = "Columns of the control arm, in the same order.",
        HelpName = "COLUMNS",
    };
    private readonly Option<string?> arm = new("--arm")
    {
        Description = "Columns of studies with one arm: EVENTS,NONEVENTS or EVENTS/TOTAL, or EVENTS,TIME of rates.",
        HelpName = "COLUMNS",
    };

    private readonly Option<string?> estimate = new("--yi")
    {
        Description = "Column of effects computed already (logarithms of ratios).",
        HelpName = "COLUMN",
    };
    private readonly Option<string?> variance = new("--vi") { Description = "Column of their sampling variances.", HelpName = "COLUMN" };
    private readonly Option<string?> standardError = new("--sei")
    {
        Description = "Column of their standard errors, in place of --vi.",
        HelpName = "COLUMN",
    };
    private readonly Option<string?> label = new("--label")
    {
        Description = "Columns that name a study, such as author,year; by default a "
        + "column named study, label, slab, author or trial, else the row's number.",
        HelpName = "COLUMNS"
    };
    private readonly Option<string> zeroCells = Choice.Option(
        "--zero-cells",
        "Tables that get --add: those with a zero, all, all if one has a zero, none.",
        [.. ZeroCellRule.All.Select(rule => rule.Code)]);
    private readonly Option<double> addition = new Option<double>("--add")
    {
        Description = "Added to every cell of these tables.",
        HelpName = "X",
        DefaultValueFactory = _ => 0.5,
    }
        .Require(constant => constant is >= 0 and < double.PositiveInfinity, "has to be 0 or more, such as 0.5");
    private readonly Option<bool> dropDoubleZero = new("--drop-double-zero")
    {
        Description = "Leave out studies with no event (or nothing but events) in both arms.",
    };

    /// <summary>The data file and how to read it.</summary>
    public DataOptions Data { get; } = new();

    /// <summary>Adds the data argument and the options of the studies.</summary>
    public void AddTo(DocumentedCommand command)
    {
        command.Arguments.Add(Data.Path);
        command.AddGroup("Studies", measure, treatment, control, arm, estimate, variance, standardError, label);
        command.AddGroup("Zero counts", zeroCells, addition, dropDoubleZero);
    }

    /// <summary>Refuses the rules for zero cells where there are no cells, or none that get anything.</summary>
    /// <param name="command">The command.</param>
    /// <param name="isExact">Whether the exact model is asked for, which needs no rule.</param>
    public void RefuseIdle(Command command, Func<CommandResult, bool> isExact)
    {
        foreach (var option in new Option[] { zeroCells, addition, dropDoubleZero })
        {
            command.HasEffect(
                option,
                result => result.GetValue(estimate) is null && !HasNoZeros(result.GetValue(measure)) && !isExact(result),
                "on studies without zero cells to correct: it belongs to --measure OR, RR, RD, IRR, IRD, PLO, PLN, PR, IRLN or IR");
        }

        command.HasEffect(addition, result => result.GetValue(zeroCells) != "none", "with --zero-cells none");
    }

    private static bool HasNoZeros(string? code) => StudyMeasure.All.FirstOrDefault(one => one.Code == code)
        is StudyMeasure.SummaryMeasure or StudyMeasure.ArmMeasure { NeedsCorrection: false };

    /// <summary>Reads the studies and computes their effects.</summary>
    /// <exception cref="InputException">The options contradict each other, or the data cannot be used.</exception>
    public StudyEffects ReadStudies(ParseResult parse)
    {
        if (parse.GetValue(estimate) is { } effects)
        {
            return ReadEffects(parse, effects);
        }

        if (parse.GetValue(variance) is not null || parse.GetValue(standardError) is not null)
        {
            throw new InputException("--vi and --sei belong to --yi, which is missing.")
            {
                Hint = "Say --yi EFFECT --vi VARIANCE, or give the arms by --measure, --treat and --control.",
            };
        }

        return Measure(parse) switch
        {
            StudyMeasure.CountMeasure counts => ReadCounts(parse).Effects(counts, Zeros(parse)),
            StudyMeasure.RateMeasure rates => ReadRates(parse).Effects(rates, Zeros(parse)),
            StudyMeasure.SummaryMeasure summaries => ReadSummaries(parse, summaries),
            StudyMeasure.ArmMeasure one => ReadArms(parse, one).Effects(one, Zeros(parse)),
            _ => throw new InputException("It is not said where the studies' numbers stand.")
            {
                Hint = "Give counts (--measure RR --treat EVENTS,NONEVENTS --control EVENTS,NONEVENTS), means (--measure SMD --treat "
                    + "MEAN,SD,N --control MEAN,SD,N), or effects (--yi EFFECT --vi VARIANCE).",
            },
        };
    }

    /// <summary>The measure; that of given effects where none is named.</summary>
    public StudyMeasure MeasureOf(ParseResult parse) => Measure(parse);

    /// <summary>Reads studies of one arm for the exact model, which has logits of proportions, or logarithms of rates.</summary>
    /// <exception cref="InputException">Another transformation is asked for.</exception>
    public StudyArms ReadExactArms(ParseResult parse, StudyMeasure.ArmMeasure wanted) =>
        wanted == StudyMeasure.LogitProportion || wanted == StudyMeasure.LogRate
            ? ReadArms(parse, wanted)
            : throw new InputException("The exact model of one arm has logits of proportions, or logarithms of rates.")
            {
                Hint = $"Say --measure {(wanted.IsRate ? "IRLN" : "PLO")}.",
            };

    /// <summary>Whether the exact model is one of rates; it is one of odds otherwise.</summary>
    /// <exception cref="InputException">Neither is asked for.</exception>
    public bool IsExactOfRates(ParseResult parse)
    {
        var wanted = Measure(parse);
        return parse.GetValue(estimate) is null && (wanted == StudyMeasure.OddsRatio || wanted == StudyMeasure.RateRatio)
            ? wanted == StudyMeasure.RateRatio
            : throw new InputException(
                "The exact model combines odds ratios from the counts of both arms, or rate ratios from their events and person-time.")
            {
                Hint = "Say --measure OR --treat EVENTS,NONEVENTS --control EVENTS,NONEVENTS, or --measure IRR --treat EVENTS,TIME "
                    + "--control EVENTS,TIME.",
            };
    }

    /// <summary>Reads events and person-time of the arms.</summary>
    public StudyRates ReadRates(ParseResult parse)
    {
        string[] treated = Arm(parse, treatment, 2, "EVENTS,TIME"), controls = Arm(parse, control, 2, "EVENTS,TIME");
        var (data, labels) = Table(parse, [.. treated, .. controls]);
        return StudyRates.Read(data, (treated[0], treated[1]), (controls[0], controls[1]), labels);
    }

    /// <summary>Reads events and non-events of the arms.</summary>
    public StudyCounts ReadCounts(ParseResult parse)
    {
        const string pattern = "EVENTS,NONEVENTS (or EVENTS/TOTAL)";
        string[] treated = Arm(parse, treatment, 2, pattern), controls = Arm(parse, control, 2, pattern);
        var (data, labels) = Table(parse, [.. treated, .. controls]);
        return StudyCounts.Read(
            data, (treated[0], treated[1]), (controls[0], controls[1]), labels, GivesTotal(parse, treatment), GivesTotal(parse, control));
    }

    /// <summary>The counts of the arms, where the effects are made of counts; null where they are not.</summary>
    public StudyCounts? CountsIfAny(ParseResult parse) =>
        parse.GetValue(estimate) is null && Measure(parse) is StudyMeasure.CountMeasure ? ReadCounts(parse) : null;

    private StudyArms ReadArms(ParseResult parse, StudyMeasure.ArmMeasure wanted)
    {
        if (parse.GetValue(treatment) is not null || parse.GetValue(control) is not null)
        {
            throw new InputException($"--measure {wanted.Code} is of one arm, so --treat and --control have no place.")
            {
                Hint = $"Say --arm {(wanted.IsRate ? "EVENTS,TIME" : "EVENTS,NONEVENTS or --arm EVENTS/TOTAL")}.",
            };
        }

        var columns = Arm(parse, arm, 2, wanted.IsRate ? "EVENTS,TIME" : "EVENTS,NONEVENTS (or EVENTS/TOTAL)");
        var (data, labels) = Table(parse, columns);
        return StudyArms.Read(data, columns[0], columns[1], GivesTotal(parse, arm), wanted.IsRate, labels);
    }

    private StudyEffects ReadSummaries(ParseResult parse, StudyMeasure.SummaryMeasure summaries)
    {
        string[] treated = Arm(parse, treatment, 3, "MEAN,SD,N"), controls = Arm(parse, control, 3, "MEAN,SD,N");
        var (data, labels) = Table(parse, [.. treated, .. controls]);
        return TrialTable.ReadSummaries(
            data,
            (treated[0], treated[1], treated[2]),
            (controls[0], controls[1], controls[2]),
            summaries,
            labels);
    }

    private StudyEffects ReadEffects(ParseResult parse, string effects)
    {
        if (parse.GetValue(treatment) is not null || parse.GetValue(control) is not null || parse.GetValue(arm) is not null)
        {
            throw new InputException("--yi gives effects computed already, so --treat, --control and --arm have no place.");
        }

        var (spread, isStandardError) = (parse.GetValue(variance), parse.GetValue(standardError)) switch
        {
            ({ } v, null) => (v, false),
            (null, { } s) => (s, true),
            (null, null) => throw new InputException("--yi needs the studies' sampling variances or standard errors.")
            {
                Hint = "Add --vi COLUMN, or --sei COLUMN.",
            },
            _ => throw new InputException("--vi and --sei are both given; one of them is enough."),
        };
        var (data, labels) = Table(parse, [effects, spread]);
        return TrialTable.ReadEffects(data, effects, spread, isStandardError, Measure(parse), labels);
    }

    /// <summary>Whether an arm is written EVENTS/TOTAL.</summary>
    private static bool GivesTotal(ParseResult parse, Option<string?> option) =>
        parse.GetValue(option) is { } text && text.Contains('/', StringComparison.Ordinal) && !text.Contains(',', StringComparison.Ordinal);

    private StudyMeasure Measure(ParseResult parse) =>
        StudyMeasure.All.SingleOrDefault(m => m.Code == parse.GetValue(measure)) ?? StudyMeasure.Given;

    private ZeroCells Zeros(ParseResult parse) => new()
    {
        Rule = ZeroCellRule.All.Single(rule => rule.Code == parse.GetValue(zeroCells)),
        Addition = parse.GetValue(addition),
        DropDoubleZero = parse.GetValue(dropDoubleZero),
    };

    private string[] Arm(ParseResult parse, Option<string?> option, int count, string pattern)
    {
        var total = pattern.Contains('/', StringComparison.Ordinal) && GivesTotal(parse, option);
        var columns = parse.GetValue(option)?.Split(total ? '/' : ',', StringSplitOptions.TrimEntries) ?? throw new InputException(
            option == arm
                ? $"--measure {parse.GetValue(measure)} needs --arm, which is missing."
                : $"--measure {parse.GetValue(measure)} needs both --treat and --control, and {option.Name} is missing.")
        {
            Hint = $"Say {option.Name} {pattern}, with the names of the columns.",
        };
        return columns.Length == count && !columns.Any(string.IsNullOrEmpty) ? columns : throw new InputException($"{option.Name} names "
            + $"{columns.Length} {(columns.Length == 1 ? "column" : "columns")}, but --measure {parse.GetValue(measure)} needs {count}.")
        {
            Hint = $"Say {option.Name} {pattern}, with the names of the columns.",
        };
    }

    private (Dataset Data, string[] Labels) Table(ParseResult parse, string[] columns)
    {
        var arguments = Data.Read(parse);
        var labels = parse.GetValue(label)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            ?? UsualLabel(arguments, columns);
        var text = labels.Except(columns, StringComparer.Ordinal).ToArray();
        return (arguments.Read(arguments.Reading with { Columns = [.. columns, .. text], Factors = text }), labels);
    }

    private static string[] UsualLabel(DataArguments arguments, string[] columns)
    {
        var header = arguments.Read(arguments.Reading with { Columns = [] }).Header;
        var found = UsualLabels.Select(usual => header.FirstOrDefault(name => string.Equals(
            name,
            usual,
            StringComparison.OrdinalIgnoreCase))).FirstOrDefault(name => name is not null);
        return found is null || columns.Contains(found, StringComparer.Ordinal) ? [] : [found];
    }
}

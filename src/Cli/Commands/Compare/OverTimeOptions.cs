using System.CommandLine;
using MarginalConditional.Compare;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Longitudinal;
using MarginalConditional.Data;
using MarginalConditional.Data.Formulas;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>The options of trials by cluster over time.</summary>
internal sealed class OverTimeOptions
{
    private readonly Option<string?> period = new("--period")
    {
        Description = "The column of periods of a stepped wedge or crossover trial: arms are compared within them.",
        HelpName = "COLUMN",
    };

    private readonly Option<string?> between = new("--between")
    {
        Description = "Two times, such as 0,12 or month=0,12: the ladder of how the effect changes between them.",
        HelpName = "FROM,TO",
    };

    private readonly Option<string?> exposure = new("--exposure")
    {
        Description = "The column of times since a cluster began treatment, 0 before: the effect at each, and their average.",
        HelpName = "COLUMN",
    };

    /// <summary>The options in the order of the help.</summary>
    public Option[] All => [between, period, exposure];

    /// <summary>Refuses averages over periods, which are of means, for ordered outcomes.</summary>
    public void RefusePeriods(ParseResult parse)
    {
        if (parse.GetValue(period) is { } column)
        {
            throw new InputException("--period averages means of clusters and periods, and an ordered outcome has none.")
            {
                Hint = $"Adjust for factor({column}) in the formula, ask at one by --at {column}=VALUE, or compare scores as numbers: "
                    + "--family gaussian with --period.",
            };
        }
    }

    /// <summary>The column of times since a cluster began treatment; null for none.</summary>
    public string? Exposure(ParseResult parse) => parse.GetValue(exposure);

    /// <summary>The two times between which the change of an effect is asked for; null where it is not.</summary>
    public TimeChange? Between(ParseResult parse) => parse.GetValue(between) is { } text ? Change(text) : null;

    /// <summary>Refuses what a trial without visits cannot answer.</summary>
    public void RefusePersons(ParseResult parse)
    {
        foreach (var option in All.Where(option => parse.GetResult(option) is { Implicit: false }))
        {
            throw new InputException($"{option.Name} needs clusters or persons that are seen several times, and here each row is a person.")
            {
                Hint = option == between
                    ? "Name the column that says which rows belong together by --cluster; an effect at one value is asked by --at."
                    : "Name the column that says which rows belong together by --cluster, or leave it out.",
            };
        }
    }

    /// <summary>Adds the columns that the frame has to carry.</summary>
    public FrameRequest Apply(ParseResult parse, FrameRequest request) => parse.GetValue(period) is { } column
        ? request with { AuxiliaryGroupings = [.. request.AuxiliaryGroupings.Where(name => name != column), column] }
        : request;

    /// <summary>The comparison's options with what was asked for.</summary>
    public ComparisonOptions Apply(ParseResult parse, ComparisonOptions options)
    {
        if (parse.GetValue(period) is not null && options.Probabilities.Count > 0)
        {
            throw new InputException("--probability is one number for the whole trial, and with --period it differs between periods.")
            {
                Hint = "Leave --probability out: within periods the observed shares of the arms stand for it.",
            };
        }

        return options with
        {
            Period = parse.GetValue(period),
            Exposure = parse.GetValue(exposure),
            Between = Between(parse),
        };
    }

    private static TimeChange Change(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var values = text[(equals + 1)..].Split(',', StringSplitOptions.TrimEntries);
        return values is [{ Length: > 0 } from, { Length: > 0 } to] && from != to && equals != 0
            ? new TimeChange(equals < 0 ? null : text[..equals], from, to)
            : throw new InputException($"--between cannot read \"{text}\": it needs two different times.")
            {
                Hint = "Write it as 0,12, or with the column as month=0,12.",
            };
    }
}

using System.CommandLine;
using MarginalConditional.Compare;
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

    private readonly Option<string?> exposure = new("--exposure")
    {
        Description = "The column of times since a cluster began treatment, 0 before: the effect at each, and their average.",
        HelpName = "COLUMN",
    };

    /// <summary>The options in the order of the help.</summary>
    public Option[] All => [period, exposure];

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

        return options with { Period = parse.GetValue(period), Exposure = parse.GetValue(exposure) };
    }
}

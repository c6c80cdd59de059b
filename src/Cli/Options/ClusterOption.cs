using System.CommandLine;
using System.CommandLine.Parsing;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Options;

/// <summary><c>--cluster</c>, given once or, for robust standard errors over two ways of clustering, twice.</summary>
internal sealed class ClusterOption
{
    private readonly Option<string[]> columns;
    private readonly Option<string> factor = Choice.Optional(
        "--cluster-factor",
        "With two ways of clustering, what each of their sums is multiplied by for few clusters: nothing, G / (G - 1) of its own clusters, "
            + "or that of the smaller number of the two.",
        [.. WayFactor.All.Select(choice => choice.Name)])!;

    /// <summary>Creates the options.</summary>
    /// <param name="description">What the first column is.</param>
    /// <param name="required">Whether there has to be one.</param>
    public ClusterOption(string description, bool required)
    {
        columns = new Option<string[]>("--cluster")
        {
            Description = description + " Given twice: two ways of clustering, for robust standard errors.",
            HelpName = "COLUMN",
            Required = required,
            Arity = required ? ArgumentArity.OneOrMore : ArgumentArity.ZeroOrMore,
        };
        columns.Validators.Add(result =>
        {
            var names = result.Tokens.Select(token => token.Value).ToArray();
            if (names.Length > 2)
            {
                result.AddError("--cluster is given more than twice: standard errors allow for two ways of clustering.");
            }
            else if (names.Length == 2 && names[0] == names[1])
            {
                result.AddError($"--cluster {names[0]} is given twice.\nLeave one of them out, or name another column.");
            }
        });
    }

    /// <summary>All of them.</summary>
    public Option[] All => [columns, factor];

    /// <summary>The column of clusters; null without one.</summary>
    public string? First(ParseResult parse) => parse.GetValue(columns) is [var first, ..] ? first : null;

    /// <summary>The second way; null without one.</summary>
    public string? Second(ParseResult parse) => parse.GetValue(columns) is [_, var second, ..] ? second : null;

    /// <summary>The ways that were named: none, one or two.</summary>
    public IReadOnlyList<string> Ways(ParseResult parse) => parse.GetValue(columns) ?? [];

    /// <summary>Whether two ways were named.</summary>
    public bool HasTwo(CommandResult result) => result.GetValue(columns) is { Length: > 1 };

    /// <summary>The second way as a grouping that a frame is asked for.</summary>
    public IReadOnlyList<string> Groupings(ParseResult parse) => Second(parse) is { } second ? [second] : [];

    /// <summary>The factor for few clusters.</summary>
    public WayFactor Factor(ParseResult parse) => WayFactor.TryParse(parse.GetValue(factor), out var chosen) ? chosen : WayFactor.None;

    /// <summary>Refuses the factor without two ways, and options beside two ways.</summary>
    /// <param name="command">The command.</param>
    /// <param name="robust">What says that standard errors are robust.</param>
    /// <param name="others">What goes with one way only.</param>
    public void RefuseIdle(DocumentedCommand command, (Func<CommandResult, bool> Holds, string Otherwise) robust, params Option[] others)
    {
        command.HasEffect(factor, HasTwo, "without a second --cluster", "Name a second column by --cluster, or leave it out.");
        command.Check(result =>
        {
            if (HasTwo(result) && !robust.Holds(result))
            {
                result.AddError(robust.Otherwise);
            }
        });
        foreach (var other in others)
        {
            command.Check(result =>
            {
                if (HasTwo(result) && result.IsGiven(other))
                {
                    result.AddError($"{other.Name} does not go with two ways of clustering, which give standard errors alone.\n"
                        + "Leave one of the two out.");
                }
            });
        }
    }

    /// <summary>Refuses a second way with one value.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="frame">The frame that was asked for it.</param>
    /// <exception cref="InputException">It has one value.</exception>
    public void Require(ParseResult parse, ModelFrame frame)
    {
        if (Second(parse) is { } second && frame.Auxiliary(second) is FactorColumn { Levels.Count: 1 } column)
        {
            throw new InputException($"Every row used belongs to the same cluster: {second} is {column.Levels[0]} throughout.")
            {
                Hint = "Leave out the second --cluster.",
            };
        }
    }
}

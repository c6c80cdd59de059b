using System.CommandLine;
using MarginalConditional.Cli.Options;
using MarginalConditional.Compare;
using MarginalConditional.Compare.Dials;
using MarginalConditional.Compare.Estimands;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>The option that turns assumptions until the conclusion turns.</summary>
internal sealed class DialOptions
{
    private readonly Option<string[]> dial = Choice.Many(
        "--dial",
        "How far an assumption must fail before the conclusion turns: outcomes after dropout, effects that go with size, the law of the "
            + "effects.",
        [.. Dial.All.Select(choice => choice.Name)]);

    /// <summary>The option itself.</summary>
    public Option Option => dial;

    /// <summary>The comparison's options with the dials asked for.</summary>
    public ComparisonOptions Apply(ParseResult parse, ComparisonOptions options)
    {
        var names = parse.GetValue(dial) ?? [];
        return options with { Dials = [.. Dial.All.Where(choice => names.Contains(choice.Name))] };
    }
}

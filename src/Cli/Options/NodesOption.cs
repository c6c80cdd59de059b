using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Quadrature;

namespace MarginalConditional.Cli.Options;

/// <summary><c>--nodes</c> of the commands that fit a mixed model by quadrature: a number, or <c>auto</c>.</summary>
internal sealed class NodesOption
{
    private const string Automatic = "auto";
    private readonly int defaultNodes;
    private readonly bool raises;

    /// <summary>Creates the option for one command.</summary>
    /// <param name="defaultNodes">Nodes when the option is not given; 0 leaves it to the fitter.</param>
    /// <param name="defaultText">The default in words, for the help.</param>
    /// <param name="raises">Whether more are used when the default ones are too few.</param>
    public NodesOption(int defaultNodes, string defaultText, bool raises = false)
    {
        this.raises = raises;
        this.defaultNodes = defaultNodes;
        Option = new Option<string>("--nodes")
        {
            Description = $"Quadrature nodes a dimension; 1 is the Laplace approximation, auto raises the number until the log-likelihood "
                + $"is stable. By default {defaultText}.",
            HelpName = "N",
        };
        Option.Validators.Add(Check);
    }

    /// <summary>The option itself, for the command's list.</summary>
    public Option<string> Option { get; }

    /// <summary>Writes what was asked for into a fit's options.</summary>
    public GlmmOptions Apply(ParseResult parse, GlmmOptions options)
    {
        var asked = parse.GetValue(Option);
        return options with
        {
            Nodes = asked switch
            {
                null => defaultNodes,
                Automatic => 0,
                _ => int.Parse(asked, NumberStyles.None, CultureInfo.InvariantCulture),
            },
            AutomaticNodes = asked == Automatic || (asked is null && raises),
        };
    }

    /// <summary>The same for the groupings of a frame: those that cross have the Laplace approximation alone.</summary>
    public GlmmOptions Apply(ParseResult parse, GlmmOptions options, ModelFrame frame)
    {
        var applied = Apply(parse, options);
        return parse.GetValue(Option) is null && GlmmFitter.AreCrossed(frame) ? applied with { Nodes = 1 } : applied;
    }

    /// <summary>
    /// The number for ordered outcomes; 0 for the fitter's own, as for several groupings.
    /// </summary>
    /// <exception cref="InputException"><c>auto</c> was asked for.</exception>
    public int ForOrdinal(ParseResult parse, bool oneGrouping) => parse.GetValue(Option) switch
    {
        null => oneGrouping ? defaultNodes : 0,
        Automatic => throw new InputException("--nodes auto does not go with ordinal outcomes.")
        {
            Hint = "Give a number; a warning says when more would change the log-likelihood.",
        },
        { } number => int.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture),
    };

    private static void Check(OptionResult result)
    {
        var text = result.GetValueOrDefault<string>();
        if (text != Automatic && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count is >= 1 and <= GaussHermiteRule.MaximumNodes))
        {
            result.AddError($"--nodes is \"{text}\", but has to be a whole number from 1 to {GaussHermiteRule.MaximumNodes}, or auto.");
        }
    }
}

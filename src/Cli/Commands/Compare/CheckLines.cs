using MarginalConditional.Cli.Errors;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Compare.Comparison.Reasons;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>What was looked at, a mark and a sentence each; checks that do not apply for those who ask for more.</summary>
internal static class CheckLines
{
    /// <summary>Writes them under a heading; nothing where there are none.</summary>
    public static void Write(CommandContext context, IReadOnlyList<ReasonCheck> checks, string heading)
    {
        var shown = checks.Where(check => context.Output.Verbose || check.Outcome != ReasonOutcome.NotApplicable).ToList();
        if (shown.Count == 0)
        {
            return;
        }

        var marks = shown.Select(check => Mark(check.Outcome)).Distinct().Select(mark => $"{mark.Sign} {mark.Meaning}");
        PlainWrap.Beside(context.Console, "  ", $"{heading} ({string.Join(", ", marks)})", context.Width);
        foreach (var check in shown)
        {
            PlainWrap.Beside(context.Console, $"    {Mark(check.Outcome).Sign} ", check.Finding, context.Width);
        }

        context.Console.WriteLine();
    }

    private static (string Sign, string Meaning) Mark(ReasonOutcome outcome) => outcome switch
    {
        ReasonOutcome.Sign => ("!", "a sign"),
        ReasonOutcome.Remark => ("\u00B7", "to be weighed"),
        ReasonOutcome.NoSign => ("\u2713", "no sign"),
        _ => ("\u2013", "not tested here"),
    };
}

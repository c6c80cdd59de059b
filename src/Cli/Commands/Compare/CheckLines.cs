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

        context.Console.WriteLine("  " + heading);
        foreach (var check in shown)
        {
            var mark = check.Outcome switch
            {
                ReasonOutcome.Sign => "!",
                ReasonOutcome.Remark => "\u00B7",
                ReasonOutcome.NoSign => "\u2713",
                _ => "\u2013",
            };
            PlainWrap.Beside(context.Console, $"    {mark} ", check.Finding, context.Width);
        }

        context.Console.WriteLine();
    }
}

using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;

namespace MarginalConditional.Cli.Results;

/// <summary>Writes a result in the format asked for; notes and warnings go beside a table or CSV, and inside JSON.</summary>
internal static class ResultWriter
{
    /// <summary>Writes the result.</summary>
    /// <param name="context">Where to, and in which format.</param>
    /// <param name="json">The whole document, with its warnings.</param>
    /// <param name="csv">The whole table.</param>
    /// <param name="table">Prints the result for people.</param>
    /// <param name="notes">What the reader should know, one sentence each.</param>
    /// <param name="warnings">What the reader should beware of, one sentence each.</param>
    public static void Write(CommandContext context, Func<string> json, Func<string> csv, Action table, IEnumerable<string> notes, IEnumerable<string> warnings)
    {
        switch (context.Output.Format)
        {
            case OutputFormat.Json:
                context.Text.Write(json());
                return;
            case OutputFormat.Csv:
                context.Text.Write(csv());
                break;
            default:
                table();
                break;
        }

        foreach (var note in notes)
        {
            context.Note(note);
        }

        foreach (var warning in warnings)
        {
            context.Warn(warning);
        }
    }
}

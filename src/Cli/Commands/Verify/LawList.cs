using MarginalConditional.Cli.Errors;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Cli.RowFiles;
using MarginalConditional.Properties.Laws;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Verify;

/// <summary>The laws, with what each says, of whom and why.</summary>
internal static class LawList
{
    /// <summary>Writes all of them.</summary>
    public static void Write(OutputFormat format, CommandContext context) =>
        ResultWriter.Write(context, format, Json, Csv, () => Table(context));

    private static string Json()
    {
        using var json = new JsonResult();
        json.Text("command", "verify");
        json.Objects("laws", LawBook.All, law =>
        {
            json.Text("law", law.Name);
            json.Text("statement", law.Statement);
            json.Text("domain", law.Domain);
            json.Text("source", law.Source);
        });
        return json.Complete([]);
    }

    private static ResultTable Csv()
    {
        var csv = new ResultTable("law", "statement", "domain", "source");
        foreach (var law in LawBook.All)
        {
            csv.Row(law.Name, law.Statement, law.Domain, law.Source);
        }

        return csv;
    }

    private static void Table(CommandContext context)
    {
        foreach (var law in LawBook.All)
        {
            context.Console.WriteLine(law.Name);
            PlainWrap.Beside(context.Console, "  says   ", law.Statement, context.Width);
            PlainWrap.Beside(context.Console, "  of     ", law.Domain, context.Width);
            PlainWrap.Beside(context.Console, "  source ", law.Source, context.Width);
        }
    }
}

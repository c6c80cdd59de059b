using MarginalConditional.Cli.Errors;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Compare.Estimands;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>Estimands in the terms of ICH E9(R1), an attribute a line.</summary>
internal static class StatementLines
{
    /// <summary>Writes them, each under its name.</summary>
    public static void Write(CommandContext context, IReadOnlyList<EstimandStatement> statements)
    {
        foreach (var statement in statements)
        {
            context.Console.WriteLine();
            var rung = statement.Rung is { } number ? $", rung {number}" : string.Empty;
            foreach (var line in PlainWrap.Lines($"Estimand{rung}: {statement.Name}", context.Width, context.Width))
            {
                context.Console.Write(new Text(line + "\n", new Style(decoration: Decoration.Bold)));
            }

            foreach (var (attribute, text) in statement.Attributes)
            {
                PlainWrap.Beside(context.Console, $"  {attribute,-22}", text, context.Width);
            }
        }
    }
}

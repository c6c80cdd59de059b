using MarginalConditional.Cli.Errors;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Compare.Estimands;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>Estimands in the terms of ICH E9(R1), an attribute a line.</summary>
internal static class StatementLines
{
    /// <summary>Writes them, each under its name.</summary>
    public static void Write(CommandContext context, IReadOnlyList<EstimandStatement> statements, Func<Estimand, string> name)
    {
        foreach (var statement in statements)
        {
            context.Console.WriteLine();
            context.Console.Write(new Text(
                $"Estimand, {name(statement.Estimand)}\n",
                new Style(decoration: Decoration.Bold)));
            foreach (var (attribute, text) in statement.Attributes)
            {
                PlainWrap.Beside(context.Console, $"  {attribute,-22}", text, context.Width);
            }
        }
    }
}

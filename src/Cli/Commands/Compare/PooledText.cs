using MarginalConditional.Cli.Output;
using MarginalConditional.Compare;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>Says that a comparison was pooled over imputed data, and shows its models.</summary>
internal static class PooledText
{
    /// <summary>The line under the formula; nothing for one data set.</summary>
    public static void Write(IAnsiConsole console, PooledFacts? pooled)
    {
        if (pooled is not null)
        {
            console.WriteLine($"{Figures.Count(pooled.Sets.Count)} imputations pooled by Rubin's rules, every row by itself");
        }
    }

    /// <summary>The coefficients of both models.</summary>
    public static void Models(IAnsiConsole console, PooledFacts pooled, double level, string marginal)
    {
        console.Write(new Text(marginal + "\n", new Style(decoration: Decoration.Bold)));
        CoefficientView.Write(console, [.. pooled.Marginal.Select(row => row.Inference)], level);
        if (pooled.Conditional.Count > 0)
        {
            console.Write(new Text("Conditional (subject-specific) model\n", new Style(decoration: Decoration.Bold)));
            CoefficientView.Write(console, [.. pooled.Conditional.Select(row => row.Inference)], level);
        }

        console.WriteLine("Coefficients are on the scale of the link, pooled over the imputed data sets.");
    }
}

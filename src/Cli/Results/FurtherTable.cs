using MarginalConditional.Cli.Output;
using MarginalConditional.Statistics.Inference;
using Spectre.Console;

namespace MarginalConditional.Cli.Results;

/// <summary>Estimates of a fit beside its coefficients, each with a standard error: they are pooled as coefficients are.</summary>
/// <param name="Member">The member of JSON that holds them.</param>
/// <param name="Heading">What stands above them on the console.</param>
/// <param name="Rows">The estimates.</param>
internal sealed record FurtherTable(string Member, string Heading, IReadOnlyList<Coefficient> Rows)
{
    /// <summary>Writes them as a member.</summary>
    public void Write(JsonResult json) => FitOutput.Coefficients(json, Member, Rows);

    /// <summary>Writes them under their heading.</summary>
    public void Write(IAnsiConsole console, double level)
    {
        console.WriteLine();
        console.WriteLine(Heading);
        CoefficientView.Write(console, Rows, level);
    }
}

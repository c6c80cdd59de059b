using MarginalConditional.Cli.Output;
using MarginalConditional.Glmm.Inference;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Glmm;

/// <summary>The parametric bootstrap of <c>margcond glmm</c>: a table and a JSON member.</summary>
internal static class GlmmCommandBootstrap
{
    /// <summary>Writes the member <c>bootstrap</c>, all parameters in the order of the fit.</summary>
    public static void Write(JsonResult json, IReadOnlyList<string> names, ParametricBootstrap bootstrap, double level) =>
        json.Object("bootstrap", () =>
        {
            json.Integer("attempted", bootstrap.Attempted);
            json.Integer("converged", bootstrap.Converged);
            json.Objects("parameters", Enumerable.Range(0, names.Count), j =>
            {
                var (lower, upper) = bootstrap.PercentileInterval(j, level);
                json.Text("name", names[j]);
                json.Number("se", bootstrap.StandardError(j));
                json.Number("lower", lower);
                json.Number("upper", upper);
            });
        });

    /// <summary>Writes the table.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<string> names, ParametricBootstrap bootstrap, double level)
    {
        console.WriteLine();
        var table = new TextTable("Bootstrap", ">SE", ">" + Figures.IntervalHeading(level));
        for (var j = 0; j < names.Count; j++)
        {
            var error = bootstrap.StandardError(j);
            var (lower, upper) = bootstrap.PercentileInterval(j, level);
            table.Row(
                names[j],
                Figures.Estimate(error, error),
                Figures.Interval(Figures.Estimate(lower, error), Figures.Estimate(upper, error)));
        }

        table.WriteTo(console);
        console.WriteLine($"  {Figures.Count(bootstrap.Converged)} of {Figures.Count(bootstrap.Attempted)} refits converged.");
    }
}

using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Gee.Planning;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Plan;

/// <summary>Shows a plan: its power, and that of about half and half as many clusters more.</summary>
internal sealed record PlanCommandReport
{
    /// <summary>The plan.</summary>
    public required TrialPlan Plan { get; init; }

    /// <summary>The number of clusters.</summary>
    public required int Clusters { get; init; }

    /// <summary>Mean number of rows a cluster.</summary>
    public required double MeanSize { get; init; }

    /// <summary>The correlation within clusters, as it was asked for: <c>exchangeable</c>.</summary>
    public required string Correlation { get; init; }

    /// <summary>Its parameter.</summary>
    public required double Rho { get; init; }

    private double Rows => Clusters * MeanSize;

    private double DesignEffect => MeanSize / Plan.Information;

    /// <summary>Writes the plan in the format asked for.</summary>
    public void Write(CommandContext context) =>
        ResultWriter.Write(context, context.Output.Format, Json, Csv, () => Table(context.Console));

    private string Json()
    {
        using var json = new JsonResult();
        json.Text("command", "plan");
        json.Text("effect", Plan.Outcome.Description);
        json.Number("estimate", Plan.Outcome.Effect);
        json.Integer("clusters", Clusters);
        json.Number("rows", Rows);
        json.Number("power", Plan.Power(Clusters));
        json.Number("se", Plan.StandardError(Clusters));
        json.Number("informationPerCluster", Plan.Information);
        json.Number("designEffect", DesignEffect);
        return json.Complete([]);
    }

    private string Csv() =>
        new CsvResult("clusters", "rows", "power", "se", "design_effect")
            .Row(Clusters, Rows, Plan.Power(Clusters), Plan.StandardError(Clusters), DesignEffect)
            .ToString();

    private void Table(IAnsiConsole console)
    {
        console.WriteLine($"Marginal effect between two arms of clusters: {Plan.Outcome.Description}");
        console.WriteLine(
            $"{Correlation} correlation {Figures.Significant(Rho)}, {Figures.Significant(MeanSize)} rows a cluster on average: "
            + $"design effect {Figures.Fixed(DesignEffect, 2)}");
        console.WriteLine();
        var table = new TextTable(">Clusters", ">Rows", ">Power", ">SE");
        foreach (var k in new[] { Clusters / 2 / 2 * 2, Clusters, Clusters + (Clusters / 4 * 2) }.Where(k => k >= 4).Distinct())
        {
            table.Row(
                Figures.Count(k) + (k == Clusters ? " *" : "  "),
                Figures.Count((long)Math.Ceiling(k * MeanSize)),
                Figures.Percent(Plan.Power(k)),
                Figures.Significant(Plan.StandardError(k)));
        }

        table.WriteTo(console);
        console.WriteLine("* the plan; two-sided test, " + (Plan.UsesStudent
            ? "t with K \u2212 2 degrees of freedom"
            : "normal reference"));
    }
}

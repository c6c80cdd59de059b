using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Cli.RowFiles;
using MarginalConditional.Gee.Planning;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Plan;

/// <summary>Shows a plan: its power, that of about half and half as many clusters more, and what other effects need.</summary>
internal sealed record PlanCommandReport
{
    /// <summary>The plan.</summary>
    public required TrialPlan Plan { get; init; }

    /// <summary>The same trial for other effects, by name.</summary>
    public IReadOnlyList<(string Name, TrialPlan Plan)> Others { get; init; } = [];

    /// <summary>The number of clusters.</summary>
    public int Clusters { get; init; }

    /// <summary>The power wanted.</summary>
    public double Wanted { get; init; }

    /// <summary>Mean number of rows a cluster.</summary>
    public required double MeanSize { get; init; }

    /// <summary>By how much the clusters raise the number of rows needed; null where that is not one number.</summary>
    public double? DesignEffect { get; init; }

    /// <summary>Which effect it is, before "effect between two arms": <c>Marginal</c>, or nothing.</summary>
    public string Perspective { get; init; } = string.Empty;

    /// <summary>What is randomized: <c>clusters</c>.</summary>
    public string Unit { get; init; } = "clusters";

    /// <summary>What is compared, behind the effect's perspective.</summary>
    public string Comparison { get; init; } = "between two arms of ";

    /// <summary>What goes into JSON beside the plan: the numbers of a stepped wedge's sequences and periods.</summary>
    public IReadOnlyList<(string Name, int Value)> Facts { get; init; } = [];

    /// <summary>The correlation, in words: <c>exchangeable correlation 0.05</c>.</summary>
    public required string Setting { get; init; }

    /// <summary>What drawing the trial says; null when it was not asked for.</summary>
    public SimulatedPlanPart? Simulated { get; init; }

    private double Rows => Clusters * MeanSize;

    private bool HasRows => Unit == "clusters";

    /// <summary>Writes the plan in the format asked for.</summary>
    public void Write(CommandContext context) =>
        ResultWriter.Write(context, context.Output.Format, Json, Csv, () => Table(context.Console));

    private string Json()
    {
        using var json = new JsonResult();
        json.Text("command", "plan");
        json.Text("effect", Plan.Outcome.Description);
        json.Number("estimate", Plan.Outcome.Effect);
        foreach (var (name, value) in Facts)
        {
            json.Integer(name, value);
        }

        json.Integer("clusters", Clusters);
        json.Number("rows", Rows);
        json.Number("power", Plan.Power(Clusters));
        json.Number("se", Plan.StandardError(Clusters));
        json.Number("informationPerCluster", Plan.Information);
        if (DesignEffect is { } effect)
        {
            json.Number("designEffect", effect);
        }

        if (Others.Count > 0)
        {
            json.Objects("others", Others, other =>
            {
                json.Text("name", other.Name);
                json.Text("effect", other.Plan.Outcome.Description);
                json.Number("estimate", other.Plan.Outcome.Effect);
                json.Number("power", other.Plan.Power(Clusters));
                json.Number("se", other.Plan.StandardError(Clusters));
                json.Number("clustersNeeded", other.Plan.Clusters(Wanted) ?? double.NaN);
            });
        }

        Simulated?.Json(json);
        return json.Complete([]);
    }

    private ResultTable Csv()
    {
        if (Simulated is not null)
        {
            return Simulated.Csv();
        }

        var csv = new ResultTable("clusters", "rows", "power", "se", "design_effect", "effect");
        foreach (var (name, plan) in Others.Prepend((string.Empty, Plan)))
        {
            csv.Row(
                Clusters, Rows, plan.Power(Clusters), plan.StandardError(Clusters), name.Length == 0 ? DesignEffect : null,
                plan.Outcome.Description);
        }

        return csv;
    }

    private void Table(IAnsiConsole console)
    {
        console.WriteLine($"{(Perspective.Length > 0 ? $"{Perspective} effect" : "Effect")} {Comparison}{Unit}: "
            + Plan.Outcome.Description);
        console.WriteLine(Setting
            + (HasRows ? $", {Figures.Significant(MeanSize)} rows a cluster on average" : string.Empty)
            + (DesignEffect is { } effect ? $": design effect {Figures.Fixed(effect, 2)}" : string.Empty));
        console.WriteLine();
        var table = new TextTable([">" + Capitalized(Unit), .. HasRows ? [">Rows"] : Array.Empty<string>(), ">Power", ">SE"]);
        foreach (var k in Neighbours().Where(k => k >= 4).Distinct())
        {
            table.Row([
                Figures.Count(k) + (k == Clusters ? " *" : "  "),
                .. HasRows ? [Figures.Count((long)Math.Ceiling(k * MeanSize))] : Array.Empty<string>(),
                Figures.Percent(Plan.Power(k)),
                Figures.Significant(Plan.StandardError(k)),
            ]);
        }

        table.WriteTo(console);
        console.WriteLine("* the plan; two-sided test, " + (Plan.UsesStudent
            ? $"t with {(HasRows ? "K" : "n")} \u2212 2 degrees of freedom"
            : "normal reference"));
        if (Others.Count > 0)
        {
            Brothers(console);
        }

        Simulated?.Table(console);
    }

    /// <summary>Half as many clusters, the plan, and half as many more, in multiples that the design allows.</summary>
    private int[] Neighbours()
    {
        var multiple = Plan.Multiple;
        return [Clusters / 2 / multiple * multiple, Clusters, Clusters + (Clusters / 2 / multiple * multiple)];
    }

    private void Brothers(IAnsiConsole console)
    {
        var table = new TextTable(
            "The same trial, another effect", $">Power at {Figures.Count(Clusters)}", $">Clusters for {Figures.Percent(Wanted)}");
        foreach (var (name, plan) in Others)
        {
            table.Row(
                name, Figures.Percent(plan.Power(Clusters)), plan.Clusters(Wanted) is { } needed ? Figures.Count(needed) : "\u2013");
        }

        console.WriteLine();
        table.WriteTo(console);
        foreach (var (name, plan) in Others)
        {
            console.WriteLine($"{name}: {plan.Outcome.Description}");
        }
    }

    private static string Capitalized(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}

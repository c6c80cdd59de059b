using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Compare.Planning.Simulated;

namespace MarginalConditional.Cli.Commands.Plan;

/// <summary>The words and numbers that all plans by drawn trials share: what is asked for, and what was found.</summary>
/// <param name="options">How trials were drawn.</param>
/// <param name="clusters">The number of clusters given; null when it is what is asked for.</param>
/// <param name="findsEffect">Whether the least effect is asked for.</param>
internal sealed class PlanWords(SimulatedPlanOptions options, int? clusters, bool findsEffect)
{
    /// <summary>What is asked for: <c>clusters</c>, <c>power</c> or <c>effect</c>.</summary>
    public string Goal => findsEffect ? "effect" : clusters is null ? "clusters" : "power";

    /// <summary>The same in words.</summary>
    public string Title => Goal switch
    {
        "effect" => $"the least effect with {Figures.Percent(options.Power)} power in {Figures.Counted(clusters ?? 0, "cluster")}",
        "power" => $"the power of {Figures.Counted(clusters ?? 0, "cluster")}",
        _ => $"clusters for {Figures.Percent(options.Power)} power",
    };

    /// <summary>The columns between effect and power.</summary>
    public IEnumerable<string> Columns => Goal == "power" ? [] :
        [findsEffect ? ">Times planned" : ">Clusters", FormattableString.Invariant($">{100 * (1 - options.Alpha):0.##} % sure")];

    /// <summary>A row's cells in them.</summary>
    public IEnumerable<string> Cells(double? needed, double atLeast, double? atMost) => Goal == "power" ? [] :
        [Number(needed), $"{Number(atLeast)}\u2013{(atMost is { } end ? Number(end) : string.Empty)}"];

    /// <summary>A power with its Monte Carlo standard error.</summary>
    public static string Power(SimulatedPower power) => power.Total == 0
        ? "\u2013"
        : $"{Figures.Fixed(100 * power.Estimate, 1)} % ({Figures.Fixed(100 * power.Error, 1)})";

    /// <summary>What was asked for.</summary>
    public void Json(JsonResult json)
    {
        json.Text("goal", Goal);
        json.Number("wanted", options.Power);
        json.Integer("replicates", options.Trials);
        json.Text("seed", options.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture));
        json.Number("alpha", options.Alpha);
    }

    /// <summary>What was found for one estimand or method.</summary>
    public void Json(JsonResult json, double? needed, double atLeast, double? atMost, SimulatedPower power)
    {
        if (Goal != "power")
        {
            json.Number(findsEffect ? "factorNeeded" : "clustersNeeded", needed);
            json.Number("atLeast", atLeast);
            json.Number("atMost", atMost);
        }

        json.Integer("clustersDrawn", power.Clusters);
        json.Number("power", power.Total == 0 ? null : power.Estimate);
        json.Number("mcse", power.Total == 0 ? null : power.Error);
        json.Number("lower", power.Lower);
        json.Number("upper", power.Upper);
        json.Integer("trials", power.Total);
        json.Integer("failed", power.Failed);
    }

    private string Number(double? value) => value is not { } number ? "\u2013"
        : findsEffect ? Figures.Fixed(number, 3)
        : Figures.Count((long)number);
}

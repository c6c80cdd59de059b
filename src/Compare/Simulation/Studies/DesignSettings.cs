using MarginalConditional.Compare.Simulation.Designs;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>Reads who is treated when: the design with its arms, periods and allocation.</summary>
internal static class DesignSettings
{
    /// <summary>The most arms of a trial.</summary>
    public const int MostArms = 6;

    private const int MostPeriods = 100;

    private const int LargestShare = 20;

    private static readonly string[] Designs =
    [
        "parallel", "longitudinal", "crossover", "by-person", "cluster-crossover", "stepped-wedge", "units", "meta-analysis",
    ];

    /// <summary>The designs a setting belongs to, when not to all.</summary>
    private static readonly (string Setting, string[] Designs)[] OfSomeDesigns =
    [
        ("period", ["crossover"]),
        ("carry-over", ["crossover", "cluster-crossover"]),
        ("trend", ["longitudinal", "cluster-crossover", "stepped-wedge"]),
        ("arm-difference", ["longitudinal"]),
        ("arms", ["parallel", "by-person"]),
        .. Enumerable.Range(3, MostArms - 2).Select(arm =>
            (FormattableString.Invariant($"effect-arm{arm}"), new[] { "parallel", "by-person" })),
        ("periods", ["longitudinal", "cluster-crossover", "stepped-wedge"]),
        ("allocation", ["parallel", "longitudinal", "crossover", "by-person", "cluster-crossover", "stepped-wedge", "meta-analysis"]),
        ("sigma-treated", ["parallel", "longitudinal"]),
        ("effect", ["parallel", "longitudinal", "crossover", "by-person", "cluster-crossover", "stepped-wedge", "meta-analysis"]),
        ("treatment-sigma", ["parallel", "longitudinal", "crossover", "by-person", "cluster-crossover", "stepped-wedge", "meta-analysis"]),
        ("trend-sigma", ["longitudinal", "crossover", "cluster-crossover", "stepped-wedge"]),
        ("period-sigma", ["longitudinal", "crossover", "cluster-crossover", "stepped-wedge"]),
    ];

    /// <summary>The settings read here.</summary>
    public static IReadOnlyList<string> Names { get; } = ["design", "arms", "periods", "allocation"];

    /// <summary>The design that the settings mean.</summary>
    public static ITrialDesign Read(ScenarioCell cell)
    {
        var name = cell.Text("design", "parallel");
        if (cell.PlugIn<ITrialDesign>("design") is { } own)
        {
            cell.Keep("design", name);
            return own;
        }

        if (!Designs.Contains(name))
        {
            throw cell.Unknown("design", name, [.. Designs, .. cell.PlugIns.NamesOf<ITrialDesign>()]);
        }

        cell.Keep("design", name);
        RefuseOthers(cell, name);
        return name switch
        {
            "parallel" => Plain(cell, 2, TrialDesign.Parallel, TrialDesign.ParallelOf),
            "longitudinal" => Longitudinal(cell),
            "crossover" => Plain(cell, null, TrialDesign.Crossover, TrialDesign.CrossoverOf),
            "by-person" => TrialDesign.ByPerson(Shares(cell, Arms(cell))),
            "meta-analysis" => TrialDesign.MetaAnalysis(Shares(cell, 2)),
            "cluster-crossover" => TrialDesign.ClusterCrossover(Periods(cell, 2, 2), Shares(cell, 2)),
            "stepped-wedge" => Wedge(cell),
            _ => TrialDesign.Units,
        };
    }

    private static void RefuseOthers(ScenarioCell cell, string design)
    {
        foreach (var (setting, owners) in OfSomeDesigns)
        {
            if (cell.Has(setting) && !owners.Contains(design))
            {
                throw cell.Error(
                    setting,
                    $"The setting {setting} has no meaning in the {design} design.",
                    owners.Length == 1
                        ? $"It belongs to the {owners[0]} design."
                        : $"It belongs to the designs {string.Join(", ", owners)}.");
            }
        }
    }

    /// <summary>A design without further settings but arms and allocation: the library's own when these are as usual.</summary>
    private static TrialDesign Plain(ScenarioCell cell, int? arms, TrialDesign usual, Func<Allocation, TrialDesign> other)
    {
        var count = arms is null ? 2 : Arms(cell);
        var allocation = Shares(cell, count);
        return count == 2 && allocation.Block == 2 ? usual : other(allocation);
    }

    private static TrialDesign Longitudinal(ScenarioCell cell)
    {
        var allocation = Shares(cell, 2);
        return cell.Has("periods") ? TrialDesign.LongitudinalOf(Periods(cell, 0, 2), allocation)
            : allocation.Block == 2 ? TrialDesign.Longitudinal
            : TrialDesign.LongitudinalOf(null, allocation);
    }

    private static TrialDesign Wedge(ScenarioCell cell)
    {
        var periods = Periods(cell, 5, 3);
        return TrialDesign.SteppedWedge(periods, Shares(cell, periods - 1));
    }

    private static int Arms(ScenarioCell cell) => (int)cell.Number("arms", 2, least: 2, most: MostArms, whole: true);

    private static int Periods(ScenarioCell cell, int whenAbsent, int least) =>
        (int)cell.Number("periods", whenAbsent, least, MostPeriods, whole: true);

    private static Allocation Shares(ScenarioCell cell, int parts)
    {
        var equal = Allocation.Equal(parts);
        var text = cell.Text("allocation", equal.Name);
        var shares = text.Split(':').Select(part =>
            int.TryParse(part, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var share)
                ? share : 0).ToArray();
        if (shares.Length != parts || Array.Exists(shares, share => share is < 1 or > LargestShare))
        {
            throw cell.Error(
                "allocation",
                FormattableString.Invariant($"The setting allocation is \"{text}\"; it must have {parts} shares from 1 to {LargestShare}."),
                $"Such as \"{equal.Name}\", in quotes.");
        }

        var allocation = Allocation.Of(shares);
        cell.KeepGiven("allocation", allocation.Name, allocation.Name == equal.Name);
        return allocation;
    }
}

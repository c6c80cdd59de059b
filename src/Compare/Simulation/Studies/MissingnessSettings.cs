using MarginalConditional.Compare.Simulation.Calibration;
using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Missingness;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>Reads which rows are not seen.</summary>
internal static class MissingnessSettings
{
    private const string Whole = "none";

    private const double LargestLogOdds = 50;

    private static readonly string[] Patterns = [Whole, "rows", "dropout"];

    private static readonly string[] Numbers =
    [
        "missing-intercept", "missing-share", "missing-share-treated", "missing-treated", "missing-previous", "missing-present",
    ];

    /// <summary>The settings read here.</summary>
    public static IReadOnlyList<string> Names { get; } = ["missingness", .. Numbers];

    /// <summary>The mechanism with what is missing of its trials.</summary>
    public static Mechanism Read(ScenarioCell cell, Mechanism mechanism)
    {
        var pattern = cell.Text("missingness", Whole);
        if (cell.PlugIn<IMissingness>("missingness") is { } own)
        {
            cell.Keep("missingness", pattern);
            RefuseNumbers(cell, "a type of your own, which has settings of its own");
            return mechanism with { Missingness = own };
        }

        if (!Patterns.Contains(pattern))
        {
            throw cell.Unknown("missingness", pattern, [.. Patterns, .. cell.PlugIns.NamesOf<IMissingness>()]);
        }

        cell.KeepGiven("missingness", pattern, pattern == Whole);
        if (pattern == Whole)
        {
            RefuseNumbers(cell, "\"none\"");
            return mechanism;
        }

        Require(cell, mechanism, pattern);
        var law = new LogisticMissingness
        {
            IsDropout = pattern == "dropout",
            Intercept = cell.Number("missing-intercept", 0, -LargestLogOdds, LargestLogOdds),
            Treated = cell.Number("missing-treated", 0, -LargestLogOdds, LargestLogOdds),
            Previous = cell.Number("missing-previous", 0, -LargestLogOdds, LargestLogOdds),
            Present = cell.Number("missing-present", 0, -LargestLogOdds, LargestLogOdds),
        };
        return mechanism with { Missingness = cell.Has("missing-share") ? Solve(cell, mechanism, law) : law };
    }

    private static void RefuseNumbers(ScenarioCell cell, string pattern)
    {
        if (Numbers.FirstOrDefault(cell.Has) is { } name)
        {
            throw cell.Error(name, $"The setting {name} has no meaning where missingness is {pattern}.");
        }
    }

    private static void Require(ScenarioCell cell, Mechanism mechanism, string pattern)
    {
        if (cell.Has("missing-share") == cell.Has("missing-intercept"))
        {
            throw cell.Error(
                cell.Has("missing-share") ? "missing-share" : "missingness",
                "How much is missing is said by either missing-share or missing-intercept.",
                "missing-share: 0.2 is a fifth.");
        }

        if (cell.Has("missing-share-treated") && (!cell.Has("missing-share") || cell.Has("missing-treated")))
        {
            throw cell.Error(
                "missing-share-treated",
                "The setting missing-share-treated stands beside missing-share, which is that of the controls then, and in place of "
                + "missing-treated.");
        }

        if (pattern == "rows" && cell.Has("missing-previous"))
        {
            throw cell.Error(
                "missing-previous", "The setting missing-previous belongs to dropout, where the outcome before has been seen.");
        }

        var design = mechanism.Design;
        var hasParticipants = design.Name == "longitudinal"
            ? !cell.Has("periods")
            : design.Name == "crossover" && mechanism.Size.Fixed == 2;
        if (pattern == "dropout" && !hasParticipants)
        {
            throw cell.Error(
                "missingness",
                $"Dropout needs clusters that are participants, one row a wave; those of this {design.Name} design are not.",
                "It belongs to the longitudinal design without periods, and to crossover with cluster-size 2.");
        }

        if (cell.Has("missing-share-treated") && pattern == "dropout" && !design.TreatsWholeClusters)
        {
            throw cell.Error(
                "missing-share-treated",
                $"In the {design.Name} design every participant is treated at some time: nobody's dropout is that of the treated.");
        }
    }

    private static LogisticMissingness Solve(ScenarioCell cell, Mechanism mechanism, LogisticMissingness law)
    {
        var share = cell.Number("missing-share", 0, 1e-6, 1 - 1e-6);
        double? treated = cell.Has("missing-share-treated") ? cell.Number("missing-share-treated", 0, 1e-6, 1 - 1e-6) : null;
        return MissingShare.IsKnown(mechanism, law)
            ? new MissingShare(mechanism).Solve(law, share, treated)
            : throw cell.Error(
                "missing-share",
                "Dropout that depends on outcomes has a known share only where outcomes are independent given the clusters' intercepts.",
                "Set missing-intercept instead.");
    }
}

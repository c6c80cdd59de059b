using System.Globalization;
using MarginalConditional.Compare.Simulation.Calibration;
using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>Reads how an ordered outcome is cut: by the probabilities of its categories, or by cutpoints.</summary>
internal static class OrdinalSettings
{
    /// <summary>The outcome's word.</summary>
    public const string Outcome = "ordinal";

    private const string Probabilities = "categories";
    private const string Cutpoints = "cutpoints";
    private const string Scale = "baseline-scale";

    /// <summary>How far probabilities may be from adding up to 1.</summary>
    private const double Rounding = 1e-9;

    private static readonly BaselineScale[] Scales = [BaselineScale.ClusterMean, BaselineScale.PopulationMean];

    /// <summary>Settings that an ordered outcome has no meaning for, with what has one.</summary>
    private static readonly (string Setting, string Hint)[] Without =
    [
        ("baseline", "Its categories or cutpoints say where it lies."),
        ("generation", "It is drawn given random effects: leave generation and correlation out."),
    ];

    /// <summary>The settings read here.</summary>
    public static IReadOnlyList<string> Names { get; } = [Probabilities, Cutpoints];

    /// <summary>Whether the outcome is an ordered one.</summary>
    public static bool IsOrdinal(ScenarioCell cell) => cell.Text("outcome", string.Empty) == Outcome;

    /// <summary>F; null, after a look at settings that belong to ordered outcomes, for every other.</summary>
    public static CumulativeLink? ReadLink(ScenarioCell cell)
    {
        if (!IsOrdinal(cell))
        {
            return Names.FirstOrDefault(cell.Has) is { } idle
                ? throw cell.Error(idle, $"The setting {idle} has a meaning for ordinal outcomes only.", "Add \"outcome: ordinal\".")
                : null;
        }

        foreach (var (setting, hint) in Without)
        {
            if (cell.Has(setting))
            {
                throw cell.Error(setting, $"The setting {setting} has no meaning for an ordinal outcome.", hint);
            }
        }

        if (cell.Has(Probabilities) == cell.Has(Cutpoints))
        {
            throw cell.Error(
                cell.Has(Cutpoints) ? Cutpoints : "outcome",
                "An ordinal outcome is said by either categories or cutpoints.",
                "Such as categories: \"0.2, 0.5, 0.3\", the probabilities of the controls, lowest category first.");
        }

        cell.Keep("outcome", Outcome);
        return cell.Choose("link", CumulativeLink.Logit.Name, [.. CumulativeLink.All], link => link.Name);
    }

    /// <summary>The mechanism with its outcome cut.</summary>
    /// <param name="cell">The settings.</param>
    /// <param name="mechanism">The mechanism with everything else.</param>
    /// <param name="link">F.</param>
    public static Mechanism Cut(ScenarioCell cell, Mechanism mechanism, CumulativeLink link)
    {
        if (cell.Has(Cutpoints))
        {
            if (cell.Has(Scale))
            {
                throw cell.Error(Scale, "The setting baseline-scale has no meaning beside cutpoints, which are on the scale of the link.");
            }

            return mechanism with { Ordinal = new OrdinalOutcome(link, ReadCutpoints(cell)) };
        }

        var shares = ReadProbabilities(cell);
        var text = cell.Text(Scale, Scales[0].Name);
        var scale = Array.Find(Scales, candidate => candidate.Name == text)
            ?? throw cell.Unknown(Scale, text, [.. Scales.Select(candidate => candidate.Name)]);
        cell.KeepGiven(Scale, text, scale == Scales[0]);
        if (scale == BaselineScale.PopulationMean && !mechanism.SizeDependence.IsNone)
        {
            throw cell.Error(Scale, "Where outcomes go with the size of their cluster the population's categories are not solved for.");
        }

        var thresholds = scale == BaselineScale.PopulationMean
            ? new CategoryPopulation(mechanism, link).Thresholds(shares)
            : CategoryPopulation.ThresholdsOfCluster(shares, link);
        return mechanism with { Ordinal = new OrdinalOutcome(link, thresholds) };
    }

    private static double[] ReadCutpoints(ScenarioCell cell)
    {
        var cutpoints = Numbers(cell, Cutpoints);
        for (var k = 0; k < cutpoints.Length; k++)
        {
            if (Math.Abs(cutpoints[k]) > ScenarioCell.LargestEffect || (k > 0 && cutpoints[k] <= cutpoints[k - 1]))
            {
                throw cell.Error(Cutpoints, $"The setting cutpoints is \"{cell.Text(Cutpoints, "")}\"; its numbers have to ascend.");
            }
        }

        Keep(cell, Cutpoints, cutpoints);
        return cutpoints;
    }

    private static double[] ReadProbabilities(ScenarioCell cell)
    {
        var shares = Numbers(cell, Probabilities);
        if (shares.Length < 2 || Array.Exists(shares, share => share <= 0) || Math.Abs(shares.Sum() - 1) > Rounding)
        {
            throw cell.Error(
                Probabilities,
                FormattableString.Invariant($"The setting categories is \"{cell.Text(Probabilities, "")}\", which adds up to ")
                    + FormattableString.Invariant($"{shares.Sum():0.######}; it must be two probabilities or more, above 0, ")
                    + "that add up to 1.");
        }

        Keep(cell, Probabilities, shares);
        return shares;
    }

    private static double[] Numbers(ScenarioCell cell, string name)
    {
        var parts = cell.Text(name, string.Empty).Split(',', StringSplitOptions.TrimEntries);
        var numbers = new double[parts.Length];
        for (var k = 0; k < parts.Length; k++)
        {
            if (!double.TryParse(parts[k], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[k])
                || !double.IsFinite(numbers[k]))
            {
                throw cell.Error(
                    name,
                    $"The setting {name} is \"{cell.Text(name, "")}\"; it must be numbers with commas between them, in quotes.",
                    "Such as \"0.2, 0.5, 0.3\".");
            }
        }

        return numbers.Length <= OrdinalRows.MostCategories - (name == Cutpoints ? 1 : 0) ? numbers : throw cell.Error(
            name, FormattableString.Invariant($"An ordinal outcome has at most {OrdinalRows.MostCategories} categories."));
    }

    private static void Keep(ScenarioCell cell, string name, double[] numbers) =>
        cell.Keep(name, string.Join(", ", numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture))));
}

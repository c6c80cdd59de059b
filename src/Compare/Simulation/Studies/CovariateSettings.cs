using MarginalConditional.Compare.Simulation.Designs;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>Reads the covariates: one of persons, called x, and one of clusters, called z.</summary>
internal static class CovariateSettings
{
    private static readonly (string Setting, string Name, CovariateLevel Level)[] Kinds =
    [
        ("covariate", "x", CovariateLevel.Person), ("cluster-covariate", "z", CovariateLevel.Cluster),
    ];

    /// <summary>The settings read here.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Kinds.SelectMany(kind => new[] { kind.Setting, $"{kind.Setting}-slope", $"{kind.Setting}-interaction" })];

    /// <summary>The covariates that the settings mean.</summary>
    public static IReadOnlyList<Covariate> Read(ScenarioCell cell, ITrialDesign design)
    {
        var covariates = new List<Covariate>();
        foreach (var (setting, name, level) in Kinds)
        {
            var slope = cell.Number($"{setting}-slope", 0);
            var interaction = cell.Number($"{setting}-interaction", 0);
            if (cell.Text(setting, "none") == "none")
            {
                cell.KeepGiven(setting, "none", isDefault: true);
                foreach (var part in new[] { "slope", "interaction" }.Where(part => cell.Has($"{setting}-{part}")))
                {
                    throw cell.Error(
                        $"{setting}-{part}",
                        $"The setting {setting}-{part} has no meaning without a {setting}.",
                        $"Say which law it has, such as \"{setting}: normal\".");
                }

                continue;
            }

            if (interaction != 0 && design.Treatments == 1)
            {
                throw cell.Error($"{setting}-interaction", $"Nobody is treated in the {design.Name} design: there is no interaction.");
            }

            var law = VariationSettings.Law(cell, setting, 1);
            cell.Keep(setting, law.Name);
            covariates.Add(new Covariate { Name = name, Level = level, Law = law, Slope = slope, Interaction = interaction });
        }

        return covariates;
    }
}

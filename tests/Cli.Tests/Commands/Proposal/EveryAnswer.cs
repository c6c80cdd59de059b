using MarginalConditional.Compare.Choices;

namespace MarginalConditional.Cli.Tests.Commands.Proposal;

/// <summary>Every combination of answers that the questions allow, with numbers that make a small trial.</summary>
internal static class EveryAnswer
{
    /// <summary>The texts of files with the answers.</summary>
    public static IEnumerable<string> Texts()
    {
        (string, int)[] designs =
            [("clusters", 0), ("persons", 0), ("over-time", 2), ("over-time", 4), ("individuals", 1), ("individuals", 3)];
        foreach (var (treated, periods) in designs)
        {
            foreach (var outcome in TrialOutcome.All)
            {
                foreach (var (scale, measure) in outcome.Scales)
                {
                    foreach (var whose in EffectPerspective.All)
                    {
                        var isOfIndividuals = treated == TreatedUnit.Individuals.Name;
                        if ((whose != EffectPerspective.Patient || measure == outcome.Own)
                            && (whose != EffectPerspective.Clusters || !isOfIndividuals))
                        {
                            var answers = $"treated: {treated}\n" + Times(isOfIndividuals, periods)
                                + $"outcome: {outcome.Name}\nscale: {scale}\nwhose: {whose.Name}\n"
                                + "missing: 0.05\n" + (isOfIndividuals ? "persons: 160\n" : "clusters: 18\nsize: 24\ncv: 0.3\n")
                                + (outcome == TrialOutcome.Binary ? "control: 0.4\n" : "control: 2\n")
                                + (measure.IsLogarithm ? "effect: 1.3\n" : "effect: 0.1\n")
                                + (isOfIndividuals && periods == 1 ? string.Empty : "icc: 0.04\n");
                            yield return answers;
                            if (whose != EffectPerspective.Clusters)
                            {
                                yield return answers + "covariate: 0.5\n";
                            }
                        }
                    }
                }
            }
        }
    }

    private static string Times(bool isOfIndividuals, int times) =>
        isOfIndividuals ? $"visits: {times}\n" : times > 0 ? $"periods: {times}\n" : string.Empty;
}

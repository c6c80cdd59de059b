using MarginalConditional.Compare.Choices;

namespace MarginalConditional.Cli.Tests.Commands.Proposal;

/// <summary>Every combination of answers that the questions allow, with numbers that make a small trial.</summary>
internal static class EveryAnswer
{
    /// <summary>The texts of files with the answers.</summary>
    public static IEnumerable<string> Texts()
    {
        foreach (var (treated, periods) in new[] { ("clusters", 0), ("persons", 0), ("over-time", 2), ("over-time", 4) })
        {
            foreach (var outcome in TrialOutcome.All)
            {
                foreach (var (scale, measure) in outcome.Scales)
                {
                    foreach (var whose in EffectPerspective.All)
                    {
                        if (whose != EffectPerspective.Patient || measure == outcome.Own)
                        {
                            var answers = $"treated: {treated}\n" + (periods > 0 ? $"periods: {periods}\n" : string.Empty)
                                + $"outcome: {outcome.Name}\nscale: {scale}\nwhose: {whose.Name}\n"
                                + "missing: 0.05\nclusters: 18\nsize: 24\ncv: 0.3\n"
                                + (outcome == TrialOutcome.Binary ? "control: 0.4\n" : "control: 2\n")
                                + (measure.IsLogarithm ? "effect: 1.3\n" : "effect: 0.1\n") + "icc: 0.04\n";
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
}

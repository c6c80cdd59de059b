using MarginalConditional.Compare.Estimands;

namespace MarginalConditional.Compare.Choices;

/// <summary>The five questions about a trial that is planned, each in its parts, in the order they are asked.</summary>
public static class ChoiceQuestions
{
    /// <summary>The key of who is treated.</summary>
    internal const string Treated = "treated";

    /// <summary>The key of the outcome.</summary>
    internal const string Outcome = "outcome";

    /// <summary>The key of the effect's scale.</summary>
    internal const string Scale = "scale";

    /// <summary>The key of how often individuals are seen.</summary>
    internal const string Visits = "visits";

    /// <summary>The key of the number of individuals.</summary>
    internal const string Persons = "persons";

    private const double Large = 1e6;

    /// <summary>What each of the five questions is about.</summary>
    public static IReadOnlyList<string> Titles { get; } =
    [
        "Who is treated?", "What is the outcome, and on which scale is its effect?", "Whose effect?",
        "What happens with intercurrent events and missing outcomes?", "Which numbers are expected?",
    ];

    /// <summary>The questions.</summary>
    public static IReadOnlyList<ChoiceQuestion> All { get; } =
    [
        ChoiceQuestion.Of(
            1,
            Treated,
            "Who gets one treatment or the other?",
            _ => [.. TreatedUnit.All.Select(one => (one.Name, one.Words))]),
        ChoiceQuestion.OfNumber(
            1, "periods", "How many periods? 2 are a crossover of clusters, 3 or more a stepped wedge.",
            _ => new ChoiceQuestion.NumberLimits(2, 50, IsWhole: true), "5",
            given => Of(given, Treated) == TreatedUnit.OverTime.Name),
        ChoiceQuestion.OfNumber(
            1, Visits, "How often is the outcome of each person measured?",
            _ => new ChoiceQuestion.NumberLimits(1, 1000, IsWhole: true), "1", AreIndividuals),
        ChoiceQuestion.Of(2, Outcome, "What is the outcome?", _ => [.. TrialOutcome.All.Select(one => (one.Name, one.Words))]),
        ChoiceQuestion.Of(
            2, Scale, "On which scale is the effect?",
            given =>
                [.. OutcomeOf(given).Scales.Select(scale => (scale.Name, scale.Measure.ScaleOf(OutcomeOf(given) == TrialOutcome.Binary)))]),
        ChoiceQuestion.Of(
            3, "whose", "Whose effect is it?",
            Perspectives),
        ChoiceQuestion.Of(
            4, "intercurrent", "How are intercurrent events handled?",
            _ => [.. EventStrategy.All.Select(one => (one.Name, one.Words))], EventStrategy.TreatmentPolicy.Name),
        ChoiceQuestion.OfNumber(
            4, "missing", "Which share of the outcomes will be missing?", _ => new ChoiceQuestion.NumberLimits(0, 0.9), "0"),
        ChoiceQuestion.OfNumber(
            5, "clusters", "How many clusters?", _ => new ChoiceQuestion.NumberLimits(4, 100_000, IsWhole: true),
            applies: HasClusters),
        ChoiceQuestion.OfNumber(
            5, Persons, "How many persons?", _ => new ChoiceQuestion.NumberLimits(10, 100_000, IsWhole: true), applies: AreIndividuals),
        ChoiceQuestion.OfNumber(
            5, "size", "How many participants has a cluster, on average and over all periods?",
            _ => new ChoiceQuestion.NumberLimits(1, 100_000), applies: HasClusters),
        ChoiceQuestion.OfNumber(
            5, "cv", "By how much do sizes differ (coefficient of variation)?", _ => new ChoiceQuestion.NumberLimits(0, 3), "0",
            HasClusters),
        ChoiceQuestion.OfNumber(
            5, "control", "Which risk or mean is expected under control?",
            given => OutcomeOf(given) == TrialOutcome.Binary ? new ChoiceQuestion.NumberLimits(0, 1, IsOpen: true)
                : OutcomeOf(given) == TrialOutcome.Count ? new ChoiceQuestion.NumberLimits(0, Large, IsOpen: true)
                : new ChoiceQuestion.NumberLimits(-Large, Large)),
        ChoiceQuestion.OfNumber(
            5, "sd", "Which standard deviation has the outcome under control?",
            _ => new ChoiceQuestion.NumberLimits(0, Large, IsOpen: true), "1",
            given => Of(given, Outcome) == TrialOutcome.Continuous.Name),
        ChoiceQuestion.OfNumber(
            5, "effect", "Which effect is expected, on the scale chosen (a ratio as it is read)?",
            given => Measure(given).IsLogarithm ? new ChoiceQuestion.NumberLimits(0, 1000, IsOpen: true)
                : new ChoiceQuestion.NumberLimits(-Large, Large)),
        ChoiceQuestion.OfNumber(
            5, "icc", "How do two outcomes of a cluster, or of a person seen several times, correlate (ICC of the outcome)?",
            _ => new ChoiceQuestion.NumberLimits(0, 0.9), applies: given => HasClusters(given) || Of(given, Visits) != "1"),
        ChoiceQuestion.OfNumber(
            5, "covariate", "How much does a covariate known beforehand move the outcome, a standard deviation of it (link scale)?",
            _ => new ChoiceQuestion.NumberLimits(0, Large), "0"),
    ];

    private static string Of(IReadOnlyDictionary<string, string> given, string key) => given.GetValueOrDefault(key, string.Empty);

    private static bool AreIndividuals(IReadOnlyDictionary<string, string> given) =>
        Of(given, Treated) == TreatedUnit.Individuals.Name;

    private static bool HasClusters(IReadOnlyDictionary<string, string> given) => !AreIndividuals(given);

    private static IReadOnlyList<(string Name, string Words)> Perspectives(IReadOnlyDictionary<string, string> given) =>
    [
        .. EffectPerspective.All.Where(one => one != EffectPerspective.Patient || IsOwn(given))
            .Select(one => (one.Name, Words: AreIndividuals(given) ? one.WordsWithoutClusters : one.Words))
            .Where(one => one.Words is not null)
            .Select(one => (one.Name, one.Words!)),
    ];

    private static TrialOutcome OutcomeOf(IReadOnlyDictionary<string, string> given) =>
        TrialOutcome.All.FirstOrDefault(one => one.Name == Of(given, Outcome)) ?? TrialOutcome.Binary;

    private static EffectMeasure Measure(IReadOnlyDictionary<string, string> given)
    {
        var outcome = OutcomeOf(given);
        return outcome.Scales.FirstOrDefault(one => one.Name == Of(given, Scale)).Measure ?? outcome.Own;
    }

    /// <summary>Whether the scale is that of the models' coefficients, which one participant in one cluster has an effect on.</summary>
    private static bool IsOwn(IReadOnlyDictionary<string, string> given) => Measure(given) == OutcomeOf(given).Own;
}

using System.Globalization;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Data;

namespace MarginalConditional.Compare.Choices;

/// <summary>Reads the answers to the five questions: from a file of YAML, or from those typed one by one.</summary>
/// <example>
/// <code>
/// using MarginalConditional.Compare.Choices;
///
/// var choice = ChoiceReader.Read("answers.yaml");
/// Console.WriteLine(choice);
/// </code>
/// </example>
public static class ChoiceReader
{
    private const string What = "The file of answers";

    /// <summary>What is only said in a file, beside the questions.</summary>
    private static readonly string[] Words =
    [
        "trial", "unit", "population", "comparison", "data", "outcome-column", "treatment-column", "cluster-column", "period-column",
        "visit-column", "covariate-column",
    ];

    /// <summary>Reads a file.</summary>
    /// <param name="path">YAML, a line an answer.</param>
    /// <exception cref="InputException">The file is missing or an answer in it is wrong; the line is given.</exception>
    public static EstimandChoice Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException("The file of answers cannot be read.", exception) { File = path, Hint = "Check the path." };
        }
    }

    /// <summary>Reads answers from the text of a file.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="source">Where it is from, for messages.</param>
    /// <exception cref="InputException">An answer is wrong or lacking; the line is given.</exception>
    public static EstimandChoice Parse(string text, string source)
    {
        ArgumentNullException.ThrowIfNull(text);
        var section = new YamlSection(
            StudyReader.Root(text, source, What), source, What, [.. ChoiceQuestions.All.Select(question => question.Key), .. Words]);
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var question in ChoiceQuestions.All)
        {
            Take(question, section, given);
        }

        var words = Words.Where(key => section.Find(key) is not null)
            .ToDictionary(key => key, key => section.Scalar(section.Require(key), key), StringComparer.Ordinal);
        return Of(given, words);
    }

    /// <summary>The choice that answers make, each of which has been checked by its question.</summary>
    /// <param name="given">The answers by the keys of the questions that apply.</param>
    public static EstimandChoice Of(IReadOnlyDictionary<string, string> given)
    {
        ArgumentNullException.ThrowIfNull(given);
        return Of(given, new Dictionary<string, string>());
    }

    private static void Take(ChoiceQuestion question, YamlSection section, Dictionary<string, string> given)
    {
        var node = section.Find(question.Key);
        if (!question.Applies(given))
        {
            if (node is not null)
            {
                throw section.Error(node, $"The answer to {question.Key} has no meaning beside the answers before it.", "Leave it out.");
            }

            return;
        }

        if (node is null && question.Default is null)
        {
            var names = question.Answers(given).Select(answer => answer.Name).ToArray();
            throw section.Error(
                section.Node,
                $"{What} lacks \"{question.Key}\". {question.Text}",
                names.Length > 0 ? $"Answers: {string.Join(", ", names)}." : $"Add a line such as \"{question.Key}: NUMBER\".");
        }

        var answer = node is null ? question.Default! : section.Scalar(node, question.Key);
        if (question.Problem(answer, given) is { } problem)
        {
            throw section.Error(node ?? section.Node, problem, HintFor(question.Key, answer));
        }

        given[question.Key] = answer;
    }

    /// <summary>Why one participant has no effect on a scale that differs from cluster to cluster.</summary>
    private static string? HintFor(string key, string answer) => key == "whose" && answer == EffectPerspective.Patient.Name
        ? "On this scale one participant's effect differs from cluster to cluster, and no one number is it. For one participant's effect "
            + "take the odds ratio of a binary outcome, the ratio of a count, or the difference of a continuous one."
        : null;

    private static EstimandChoice Of(IReadOnlyDictionary<string, string> given, IReadOnlyDictionary<string, string> words)
    {
        double Number(string key, double whenAbsent = double.NaN) =>
            given.TryGetValue(key, out var text) ? double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) : whenAbsent;
        var outcome = TrialOutcome.All.First(one => one.Name == given[ChoiceQuestions.Outcome]);
        var events = EventStrategy.All.First(one => one.Name == given["intercurrent"]);
        var treated = TreatedUnit.All.First(one => one.Name == given[ChoiceQuestions.Treated]);
        var isOfIndividuals = treated == TreatedUnit.Individuals;
        var unit = words.GetValueOrDefault("unit", isOfIndividuals ? "participant" : "cluster").Split('/', 2);
        var columns = new TrialColumns();
        return new EstimandChoice
        {
            Name = words.GetValueOrDefault("trial", "trial"),
            Treated = treated,
            Periods = (int)Number("periods", 1),
            Visits = (int)Number(ChoiceQuestions.Visits, 1),
            Outcome = outcome,
            Measure = outcome.Scales.First(scale => scale.Name == given[ChoiceQuestions.Scale]).Measure,
            Whose = EffectPerspective.All.First(one => one.Name == given["whose"]),
            Events = events,
            Missing = Number("missing"),
            Clusters = (int)Number(isOfIndividuals ? ChoiceQuestions.Persons : "clusters"),
            Size = isOfIndividuals ? Number(ChoiceQuestions.Visits) : Number("size"),
            Variation = Number("cv", 0),
            Control = Number("control"),
            Effect = Number("effect"),
            Icc = Number("icc", 0),
            Deviation = Number("sd", 1),
            Covariate = Number("covariate", 0),
            Trial = new TrialDescription
            {
                Unit = unit[0],
                Units = unit.Length > 1 ? unit[1] : unit[0] + "s",
                Population = words.GetValueOrDefault("population"),
                IntercurrentEvents = events.Words,
            },
            Comparison = words.GetValueOrDefault("comparison"),
            Columns = new TrialColumns
            {
                Data = words.GetValueOrDefault("data", columns.Data),
                Outcome = words.GetValueOrDefault("outcome-column", columns.Outcome),
                Treatment = words.GetValueOrDefault("treatment-column", columns.Treatment),
                Cluster = words.GetValueOrDefault("cluster-column", columns.Cluster),
                Period = words.GetValueOrDefault("period-column", columns.Period),
                Visit = words.GetValueOrDefault("visit-column", columns.Visit),
                Covariate = words.GetValueOrDefault("covariate-column", columns.Covariate),
            },
        };
    }
}

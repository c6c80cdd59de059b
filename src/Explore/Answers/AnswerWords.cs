using System.Globalization;
using MarginalConditional.Compare.Exploration;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Explore.Answers;

/// <summary>Answers in words.</summary>
internal static class AnswerWords
{
    /// <summary>What a change is called, with how each value is read.</summary>
    private static readonly (string Name, Func<TrialSetting, string> Read)[] Parts =
    [
        ("baseline risk", setting => Percent(setting.Risk)),
        ("effect given the cluster", setting => "odds ratio " + Ratio(setting.Effect)),
        ("\u03C3", setting => Plain(setting.Sigma)),
        ("law of the clusters\u2019 effects", setting => Law(setting.Law)),
        ("strength of the covariates", setting => Plain(setting.Covariate)),
        ("clusters", setting => Figures.Count(setting.Clusters)),
        ("patients a cluster", setting => Figures.Count(setting.Size)),
        ("meaning of the event", setting => setting.EventIsHarm ? "unwanted" : "wanted"),
    ];

    /// <summary>A log ratio as the ratio that is read.</summary>
    public static string Ratio(double logarithm) => Figures.Ratio(Math.Exp(logarithm));

    /// <summary>A proportion in per cent, with more decimals where it is near 0 or 1.</summary>
    public static string Percent(double proportion)
    {
        var distance = Math.Min(proportion, 1 - proportion);
        return distance is > 0 and < 0.00095
            ? Figures.Fixed(100 * proportion, Math.Clamp(Figures.DecimalsFor(100 * distance, 2), 1, 6)) + "\u00A0%"
            : Figures.Percent(proportion);
    }

    /// <summary>A difference of proportions.</summary>
    public static string Points(double difference) =>
        difference == 0 ? "none" : $"{(difference > 0 ? "+" : string.Empty)}{Figures.Fixed(100 * difference, 1)} percentage points";

    /// <summary>A step on the log scale; one that rounding leaves is 0.</summary>
    public static string Step(double size) =>
        Math.Abs(size) < 5e-4 ? "0" : (size > 0 ? "+" : string.Empty) + Figures.Fixed(size, 3);

    /// <summary>The number needed to treat, in words.</summary>
    public static string NumberNeeded(TrialAnswers answers)
    {
        var number = answers.NumberNeeded;
        return number.IsBenefit(answers.Setting.EventIsHarm) is not { } benefit || answers.RiskDifference == 0
            ? "none: the risks are equal"
            : $"{number.ToText(answers.Setting.EventIsHarm, value => Figures.Significant(value, value < 10 ? 2 : 3))} "
                + (benefit ? "(one patient more benefits)" : "(one patient more is harmed)");
    }

    /// <summary>The answer in two sentences.</summary>
    public static string Summary(TrialAnswers answers)
    {
        var (own, all) = (Ratio(answers.Conditional), Ratio(answers.Population));
        return answers.Conditional == 0
            ? $"Treatment does nothing: every odds ratio is {own}, whatever is averaged over."
            : own == all
            ? $"The odds ratio is {own} for this patient and for all patients: there is next to nothing that averaging could change."
            : $"For this patient the odds ratio is {own}; for all patients together it is {all}. Both describe the same trial.";
    }

    /// <summary>What has changed, and what that did.</summary>
    public static string Change(TrialAnswers before, TrialAnswers after)
    {
        var changed = Parts
            .Select(part => (part.Name, From: part.Read(before.Setting), To: part.Read(after.Setting)))
            .Where(part => part.From != part.To)
            .ToArray();
        return changed.Length == 0 || before.Setting == after.Setting ? string.Empty
            : $"{Capital(What(changed))}: {Effect(before, after)}";
    }

    private static string What((string Name, string From, string To)[] changed) => changed.Length <= 2
        ? string.Join(", ", changed.Select(part => $"{part.Name} from {part.From} to {part.To}"))
        : $"{changed.Length} settings changed";

    private static string Effect(TrialAnswers before, TrialAnswers after)
    {
        var (own, all) = (Moved(before.Conditional, after.Conditional), Moved(before.Population, after.Population));
        var (from, to) = (Percent(before.Power), Percent(after.Power));
        var power = from == to
            ? $"the power stays {to}"
            : $"the power {(after.Power > before.Power ? "rises" : "falls")} from {from} to {to}";
        return (own, all) switch
        {
            (null, null) => $"no odds ratio changed; {power}.",
            (null, { } moved) => $"the population\u2019s odds ratio {moved}; nobody\u2019s own odds ratio changed.",
            ({ } moved, null) => $"each patient\u2019s own odds ratio {moved}; the population\u2019s stays {Ratio(after.Population)}.",
            var (mine, theirs) => $"each patient\u2019s own odds ratio {mine}, the population\u2019s {theirs}.",
        };
    }

    /// <summary>How a ratio moved as it is read; null where that is the same.</summary>
    private static string? Moved(double before, double after)
    {
        var (from, to) = (Ratio(before), Ratio(after));
        return from == to ? null : $"{(after > before ? "rises" : "falls")} from {from} to {to}";
    }

    private static string Plain(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Law(string name) => SettingRules.Laws.First(law => law.Name == name).Words;

    private static string Capital(string text) => char.IsAsciiLetterLower(text[0]) ? char.ToUpperInvariant(text[0]) + text[1..] : text;
}

using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Comparison.Reasons;
using MarginalConditional.Compare.Ladders;

namespace MarginalConditional.Compare.Persons;

/// <summary>The conclusion of a comparison by person in plain sentences: which rung answers which question, what threatens it.</summary>
internal static class PersonVerdict
{
    /// <summary>More arms than this get one sentence for all.</summary>
    private const int MostArms = 4;

    /// <summary>What is said where there are no finite estimates.</summary>
    public static IReadOnlyList<string> OfFailure(bool separated) => separated
        ?
        [
            "There is no verdict: with separated outcomes the likelihood has no maximum, and a ratio for persons alike is not finite.",
            "Leave the covariate out that separates them; without covariates the arms' risks can be compared as they are.",
        ]
        : ["There is no verdict: the model did not converge."];

    /// <summary>What is said where the treatment has no arms to set.</summary>
    public static IReadOnlyList<string> WithoutArms(PersonOptions options) =>
    [
        $"The effect of {options.Treatment} is conditional on the covariates; there are no arms to give everybody in thought, so no "
            + $"unconditional effect is computed.",
    ];

    /// <summary>The sentences.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="levels">The treatment's levels, the reference first.</param>
    /// <param name="ladder">The rungs.</param>
    /// <param name="checks">What was looked at.</param>
    public static IReadOnlyList<string> Of(
        PersonOptions options, IReadOnlyList<string> levels, EstimandLadder ladder, IReadOnlyList<ReasonCheck> checks)
    {
        var scale = PersonLadder.PrimaryScale(options);
        var rungs = ladder.Rungs.Where(rung => rung.Scale == scale).ToList();
        var sentences = new List<string>();
        if (rungs.Count == 0)
        {
            sentences.Add("No estimate has a standard error, so nothing can be compared.");
        }

        var arms = rungs.Select(rung => rung.Question.Treated).Distinct(StringComparer.Ordinal).ToList();
        foreach (var arm in arms.Take(MostArms))
        {
            var lead = arms.Count == 1 ? string.Empty : $"For {arm} against {levels[0]} ";
            var steps = ladder.Steps.Where(step => step.Scale == scale && step.Question.Treated == arm).ToList();
            sentences.Add(Capital(lead + Averaging(steps, [.. rungs.Where(rung => rung.Question.Treated == arm)], options)));
        }

        sentences.Add(Question(options, rungs));
        sentences.AddRange(checks.Select(check => Threat(check, options)).OfType<string>());
        sentences.Add("Choose by the question, not by the p-value.");
        return sentences;
    }

    private static string Averaging(
        IReadOnlyList<LadderStep> steps, IReadOnlyList<LadderRung> rungs, PersonOptions options)
    {
        var (first, last) = (rungs[0].Inference.Estimate, rungs[^1].Inference.Estimate);
        var what = PersonLadder.PrimaryName(options);
        if (steps.All(step => step.IsZeroByIdentity))
        {
            return $"all rows are one number, {Shown(first)}: averaging changes nothing on this scale.";
        }

        var telling = steps.Where(step => !step.IsZeroByIdentity && step.Inference.PValue < options.Tolerances.Alpha)
            .MaxBy(step => Math.Abs(step.Inference.Statistic));
        if (telling is null)
        {
            var p = Wording.P(steps.Where(step => !step.IsZeroByIdentity).Min(step => step.Inference.PValue));
            return Shown(first) == Shown(last)
                ? $"the {what} is {Shown(first)} in the first row and in the last ({p})."
                : $"from the first to the last row the {what} goes from {Shown(first)} to {Shown(last)}, no more than chance would leave "
                    + $"({p}).";
        }

        var towards = Math.Abs(last) < Math.Abs(first) && last * first >= 0
            ? $"nearer {(PersonLadder.IsLogarithm(options) ? 1 : 0)}"
            : "elsewhere";
        return telling.To == 3
            ? $"the {what} goes from {Shown(first)} to {Shown(last)}, because the model misses ({Wording.P(telling.Inference.PValue)})."
            : $"both are right: {Shown(first)} is the {what} for {options.Trial.Units} with the same covariates, {Shown(last)} that of the "
                + $"whole trial. It lies {towards} because "
                + (telling.Cause == LadderCause.Covariates
                    ? $"covariates predict the outcome and {what}s do not average; nobody's own {what} has changed."
                    : $"the {telling.Cause}.");

        string Shown(double value) => Wording.Number(
            PersonLadder.IsLogarithm(options) ? Math.Exp(value) : value, PersonLadder.IsLogarithm(options) ? 2 : 3);
    }

    private static string Question(PersonOptions options, List<LadderRung> rungs)
    {
        var units = options.Trial.Units;
        return rungs.Exists(rung => rung.Rung == 3)
            ? $"A protocol that asks what the treatment does to all {units} of the trial wants the last row, which holds whatever the "
                + $"model; one that asks about {units} with the same covariates wants the first (FDA 2023)."
            : $"The rows are at set values, where the model has to hold: one that holds whatever the model is of {units} as they are.";
    }

    /// <summary>Which row a check threatens, and what to read instead.</summary>
    private static string? Threat(ReasonCheck check, PersonOptions options) => (check.Key, check.Outcome) switch
    {
        (PersonChecks.Interaction, ReasonOutcome.Sign) =>
            $"The effect goes with a covariate, so no one number holds for {options.Trial.Units} alike: read the last row, or let the "
            + $"effect differ in the formula.",
        (PersonChecks.Misfit, ReasonOutcome.Sign) =>
            "The model misses, which threatens every row but the last: read that.",
        (PersonChecks.FewPersons, ReasonOutcome.Remark) =>
            $"With so few {options.Trial.Units} all intervals are too short.",
        (PersonChecks.Missing, ReasonOutcome.Remark) =>
            "Rows are missing, which threatens every row alike.",
        (PersonChecks.Strata, ReasonOutcome.Remark) =>
            "Strata are missing from the model, which costs precision in the last row.",
        _ => null,
    };

    private static string Capital(string sentence) => char.ToUpperInvariant(sentence[0]) + sentence[1..];
}

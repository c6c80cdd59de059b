using System.Globalization;
using System.Text;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Data;

namespace MarginalConditional.Compare.Choices;

/// <summary>Writes the study file of a planned trial: its own size, the parameters left to be solved, every candidate estimator.</summary>
internal static class ChoiceStudy
{
    /// <summary>Replicates of the study as it is written: coverage to within half a percentage point.</summary>
    public const int Replicates = 2000;

    /// <summary>The file's text.</summary>
    public static string Text(EstimandChoice choice)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"study: {Quoted(choice.Name)}\n");
        text.Append(CultureInfo.InvariantCulture, $"seed: 1\nreplicates: {Replicates}\n");
        text.Append(CultureInfo.InvariantCulture, $"aims: {Quoted(Aims(choice))}\n\n");
        text.Append("data-generating-mechanisms:\n");
        foreach (var (key, value) in Settings(choice, choice.IsAdjusted || choice.IsByPerson ? SigmaOf(choice) : null))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {key}: {value}\n");
        }

        var methods = CandidateMethods.For(choice);
        text.Append(
            CultureInfo.InvariantCulture,
            $"\nestimands: [{string.Join(", ", methods.Select(one => one.Target.Name).Distinct())}]\n");
        text.Append("\nmethods:\n");
        foreach (var (method, _) in methods)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - {method}\n");
        }

        return text.Append("\nperformance: [bias, empirical-se, model-se, coverage, rejection]\n").ToString();
    }

    /// <summary>The study of a text of <see cref="Text"/>.</summary>
    /// <exception cref="InputException">No parameters give the trial that was described.</exception>
    public static Study Parse(string text)
    {
        try
        {
            return StudyReader.Parse(text, "study");
        }
        catch (InputException exception)
        {
            throw new InputException($"The expected numbers make no trial. {exception.Message}", exception)
            {
                Hint = exception.Hint
                    ?? "In a study file \"baseline\" is the answer to control, \"cluster-size\" those to size and cv, and "
                    + "\"missing-share\" that to missing.",
            };
        }
    }

    /// <summary>
    /// The standard deviation of the clusters' effects beside a covariate: the one that gives the correlation among those who are alike in
    /// it, at its mean.
    /// </summary>
    private static double SigmaOf(EstimandChoice choice) => choice.Icc == 0 ? 0
        : choice.Outcome == TrialOutcome.Continuous ? Math.Sqrt(choice.Icc) * Rest(choice)
        : Parse(Text(choice with { Covariate = 0 })).Scenarios[0].Solved!.Sigma;

    /// <summary>The standard deviation of a continuous outcome that its covariate leaves.</summary>
    private static double Rest(EstimandChoice choice) => choice.Covariate < choice.Deviation
        ? Math.Sqrt((choice.Deviation * choice.Deviation) - (choice.Covariate * choice.Covariate))
        : throw new InputException(FormattableString.Invariant($"The covariate moves the outcome by {choice.Covariate} for a standard ")
            + FormattableString.Invariant($"deviation of it, and the outcome's own is {choice.Deviation}: it has to be larger."))
        {
            Hint = "Change the answer to covariate or to sd.",
        };

    private static IEnumerable<(string Key, string Value)> Settings(EstimandChoice choice, double? sigma)
    {
        yield return ("design", choice.Treated.Design(choice.Periods));
        if (choice.Treated == TreatedUnit.OverTime)
        {
            yield return ("periods", Shown(choice.Periods));
        }

        yield return ("clusters", Shown(choice.Clusters));
        yield return ("cluster-size", Size(choice));
        yield return ("outcome", choice.Outcome.Name);
        yield return ("link", choice.Outcome.Family.DefaultLink.Name);
        yield return ("baseline", Shown(choice.Control));
        yield return ("baseline-scale", "population-mean");
        yield return sigma is { } spread ? ("sigma", Shown(spread)) : ("icc", Shown(choice.Icc));
        if (choice.Outcome == TrialOutcome.Continuous)
        {
            yield return ("residual-sd", Shown(Rest(choice) * Math.Sqrt(1 - choice.Icc)));
        }

        if (choice.IsAdjusted)
        {
            yield return ("covariate", "normal");
            yield return ("covariate-slope", Shown(choice.Covariate));
        }

        yield return ("effect", Shown(choice.Effect));
        yield return ("effect-scale", Scale(choice));
        if (choice.Missing > 0)
        {
            yield return ("missingness", "rows");
            yield return ("missing-share", Shown(choice.Missing));
        }
    }

    /// <summary>Sizes of one number are fixed; means between whole numbers are sizes that differ by chance.</summary>
    private static string Size(EstimandChoice choice)
    {
        const double leastVariation = 0.01;
        return choice.Variation >= leastVariation ? $"cv({Shown(choice.Size)}, {Shown(choice.Variation)})"
            : choice.Size == Math.Floor(choice.Size) ? Shown(choice.Size)
            : $"poisson({Shown(choice.Size)})";
    }

    private static string Scale(EstimandChoice choice)
    {
        var name = choice.Outcome.NameOf(choice.Measure);
        return name == "odds-ratio" && choice.Whose != EffectPerspective.Patient ? "marginal-odds-ratio" : name;
    }

    private static string Aims(EstimandChoice choice) =>
        $"Bias, coverage and power of the candidate estimators at the size of the trial, whose estimand is the effect of "
            + $"{choice.Whose.Name} "
            + $"on the scale of {choice.Outcome.NameOf(choice.Measure)}.";

    private static string Shown(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}

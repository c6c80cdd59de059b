using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Persons;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>Writes a comparison of a trial by person in the format asked for.</summary>
internal sealed class PersonReport
{
    private readonly PersonComparison comparison;
    private readonly FitArguments arguments;
    private readonly CompareView view;
    private readonly string? hiddenSpread;
    private readonly CommandContext context;

    /// <summary>Keeps what is written.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="arguments">What the user asked for.</param>
    /// <param name="view">What to show, and how the event is meant.</param>
    /// <param name="hiddenSpread">Why the trial is by person although clusters were named; null where none were.</param>
    /// <param name="context">Where to.</param>
    public PersonReport(
        PersonComparison comparison, FitArguments arguments, CompareView view, string? hiddenSpread, CommandContext context)
    {
        (this.comparison, this.arguments, this.view, this.hiddenSpread, this.context) =
            (comparison, arguments, view, hiddenSpread, context);
    }

    /// <summary>Writes it and returns the exit code that its convergence calls for.</summary>
    public int Write()
    {
        var warnings = Warnings();
        List<string> notes = [.. comparison.Frame.Notes, .. comparison.Notes];
        ResultWriter.Write(
            context,
            () => PersonJson.Write(comparison, arguments, view.EventIsHarm, view.Answers, notes, warnings),
            Csv,
            () => new PersonTable(comparison, arguments, view, context).Write(),
            notes,
            warnings,
            ComparePictures.Of(comparison, arguments, PersonTable.WordsOf(comparison)));
        return FitOutput.ExitCodeOf(comparison.Convergence);
    }

    private List<string> Warnings()
    {
        List<string> warnings = [.. new[] { hiddenSpread }.OfType<string>(), .. comparison.Warnings];
        var convergence = comparison.Convergence;
        if (!convergence.Converged && !warnings.Contains(convergence.Message, StringComparer.Ordinal))
        {
            warnings.Insert(0, convergence.Message.Length > 0
                ? convergence.Message
                : $"The fit did not converge ({FitOutput.StatusName(convergence.Status)}): do not use its numbers.");
        }

        return warnings;
    }

    private string Csv()
    {
        var csv = new CsvResult("estimand", "method", "term", "scale", "weighting", "estimate", "se", "statistic", "df", "p", "lower",
            "upper");
        var scale = ScaleNames.Coefficient(comparison.Options.Family, comparison.Options.EffectiveLink);
        foreach (var row in comparison.Effects.Select(effect => comparison.Coefficients[effect.Column]))
        {
            Add(Estimand.Conditional.Key, row.Term, scale, row);
        }

        foreach (var rung in comparison.Ladder.Rungs)
        {
            Add($"rung {rung.Rung}", $"{rung.Question.Treated} - {rung.Question.Control}", rung.Scale, rung.Inference);
        }

        foreach (var step in comparison.Ladder.Steps)
        {
            Add($"step {step.From} to {step.To}", $"{step.Question.Treated} - {step.Question.Control}", step.Scale, step.Inference);
        }

        foreach (var contrast in comparison.Standardized?.Contrasts ?? [])
        {
            Add(
                Estimand.Standardized.Key,
                $"{contrast.Treated} - {contrast.Control}",
                contrast.Measure.ScaleOf(PersonTable.AreProportions(comparison)),
                contrast.Inference);
            if (contrast.Measure != EffectMeasure.Difference || !PersonTable.AreProportions(comparison))
            {
                continue;
            }

            foreach (var (needed, estimate, lower, upper) in NumberNeededRows.Of(
                NumberNeededToTreat.Of(contrast.Inference), view.EventIsHarm))
            {
                csv.Row(Estimand.Standardized.Key, "GLM", $"{contrast.Treated} - {contrast.Control}", needed,
                    ClusterWeighting.Participant.Name, estimate, null, null, null, null, lower, upper);
            }
        }

        foreach (var row in view.Answers.Contrasts.Concat(view.Answers.Pairs))
        {
            Add(Estimand.Standardized.Key, row.Label, row.Scale, row.Inference);
        }

        return csv.ToString();

        void Add(string estimand, string term, string what, Coefficient row) =>
            csv.Row(estimand, "GLM", term, what, ClusterWeighting.Participant.Name, row.Estimate, row.StandardError, row.Statistic,
                row.DegreesOfFreedom, row.PValue, row.Lower, row.Upper);
    }
}

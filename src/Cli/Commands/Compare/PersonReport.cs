using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Cli.RowFiles;
using MarginalConditional.Cli.Saving;
using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Persons;

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
    /// <param name="keeping">Where the comparison is to be kept, and which one it repeats.</param>
    public int Write(Keeping keeping)
    {
        keeping = keeping with { Estimates = [.. comparison.Frame.Design.Names.Zip(comparison.Fit.Coefficients.ToArray())] };
        List<string> warnings = [.. Warnings(), .. keeping.Warnings()];
        List<string> notes = [.. comparison.Frame.Notes, .. comparison.Notes];
        keeping.Write(members =>
            PersonJson.Write(comparison, arguments, view.EventIsHarm, view.Answers, notes, warnings, members));
        ResultWriter.Write(
            context,
            () => PersonJson.Write(comparison, arguments, view.EventIsHarm, view.Answers, notes, warnings),
            Csv,
            () => new PersonTable(comparison, arguments, view, context).Write(),
            notes,
            warnings,
            context.Output is { Plots.Count: 0, ReportPath: null } ? null : ComparePictures.Of(comparison, arguments, view, context));
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

    private ResultTable Csv()
    {
        var csv = new CompareCsv(context.Output.Exponentiate, context.Output.BroomNames, comparison.Pool is not null);
        var scale = ScaleNames.Coefficient(comparison.Options.Family, comparison.Options.EffectiveLink);
        var (participant, proportions) = (ClusterWeighting.Participant.Name, PersonTable.AreProportions(comparison));
        foreach (var row in comparison.Effects.Select(effect => comparison.Coefficients[effect.Column]))
        {
            csv.Add(Estimand.Conditional.Key, "GLM", row.Term, scale, participant, row, "influence function");
        }

        csv.Add(ArmJson.WithSubgroups(comparison.Ladder, comparison.Subgroups), "GLM");
        csv.Add(comparison.Subgroups, "GLM");
        foreach (var contrast in comparison.Standardized?.Contrasts ?? [])
        {
            csv.Add(
                Estimand.Standardized.Key, "GLM", $"{contrast.Treated} - {contrast.Control}", contrast.Measure.ScaleOf(proportions),
                participant, contrast.Inference, comparison.Standardized!.StandardErrorType);
            if (contrast.Measure == EffectMeasure.Difference && proportions)
            {
                csv.Needed("GLM", contrast, view.EventIsHarm);
            }
        }

        csv.Add(view.Answers);
        return csv.Table;
    }
}

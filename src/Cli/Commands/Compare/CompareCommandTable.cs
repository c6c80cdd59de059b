using MarginalConditional.Cli.Errors;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Compare;
using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Statistics.Families;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>A comparison on 80 columns: the question, the estimands, why they differ, and the verdict.</summary>
internal sealed class CompareCommandTable
{
    private readonly ModelComparison comparison;
    private readonly FitArguments arguments;
    private readonly CommandContext context;
    private readonly IAnsiConsole console;
    private readonly string units;
    private readonly CompareView view;

    public CompareCommandTable(ModelComparison comparison, FitArguments arguments, CompareView view, CommandContext context)
    {
        this.view = view;
        this.comparison = comparison;
        this.arguments = arguments;
        this.context = context;
        console = context.Console;
        units = comparison.Options.Trial.Units;
    }

    /// <summary>Writes everything; of fits that cannot be compared only the clusters' own means, verdict and estimands.</summary>
    public void Write()
    {
        console.WriteLine(FitOutput.DataLine(arguments.Data.Path, comparison.Frame));
        console.WriteLine($"{arguments.Request.Formula} \u00B7 {arguments.DistributionName}, {arguments.Link}");
        FitOutput.WriteLabels(console, comparison.Frame);
        PooledText.Write(console, comparison.Pooled);
        if (comparison.IsComparable)
        {
            Ladders();
        }

        new EffectTables(comparison, arguments, context).Write();
        WriteMeans();
        DialTable.Write(console, comparison);
        CheckLines.Write(context, comparison.Checks, "Other reasons looked at");
        PlainWrap.Beside(console, "  ", string.Join(' ', comparison.Verdict), context.Width);

        if (view.ShowsEstimands)
        {
            StatementLines.Write(context, comparison.Estimands);
        }

        if (context.Output.Verbose)
        {
            ToleranceList.Write(console, comparison.Options.Gee.Tolerances.All, "Tolerances of GEE");
            ToleranceList.Write(console, comparison.Options.Glmm.Tolerances.All, "Tolerances of the GLMM");
            ToleranceList.Write(console, comparison.Options.Tolerances.All, "Tolerances of the comparison");
        }
    }

    private void Ladders()
    {
        // Exposures as arms have a table of their own, with their average: a ladder for each is for who asks.
        ExposureTable.Write(console, comparison, context.Output.Verbose);
        if (HasArms)
        {
            LadderSection.Write(context, comparison.Ladder, WordsOf(comparison), SubjectOf(comparison, arguments));
        }

        if (comparison.Change is { } change)
        {
            LadderSection.Write(context, change, WordsOf(comparison), SubjectOf(comparison, arguments));
        }
    }

    /// <summary>
    /// Writes standardized means and contrasts, arms and subgroups, averages over periods, and the clusters' own means; those alone where
    /// the fits cannot be compared.
    /// </summary>
    public void WriteMeans()
    {
        if (comparison.IsComparable)
        {
            if (HasArms)
            {
                Standardized();
            }

            new ArmTables(context, comparison.Options.Treatment, comparison.Frame.ResponseName, units).Write(
                view.Answers, comparison.Subgroups, comparison.Options.Glmm.Family, comparison.Options.Glmm.EffectiveLink);
            LongitudinalTable.Write(console, comparison, context.Output.Verbose);
        }

        CompareSummariesTable.Write(comparison, context);
    }

    /// <summary>What the ladder of a trial by cluster is about.</summary>
    public static LadderSubject SubjectOf(ModelComparison comparison, FitArguments arguments) => new()
    {
        Treatment = comparison.Options.Treatment,
        Response = comparison.Frame.ResponseName,
        Scale = ScaleNames.PrimaryScale(arguments.Family, arguments.Link),
        Weightings = [ClusterWeighting.Participant, ClusterWeighting.Cluster],
    };

    private bool HasArms =>
        comparison.Exposures is null || comparison.Options.Exposure != comparison.Options.Treatment || context.Output.Verbose;

    /// <summary>What the rungs and steps of a trial by cluster are called.</summary>
    public static LadderWords WordsOf(ModelComparison comparison)
    {
        var trial = comparison.Options.Trial;
        var visits = trial.HasVisits(comparison.Frame);
        return new LadderWords
        {
            Person = visits ? trial.Unit : "participant",
            Persons = visits ? trial.Units : "participants",
            Unit = trial.Unit,
            Units = trial.Units,
            Row = visits ? "row" : null,
            Covariates = TreatmentEffect.Covariates(comparison.Frame.Design, comparison.Effects.Select(effect => effect.Effect)),
            Spread = comparison.Spread,
            Alpha = comparison.Options.Tolerances.Alpha,
        };
    }

    private void Standardized()
    {
        var shown = comparison.Standardized
            .Where(result => context.Output.Verbose || result.Means.Weighting == ClusterWeighting.Participant)
            .ToList();
        if (shown.Count == 0)
        {
            return;
        }

        foreach (var group in shown.GroupBy(result => result.Means.Weighting))
        {
            CompareCommandStandardized.Write(
                console,
                [.. group],
                comparison.Options,
                arguments.Family == Family.Binomial,
                view.EventIsHarm,
                context.Output.Level);
            console.WriteLine();
        }
    }
}

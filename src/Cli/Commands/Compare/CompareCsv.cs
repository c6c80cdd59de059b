using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Cli.RowFiles;
using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Compare.Longitudinal;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>A comparison as one table of CSV, for trials by cluster and by person: a line an estimate.</summary>
/// <remarks>
/// The first twelve columns are those of every line. Lines of a ladder have <c>rung N</c>, <c>step N to M</c>, <c>side of rung N</c> or
/// <c>difference of side of rung N</c> for their estimand, and the further columns carry the names of the ladder in JSON.
/// Ratios stand last.
/// </remarks>
internal sealed class CompareCsv
{
    private static readonly string[] Columns =
    [
        "estimand", "method", "term", "scale", "weighting", "estimate", "se", "statistic", "df", "p", "lower", "upper",
        "name", "treated", "control", "at", "by", "cause", "zeroByIdentity", "seType",
    ];

    private readonly bool ratios;
    private readonly bool broom;
    private readonly bool isPooled;
    private readonly ResultTable csv;

    /// <summary>Begins the table.</summary>
    /// <param name="ratios">Whether estimates that are logarithms of ratios stand there exponentiated as well.</param>
    /// <param name="broom">Whether columns have broom's names; then ratios take the place of their logarithms, as broom has it.</param>
    /// <param name="isPooled">Whether estimates are pooled over imputed data and have a fraction of missing information.</param>
    public CompareCsv(bool ratios, bool broom = false, bool isPooled = false)
    {
        (this.ratios, this.broom, this.isPooled) = (ratios, broom, isPooled);
        csv = new ResultTable(
        [
            .. broom ? BroomNames.Of(Columns) : Columns, .. isPooled ? ["fmi"] : Array.Empty<string>(),
            .. ratios && !broom ? ["ratio", "ratio_lower", "ratio_upper"] : Array.Empty<string>(),
        ]);
    }

    /// <summary>A line of an estimate that belongs to no ladder.</summary>
    public void Add(string estimand, string method, string term, string scale, string? weighting, Coefficient row, string? errors = null) =>
        Write(
            [estimand, method, term, scale, weighting, .. Numbers(row), null, null, null, null, null, null, null, errors],
            row.MissingInformation);

    /// <summary>The lines of a number needed to treat.</summary>
    public void Needed(string method, StandardizedContrast contrast, bool eventIsHarm)
    {
        foreach (var (scale, estimate, lower, upper) in NumberNeededRows.Of(NumberNeededToTreat.Of(contrast.Inference), eventIsHarm))
        {
            Write([
                Estimand.Standardized.Key, method, $"{contrast.Treated} - {contrast.Control}", scale, contrast.Weighting.Name, estimate,
                null, null, null, null, lower, upper, null, contrast.Treated, contrast.Control, null, null, null, null, null,
            ]);
        }
    }

    /// <summary>The rungs of a ladder, their steps, and what other estimators say beside them.</summary>
    /// <param name="ladder">The ladder, those of subgroups included.</param>
    /// <param name="method">The working model, such as <c>GLMM</c>.</param>
    public void Add(EstimandLadder ladder, string method)
    {
        foreach (var rung in ladder.Rungs)
        {
            Line($"rung {rung.Rung}", method, rung.Question, rung.Scale, rung.Weighting, rung.Inference, rung.Name, null, null,
                rung.StandardErrorType);
        }

        foreach (var step in ladder.Steps)
        {
            Line($"step {step.From} to {step.To}", method, step.Question, step.Scale, step.Weighting, step.Inference, null, step.Cause,
                step.IsZeroByIdentity ? "true" : "false", null);
        }

        foreach (var side in ladder.Sides)
        {
            Line($"side of rung {side.Rung}", side.Name, side.Question, side.Scale, side.Weighting, side.Inference, side.Name, null, null,
                null);
            if (side.Difference is { } difference)
            {
                Line($"difference of side of rung {side.Rung}", side.Name, side.Question, side.Scale, side.Weighting, difference, side.Name,
                    null, null, null);
            }
        }
    }

    /// <summary>Contrasts of means, and margins: the estimate against its margin, with the one-sided p-value.</summary>
    public void Add(ArmAnswers answers)
    {
        foreach (var row in answers.Contrasts.Concat(answers.Pairs))
        {
            Add(Estimand.Standardized.Key, row.Method, row.Label, row.Scale, row.Weighting.Name, row.Inference);
        }

        foreach (var test in answers.Margins)
        {
            var bound = $"{(test.IsAbove ? "above" : "below")} {test.Margin.Name} {Figures.Significant(test.Margin.Value)}";
            var row = test.Inference;
            Write([
                $"margin of rung {test.Rung.Rung}", null, Pair(test.Rung.Question), test.Rung.Scale, test.Rung.Weighting.Name, row.Estimate,
                row.StandardError, row.Statistic, row.DegreesOfFreedom, test.PValue, row.Lower, row.Upper, bound,
                test.Rung.Question.Treated, test.Rung.Question.Control, Settings(test.Rung.Question.At), Settings(test.Rung.Question.By),
                null, null, test.Rung.StandardErrorType,
            ], row.MissingInformation);
        }
    }

    /// <summary>Effects by the time since clusters began treatment.</summary>
    public void Add(ExposureAnalysis? exposures)
    {
        foreach (var row in exposures?.Estimates ?? [])
        {
            Add("exposure", row.Method, $"{row.Exposure ?? "average"} - {exposures!.None}", row.Scale, row.Weighting.Name, row.Inference,
                row.StandardErrorType);
        }
    }

    /// <summary>Whether the effects of subgroups are one: their differences.</summary>
    public void Add(SubgroupAnalysis? subgroups, string method) =>
        Add(subgroups?.Column ?? string.Empty, subgroups?.Interactions ?? [], method);

    /// <summary>The differences of subgroups.</summary>
    /// <param name="column">What tells subgroups apart.</param>
    /// <param name="interactions">The differences.</param>
    /// <param name="method">The fit.</param>
    public void Add(string column, IReadOnlyList<SubgroupInteraction> interactions, string method)
    {
        foreach (var row in interactions)
        {
            foreach (var difference in row.Differences)
            {
                Write([
                    $"interaction of rung {row.Rung}", method, difference.Term, row.Scale, row.Weighting.Name, .. Numbers(difference),
                    null, row.Treated, row.Control, null, column, null, null, null,
                ], difference.MissingInformation);
            }
        }
    }

    /// <summary>The table with all rows so far.</summary>
    public ResultTable Table => csv;

    private void Write(object?[] fields, double? fraction = null)
    {
        object?[] pooled = isPooled ? [fraction] : [];
        if (!ratios)
        {
            csv.Row([.. fields, .. pooled]);
            return;
        }

        var isLogarithm = fields[Array.IndexOf(Columns, "scale")] is string scale && LadderTable.IsLogarithm(scale);
        object? Ratio(int column) => isLogarithm && fields[column] is double value ? Math.Exp(value) : null;
        int[] shown = [Array.IndexOf(Columns, "estimate"), Array.IndexOf(Columns, "lower"), Array.IndexOf(Columns, "upper")];
        csv.Row(broom
            ? [.. fields.Select((field, column) => shown.Contains(column) ? Ratio(column) ?? field : field), .. pooled]
            : [.. fields, .. pooled, .. shown.Select(Ratio)]);
    }

    private void Line(
        string estimand, string method, LadderQuestion question, string scale, ClusterWeighting? weighting, Coefficient row, string? name,
        string? cause, string? zero, string? errors) =>
        Write([
            estimand, method, Pair(question), scale, weighting?.Name, .. Numbers(row), name, question.Treated, question.Control,
            Settings(question.At), Settings(question.By), cause, zero, errors,
        ], row.MissingInformation);

    private static string Pair(LadderQuestion question) => $"{question.Treated} - {question.Control}";

    private static string? Settings(IReadOnlyList<(string Variable, string Value)> settings) =>
        settings.Count == 0 ? null : string.Join("; ", settings.Select(pair => $"{pair.Variable}={pair.Value}"));

    private static object?[] Numbers(Coefficient row) =>
        [row.Estimate, row.StandardError, row.Statistic, row.DegreesOfFreedom, row.PValue, row.Lower, row.Upper];
}

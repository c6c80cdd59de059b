using MarginalConditional.Data.Formulas;

namespace MarginalConditional.Compare.Choices;

/// <summary>The command that analyses a planned trial, as arguments of the program.</summary>
internal static class AnalysisCommand
{
    /// <summary>The arguments, without the program's name.</summary>
    public static IReadOnlyList<string> Of(EstimandChoice choice)
    {
        var columns = choice.Columns;
        var isOverTime = choice.Treated == TreatedUnit.OverTime;
        List<string> arguments =
        [
            "compare",
                columns.Data,
                $"{Name(columns.Outcome)} ~ {Name(columns.Treatment)}" + (isOverTime ? $" + {Name(columns.Period)}" : "")
                    + (choice.IsAdjusted ? $" + {Name(columns.Covariate)}" : ""),
                .. choice.IsByPerson ? Array.Empty<string>() : ["--cluster", columns.Cluster],
                .. choice.Visits > 1 ? ["--wave", columns.Visit] : Array.Empty<string>(),
                "--treatment", columns.Treatment,
            ];
        if (isOverTime)
        {
            arguments.AddRange(["--factor", columns.Period, "--period", columns.Period]);
        }

        if (choice.Outcome != TrialOutcome.Binary)
        {
            arguments.AddRange(["--family", choice.Outcome.Family.Name]);
        }

        if (choice.Trial.Unit != (choice.IsByPerson ? "participant" : "cluster"))
        {
            arguments.AddRange(["--unit", choice.Trial.Units == choice.Trial.Unit + "s"
                ? choice.Trial.Unit
                : $"{choice.Trial.Unit}/{choice.Trial.Units}"]);
        }

        if (choice.Measure != choice.Outcome.Own)
        {
            arguments.Add("--verbose");
        }

        arguments.Add("--estimand");
        if (choice.Trial.Population is { } population)
        {
            arguments.AddRange(["--population", population]);
        }

        arguments.AddRange(["--intercurrent", choice.Events.Words]);
        return arguments;
    }

    /// <summary>A column as a formula has it: quoted where it is no plain name.</summary>
    private static string Name(string column) => new Expression.Variable(column).ToString();
}

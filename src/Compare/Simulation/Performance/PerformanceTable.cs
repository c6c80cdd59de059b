using System.Globalization;

namespace MarginalConditional.Compare.Simulation.Performance;

/// <summary>How every method did in every scenario, of a study or of estimates made anywhere.</summary>
public sealed record PerformanceTable
{
    /// <summary>What the table is of, for titles.</summary>
    public required string Name { get; init; }

    /// <summary>The level of intervals, and 1 − the size of tests, in (0, 1).</summary>
    public required double Level { get; init; }

    /// <summary>The value that tests are of. Default: 0.</summary>
    public double Null { get; init; }

    /// <summary>The factors that tell scenarios apart, the last one varying fastest.</summary>
    public required IReadOnlyList<string> Factors { get; init; }

    /// <summary>The scenarios in order, in each the methods in order.</summary>
    public required IReadOnlyList<PerformanceCell> Cells { get; init; }

    /// <summary>The number of scenarios.</summary>
    public int Scenarios => Cells.Select(cell => cell.Scenario).Distinct().Count();

    /// <summary>The column to be named with methods that are all bare numbers; null where they are not.</summary>
    /// <param name="methods">The methods.</param>
    /// <param name="column">Where they stand.</param>
    internal static string? ColumnOf(IEnumerable<string> methods, string column) =>
        methods.All(method => double.TryParse(method, NumberStyles.Float, CultureInfo.InvariantCulture, out _)) ? column : null;

    /// <summary>The label of a scenario: <c>sigma = 2, effect = 1</c>.</summary>
    /// <param name="factors">The factors' names.</param>
    /// <param name="levels">Their levels, in the same order.</param>
    public static string LabelOf(IEnumerable<string> factors, IEnumerable<string> levels) =>
        string.Join(", ", factors.Zip(levels, (factor, level) => $"{factor} = {level}"));
}

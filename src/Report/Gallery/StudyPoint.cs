using MarginalConditional.Compare.Simulation.Performance;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Report.Gallery;

/// <summary>A method in a scenario, as the pictures of studies show it.</summary>
/// <param name="Cell">The method in the scenario.</param>
internal sealed record StudyPoint(PerformanceCell Cell)
{
    /// <summary>Every method in every scenario.</summary>
    public static IReadOnlyList<StudyPoint> Of(PerformanceTable table) => [.. table.Cells.Select(cell => new StudyPoint(cell))];

    /// <summary>Some of them, whose labels leave out the factors that are the same in all.</summary>
    public static IReadOnlyList<StudyPoint> OfVarying(PerformanceTable table, IEnumerable<PerformanceCell> cells)
    {
        PerformanceCell[] chosen = [.. cells];
        int[] varying =
        [
            .. Enumerable.Range(0, table.Factors.Count).Where(place =>
                chosen.Select(cell => cell.Levels[place]).Distinct(StringComparer.Ordinal).Skip(1).Any()),
        ];
        return
        [
            .. chosen.Select(cell => new StudyPoint(varying.Length == 0 ? cell : cell with
            {
                Label = PerformanceTable.LabelOf(
                    varying.Select(place => table.Factors[place]), varying.Select(place => cell.Levels[place])),
            })),
        ];
    }

    /// <summary>The scenario's place.</summary>
    public int Scenario => Cell.Scenario;

    /// <summary>The method's place among those of the study.</summary>
    public int Method => Cell.MethodIndex;

    /// <summary>The method's name.</summary>
    public string Name => Cell.Method.Length == 0 ? "estimate" : Cell.MethodLabel;

    /// <summary>How the method did.</summary>
    public EstimatePerformance Performance => Cell.Performance;

    /// <summary>The tone of a method.</summary>
    public PictureTone Tone => PictureTone.First + (Method % 6);

    /// <summary>Its shape.</summary>
    public PictureShape Shape => (PictureShape)(Method % 5);

    /// <summary>Its stroke.</summary>
    public PictureStroke Stroke => (PictureStroke)(Method % 4);

    /// <summary>What tells the scenario from others.</summary>
    public string Label => Cell.Label.Length == 0 ? "scenario" : Cell.Label;

    /// <summary>The label of a row: with the scenario where the row is its first.</summary>
    public string RowLabel(bool isFirst) =>
        !isFirst ? $"\u2003{Name}" : Cell.Label.Length == 0 ? Name : $"{Label} \u00B7 {Name}";

    /// <summary>A measure with its error as text: <c>−0.001 (0.003)</c>.</summary>
    public static string Text(PerformanceMeasure measure) =>
        $"{Figures.Estimate(measure.Value, measure.MonteCarloError)} "
            + $"({Figures.Estimate(measure.MonteCarloError, measure.MonteCarloError)})";
}

using MarginalConditional.Cli.Publishing;
using MarginalConditional.Compare.Simulation.Performance;
using MarginalConditional.Report.Gallery;

namespace MarginalConditional.Cli.Commands.Simulate;

/// <summary>The pictures of any table of performance.</summary>
internal static class PerformancePictures
{
    /// <summary>Beyond so many rows a report shows the nested loops alone.</summary>
    private const int MostRows = 120;

    /// <summary>All of them.</summary>
    /// <param name="table">The measures.</param>
    /// <param name="intervals">The intervals behind one of them.</param>
    public static IReadOnlyList<OfferedPicture> Of(
        PerformanceTable table, Func<PerformanceCell, IReadOnlyList<IntervalEstimate>> intervals)
    {
        var hasBias = table.Cells.Any(cell => double.IsFinite(cell.Performance.Bias.Value));
        var hasCoverage = table.Cells.Any(cell => double.IsFinite(cell.Performance.Coverage.Value));
        const string noTruth = "no truth is known";
        const string noIntervals = "no intervals are known";
        return
        [
            hasCoverage
                ? new OfferedPicture("zip", () => CoveragePictures.Zip(table, intervals))
                : OfferedPicture.Without("zip", hasBias ? noIntervals : noTruth),
            hasBias
                ? new OfferedPicture("lollipop", () => BiasPictures.Lollipop(table)) { IsCostly = table.Cells.Count > MostRows }
                : OfferedPicture.Without("lollipop", noTruth),
            hasBias
                ? new OfferedPicture("nested-loop", () => NestedLoopPictures.Bias(table))
                : OfferedPicture.Without("nested-loop", noTruth),
            hasCoverage
                ? new OfferedPicture("nested-loop-coverage", () => NestedLoopPictures.Coverage(table))
                : OfferedPicture.Without("nested-loop-coverage", hasBias ? noIntervals : noTruth),
            CoveragePictures.HasNulls(table)
                ? new OfferedPicture("type-i-error", () => CoveragePictures.TypeIError(table)) { IsCostly = table.Cells.Count > MostRows }
                : OfferedPicture.Without("type-i-error", "no scenario is without an effect"),
        ];
    }
}

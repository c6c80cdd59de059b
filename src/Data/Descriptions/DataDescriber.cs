using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Data.Descriptions;

/// <summary>Describes a table before anything is fitted to it.</summary>
/// <example>
/// <code>
/// using MarginalConditional.Data.Descriptions;
/// using MarginalConditional.Data.Tables;
///
/// var description = DataDescriber.Describe(
///     DatasetReader.Read("trial.csv"), new DescriptionRequest { Cluster = "id", Wave = "visit", Arm = "arm" });
/// foreach (var note in description.Notes)
/// {
///     Console.WriteLine(note);
/// }
/// </code>
/// </example>
public static class DataDescriber
{
    /// <summary>Describes a table.</summary>
    /// <param name="data">All of its columns.</param>
    /// <param name="request">Which of them are clusters, visits, arms and outcome.</param>
    /// <exception cref="InputException">A column is not there.</exception>
    public static DataDescription Describe(Dataset data, DescriptionRequest request)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(request);
        if (request.Outcome is { } outcome && data.Find(outcome) is null)
        {
            throw data.NoColumn(outcome);
        }

        CancellationScope.Check();
        var visits = VisitTable.Of(data, request);
        var digests = ValueDigest.OfAll(data);
        ColumnDescription[] columns = [.. data.Columns.Select(column => ColumnSummary.Of(column, digests))];
        string?[] roles = [request.Arm, request.Wave, .. request.Cluster?.Split(':') ?? []];
        return new DataDescription
        {
            Source = data.Source,
            Rows = data.Rows,
            Columns = columns,
            Clusters = visits.Sizes(),
            Arms = visits.Arms,
            Waves = visits.Waves,
            RowsOfWaves = visits.RowsOfWaves(),
            Missing =
            [
                .. columns.Where(column => column.Missing > 0 && !roles.Contains(column.Name, StringComparer.Ordinal))
                    .SelectMany(column => visits.Missing(data.Find(column.Name)!)),
            ],
            Patterns = visits.Patterns(),
            Notes =
            [
                .. data.Notes(data.Columns.Select(column => column.Name)), .. visits.Notes, .. visits.Oddities(), .. visits.ClusterNotes(),
                .. ColumnCautions.Of(data, request, digests),
            ],
        };
    }
}

using MarginalConditional.Cli.Options;
using MarginalConditional.Data;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Cli.Imputed;

/// <summary>The imputed sets of one file or of several, read once for all of them and coded alike.</summary>
internal sealed class ImputedTables
{
    /// <summary>mice's number of rows, which are the same person's in every set.</summary>
    private const string RowId = ".id";

    private readonly DataArguments data;
    private readonly ImputedRequest request;
    private readonly Dictionary<string, IReadOnlyList<Dataset>> read = new(StringComparer.Ordinal);
    private readonly bool hasRowId;

    /// <summary>Finds the sets.</summary>
    /// <param name="data">The file named on the command line.</param>
    /// <param name="request">Where the sets are.</param>
    /// <exception cref="InputException">There are no two of them.</exception>
    public ImputedTables(DataArguments data, ImputedRequest request)
    {
        this.data = data;
        this.request = request;
        if (request.Column is { } column)
        {
            var table = data.Read(data.Reading with { Columns = [column], Factors = [column] });
            hasRowId = table.Header.Contains(RowId, StringComparer.Ordinal);
            Names = [.. NumbersOf(table, column).Where(name => !IsOriginal(name))];
            Sets = [.. Names.Select((name, index) => Set(index, name, $"imputation {name}", data.Path))];
        }
        else
        {
            Names = request.Files;
            Sets = [.. Names.Select((file, index) => Set(index, file, Path.GetFileName(file), file))];
        }

        if (Sets.Count < 2)
        {
            throw new InputException(Sets.Count == 0
                ? $"Column {request.Column} holds no number but 0: there is no imputed data set."
                : $"There is one imputed data set, {Sets[0].Label}: what imputation leaves uncertain cannot be told from fewer than two.")
            {
                File = data.Path,
                Hint = request.Column is null ? "Name all files, such as --imputed \"imp*.csv\"." : "Write all sets into the file; mice: "
                    + "complete(imp, \"long\").",
            };
        }
    }

    /// <summary>The completed data sets, in order.</summary>
    public IReadOnlyList<ImputedSet> Sets { get; }

    private IReadOnlyList<string> Names { get; }

    private ImputedSet Set(int index, string name, string label, string path) => new(
        name, label, data with { Path = path, Imputed = reading => Read(reading)[index] });

    /// <summary>The sets' tables with the columns wanted.</summary>
    private IReadOnlyList<Dataset> Read(DatasetReaderOptions reading)
    {
        var key = string.Join('\n', [.. reading.Columns ?? ["*"], string.Empty, .. reading.Factors]);
        if (!read.TryGetValue(key, out var tables))
        {
            read.Add(key, tables = request.Column is { } column ? OfColumn(reading, column) : OfFiles(reading));
        }

        return tables;
    }

    private Dataset[] OfColumn(DatasetReaderOptions reading, string column)
    {
        string[] further = hasRowId ? [column, RowId] : [column];
        var whole = data.Read(reading with
        {
            Columns = reading.Columns is null ? null : [.. reading.Columns.Union(further, StringComparer.Ordinal)],
            Factors = [.. reading.Factors.Union(further, StringComparer.Ordinal)],
        });
        var numbers = (FactorColumn)whole.Find(column)!;
        var rows = Enumerable.Range(0, whole.Rows).ToLookup(row => numbers.Levels[numbers.Codes[row]], StringComparer.Ordinal);
        var imputed = whole.Part([.. Names.SelectMany(name => rows[name])]);
        var original = rows.Where(group => IsOriginal(group.Key)).SelectMany(group => group).ToArray();
        var alignment = hasRowId ? new RowAlignment((FactorColumn)whole.Find(RowId)!) : null;
        Dataset[] sets =
        [
            .. Names.Select(name =>
                whole.Part(alignment?.Ordered(rows[name]) ?? [.. rows[name]], imputed, $"{data.Path}, imputation {name}")),
        ];
        ImputedChecks.Require(Sets, sets, original.Length == 0 ? null : whole.Part(alignment?.Ordered(original) ?? original), column);
        return sets;
    }

    private Dataset[] OfFiles(DatasetReaderOptions reading)
    {
        Dataset[] tables = [.. Names.Select(file => data.At(file).Read(reading))];
        var stack = StackedTables.Of(tables);
        var sets = new Dataset[tables.Length];
        for (int t = 0, start = 0; t < sets.Length; start += tables[t++].Rows)
        {
            sets[t] = stack.Part([.. Enumerable.Range(start, tables[t].Rows)], stack, tables[t].Source);
        }

        var isOneOfThem = data.Content is null
            && Names.Any(file => string.Equals(Path.GetFullPath(file), Path.GetFullPath(data.Path), StringComparison.Ordinal));
        ImputedChecks.Require(Sets, sets, isOneOfThem ? null : data.Read(reading));
        return sets;
    }

    private static IEnumerable<string> NumbersOf(Dataset table, string column)
    {
        if (table.Find(column) is not FactorColumn numbers)
        {
            throw table.NoColumn(column);
        }

        for (var row = 0; row < numbers.Length; row++)
        {
            if (numbers.IsMissing(row))
            {
                throw new InputException("The number of the imputed data set is missing.")
                {
                    File = table.Source,
                    Line = table.LineOf(row),
                    Row = table.RowOf(row),
                    Column = column,
                };
            }
        }

        return numbers.Levels.OrderBy(ImputationOptions.NaturalKey, StringComparer.Ordinal);
    }

    /// <summary>Whether rows are those of the incomplete data: mice and Stata number them 0.</summary>
    private static bool IsOriginal(string number) => number.Trim() is "0" or "0.0" or "0.00";
}

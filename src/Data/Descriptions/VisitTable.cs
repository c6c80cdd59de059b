using System.Globalization;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Data.Descriptions;

/// <summary>The rows of a table by arm, visit and cluster.</summary>
internal sealed class VisitTable
{
    private readonly Dataset data;
    private readonly DescriptionRequest request;
    private readonly int[] clusters;
    private readonly int[] arms;
    private readonly int[] waves;

    private VisitTable(Dataset data, DescriptionRequest request)
    {
        this.data = data;
        this.request = request;
        (arms, Arms) = Coded(request.Arm is null ? null : Column(data, request.Arm), data.Rows);
        (waves, Waves) = Coded(WaveOf(data, request, Notes), data.Rows);
        (clusters, ClusterNames) = ClustersOf(data, request);
    }

    /// <summary>The arms; empty without a column of them.</summary>
    internal string[] Arms { get; }

    /// <summary>The visits in order; empty without a column of them.</summary>
    internal string[] Waves { get; }

    /// <summary>The names of clusters; empty without a column of them.</summary>
    internal IReadOnlyList<string> ClusterNames { get; }

    /// <summary>What is to be said about the order of visits.</summary>
    internal List<string> Notes { get; } = [];

    /// <summary>Sorts rows into arms, visits and clusters.</summary>
    /// <exception cref="InputException">A column is not there.</exception>
    internal static VisitTable Of(Dataset data, DescriptionRequest request) => new(data, request);

    /// <summary>Rows at each visit in each arm.</summary>
    internal int[] RowsOfWaves()
    {
        var width = Math.Max(Arms.Length, 1);
        var counts = new int[Waves.Length * width];
        for (var row = 0; row < waves.Length; row++)
        {
            if (waves[row] >= 0 && Waves.Length > 0 && (Arms.Length == 0 || arms[row] >= 0))
            {
                counts[(waves[row] * width) + Math.Max(arms[row], 0)]++;
            }
        }

        return counts;
    }

    /// <summary>Where a column is missing, by arm and visit.</summary>
    internal IEnumerable<MissingCell> Missing(Column column)
    {
        var (width, height) = (Math.Max(Waves.Length, 1), Math.Max(Arms.Length, 1));
        var (missing, rows) = (new int[width * height], new int[width * height]);
        for (var row = 0; row < column.Length; row++)
        {
            CancellationScope.Check(row);
            if ((Arms.Length == 0 || arms[row] >= 0) && (Waves.Length == 0 || waves[row] >= 0))
            {
                var cell = (Math.Max(arms[row], 0) * width) + Math.Max(waves[row], 0);
                rows[cell]++;
                missing[cell] += column.IsMissing(row) ? 1 : 0;
            }
        }

        for (var cell = 0; cell < rows.Length; cell++)
        {
            yield return new MissingCell(
                column.Name,
                Arms.Length == 0 ? null : Arms[cell / width],
                Waves.Length == 0 ? null : Waves[cell % width],
                missing[cell],
                rows[cell]);
        }
    }

    /// <summary>The visits at which clusters were seen; the most frequent patterns first.</summary>
    internal VisitPattern[] Patterns()
    {
        if (Waves.Length == 0 || ClusterNames.Count == 0)
        {
            return [];
        }

        var outcome = request.Outcome is null ? null : Column(data, request.Outcome);
        var seen = new char[ClusterNames.Count][];
        var armOf = new int[ClusterNames.Count];
        for (var row = 0; row < data.Rows; row++)
        {
            if (clusters[row] >= 0)
            {
                var own = seen[clusters[row]] ??= [.. Enumerable.Repeat('.', Waves.Length)];
                armOf[clusters[row]] = Math.Max(arms[row], 0);
                if (waves[row] >= 0 && outcome?.IsMissing(row) != true)
                {
                    own[waves[row]] = 'x';
                }
            }
        }

        return
        [
            .. Enumerable.Range(0, seen.Length)
                .GroupBy(cluster => new string(seen[cluster]), StringComparer.Ordinal)
                .OrderByDescending(group => group.Count())
                .ThenByDescending(group => group.Key, StringComparer.Ordinal)
                .Select(group => new VisitPattern(
                    group.Key,
                    [.. Enumerable.Range(0, Math.Max(Arms.Length, 1)).Select(arm => group.Count(cluster => armOf[cluster] == arm))])),
        ];
    }

    /// <summary>The sizes of clusters; null without them.</summary>
    internal ClusterDescription? Sizes()
    {
        if (ClusterNames.Count == 0)
        {
            return null;
        }

        var sizes = new int[ClusterNames.Count];
        foreach (var cluster in clusters.Where(cluster => cluster >= 0))
        {
            sizes[cluster]++;
        }

        Array.Sort(sizes);
        double sum = sizes.Sum();
        return new ClusterDescription
        {
            Name = request.Cluster!,
            Count = sizes.Length,
            Minimum = sizes[0],
            Median = (sizes[(sizes.Length - 1) / 2] + sizes[sizes.Length / 2]) / 2.0,
            Maximum = sizes[^1],
            Effective = sum * sum / sizes.Sum(size => (double)size * size),
            Single = sizes.Count(size => size == 1),
            Missing = clusters.Count(cluster => cluster < 0),
        };
    }

    /// <summary>Two rows of one cluster at one visit, and arms that change within clusters.</summary>
    internal IEnumerable<string> Oddities()
    {
        if (ClusterNames.Count == 0)
        {
            yield break;
        }

        var visits = new HashSet<(int, int)>();
        var armOf = new Dictionary<int, int>();
        var (twice, first, changing) = (new HashSet<int>(), -1, new HashSet<int>());
        for (var row = 0; row < clusters.Length; row++)
        {
            if (clusters[row] >= 0 && waves[row] >= 0 && Waves.Length > 0 && !visits.Add((clusters[row], waves[row])))
            {
                first = first < 0 ? row : first;
                twice.Add(clusters[row]);
            }

            if (clusters[row] >= 0 && arms[row] >= 0 && !armOf.TryAdd(clusters[row], arms[row]) && armOf[clusters[row]] != arms[row])
            {
                changing.Add(clusters[row]);
            }
        }

        if (twice.Count > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{(twice.Count == 1 ? "One cluster has" : $"{twice.Count} clusters have")} two rows of one visit, such as "
                    + $"{request.Cluster} {ClusterNames[clusters[first]]}, {request.Wave} {Waves[waves[first]]}: structures over time "
                    + $"refuse it.");
        }

        if (changing.Count > 0 && Arms.Length > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{request.Arm} changes within {changing.Count} of {ClusterNames.Count} clusters.");
        }

        if (request.Wave is null && clusters.GroupBy(cluster => cluster).Any(group => group.Key >= 0 && group.Count() > 1))
        {
            yield return "Without --wave the order of a cluster's rows counts as their order in time where a structure needs one, such as "
                + "ar1.";
        }
    }

    /// <summary>Clusters whose names may start again in another column, and names that are one number in two spellings.</summary>
    internal IReadOnlyList<string> ClusterNotes()
    {
        if (ClusterNames.Count == 0)
        {
            return [];
        }

        var own = Formulas.GroupingName.Columns(request.Cluster!);
        var groups = GroupColumns.Of(data, own);
        int[] rows = [.. Enumerable.Range(0, data.Rows).Where(row => clusters[row] >= 0).OrderBy(row => clusters[row])];
        string[] names =
        [
            .. data.Columns.Select(column => column.Name).Except(own, StringComparer.Ordinal)
                .Where(name => name != request.Wave && Array.TrueForAll(rows, row => !data.Find(name)!.IsMissing(row))),
        ];
        var offsets = new List<int>();
        for (var i = 0; i <= rows.Length; i++)
        {
            if (i == 0 || i == rows.Length || clusters[rows[i]] != clusters[rows[i - 1]])
            {
                offsets.Add(i);
            }
        }

        var partition = new Clusters(request.Cluster!, [.. offsets], cluster => ClusterNames[cluster]);
        return
        [
            .. groups.Notes,
            .. RestartedClusters.Notes(
                new FrameTable(data, rows, names), names, partition, place => $"--cluster {place}:{request.Cluster}"),
        ];
    }

    private static Column Column(Dataset data, string name) => data.Find(name) ?? throw data.NoColumn(name);

    private static Column? WaveOf(Dataset data, DescriptionRequest request, List<string> notes)
    {
        if (request.Wave is null || Column(data, request.Wave) is not FactorColumn column)
        {
            return request.Wave is null ? null : data.Find(request.Wave);
        }

        try
        {
            return LevelOrders.Natural(data, column, notes);
        }
        catch (InputException exception)
        {
            notes.Add($"{exception.Message} {exception.Hint}");
            return column;
        }
    }

    /// <summary>A code for each row, −1 where missing, and the values in order.</summary>
    private static (int[] Codes, string[] Levels) Coded(Column? column, int rows)
    {
        switch (column)
        {
            case NumericColumn numbers:
                double[] values = [.. numbers.ValuesArray.Where(double.IsFinite).Distinct().Order()];
                return (
                    Array.ConvertAll(numbers.ValuesArray, value => double.IsNaN(value) ? -1 : Array.BinarySearch(values, value)),
                    [.. values.Select(NumberLabel.Of)]);
            case FactorColumn factor:
                return (factor.CodesArray, [.. factor.Levels]);
            default:
                return ([.. Enumerable.Repeat(-1, rows)], []);
        }
    }

    private static (int[] Clusters, List<string> Names) ClustersOf(Dataset data, DescriptionRequest request)
    {
        var names = new List<string>();
        if (request.Cluster is null)
        {
            return ([.. Enumerable.Repeat(-1, data.Rows)], names);
        }

        Column[] parts =
        [
            .. Formulas.GroupingName.Columns(request.Cluster).Select(name => data.FindGrouping(name) ?? throw data.NoColumn(name)),
        ];
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var clusters = new int[data.Rows];
        for (var row = 0; row < clusters.Length; row++)
        {
            clusters[row] = -1;
            if (!Array.Exists(parts, part => part.IsMissing(row)))
            {
                var name = string.Join(":", parts.Select(part => Grouping.LabelOf(part, row)));
                if (!numbers.TryGetValue(name, out clusters[row]))
                {
                    numbers.Add(name, clusters[row] = names.Count);
                    names.Add(name);
                }
            }
        }

        return (clusters, names);
    }
}

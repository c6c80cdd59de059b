namespace MarginalConditional.Data.Rows;

/// <summary>The partition of a frame's sorted rows into clusters: cluster i holds rows Offsets[i] up to Offsets[i + 1] − 1.</summary>
public sealed class Clusters
{
    private readonly int[] offsets;
    private readonly Func<int, string> label;

    /// <summary>Wraps the offsets (not copied).</summary>
    /// <param name="name">What the clusters are: the name of the cluster column.</param>
    /// <param name="offsets">K + 1 ascending row numbers, from 0 to n.</param>
    /// <param name="label">The label of cluster i, made on demand.</param>
    public Clusters(string name, int[] offsets, Func<int, string> label)
    {
        Name = name;
        this.offsets = offsets;
        this.label = label;
        MinimumSize = Count == 0 ? 0 : int.MaxValue;
        double sum = 0, squares = 0;
        for (var i = 0; i < Count; i++)
        {
            MinimumSize = Math.Min(MinimumSize, Size(i));
            MaximumSize = Math.Max(MaximumSize, Size(i));
            sum += Size(i);
            squares += (double)Size(i) * Size(i);
        }

        EffectiveCount = squares > 0 ? sum * sum / squares : 0;
    }

    /// <summary>The name of the cluster column.</summary>
    public string Name { get; }

    /// <summary>K, the number of clusters.</summary>
    public int Count => offsets.Length - 1;

    /// <summary>K + 1 row numbers: where each cluster starts, and n at the end.</summary>
    public ReadOnlySpan<int> Offsets => offsets;

    /// <summary>The number of rows of the smallest cluster.</summary>
    public int MinimumSize { get; }

    /// <summary>The number of rows of the largest cluster.</summary>
    public int MaximumSize { get; }

    /// <summary>
    /// (Σn)²/Σn², the number of clusters of equal size that tell as much: K when all are equal, near 1 when one holds nearly all rows.
    /// </summary>
    public double EffectiveCount { get; }

    /// <summary>The first row of cluster i.</summary>
    public int Start(int cluster) => offsets[cluster];

    /// <summary>The number of rows of cluster i.</summary>
    public int Size(int cluster) => offsets[cluster + 1] - offsets[cluster];

    /// <summary>The label of cluster i, as in the data.</summary>
    public string Label(int cluster) => label(cluster);

    /// <summary>The cluster of each row, n values. Each call makes them anew.</summary>
    public int[] OfRows()
    {
        var member = new int[offsets[^1]];
        for (var cluster = 0; cluster < Count; cluster++)
        {
            member.AsSpan(Start(cluster), Size(cluster)).Fill(cluster);
        }

        return member;
    }

    /// <summary>Whether a column has one value in every cluster.</summary>
    /// <param name="column">A value a row.</param>
    public bool HasConstant(ReadOnlySpan<double> column)
    {
        for (var cluster = 0; cluster < Count; cluster++)
        {
            if (column.Slice(Start(cluster), Size(cluster)).ContainsAnyExcept(column[Start(cluster)]))
            {
                return false;
            }
        }

        return true;
    }
}

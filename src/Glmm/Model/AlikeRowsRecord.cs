namespace MarginalConditional.Glmm.Model;

/// <summary>What is written down of rows alike while those of a frame are added up, cluster after cluster.</summary>
/// <param name="rows">The rows of the frame.</param>
internal sealed class AlikeRowsRecord(int rows)
{
    /// <summary>The row that each row of the frame is added to, counted over all clusters.</summary>
    public int[] Targets { get; } = new int[rows];

    /// <summary>One over the number of rows added up so far: what a running mean moves by.</summary>
    public double[] Shares { get; } = new double[rows];

    /// <summary>Where the rows of each cluster start.</summary>
    public List<int> Starts { get; } = [0];

    /// <summary>X, by row.</summary>
    public List<double> Design { get; } = [];

    /// <summary>Z, by row.</summary>
    public List<double> Random { get; } = [];

    /// <summary>How many rows of the frame each stands for.</summary>
    public List<double> Counts { get; } = [];

    /// <summary>The hash of each.</summary>
    public List<ulong> Hashes { get; } = [];

    /// <summary>Whether so many rows are alike that to know them again is worth a table.</summary>
    public bool IsWorthKeeping => Counts.Count <= rows / 2;

    /// <summary>Notes that a row of the frame is added to one of its cluster.</summary>
    /// <param name="row">The row of the frame.</param>
    /// <param name="place">The place of the other among those of the cluster.</param>
    /// <param name="count">How many are added up with this one.</param>
    public void Note(int row, int place, double count)
    {
        Targets[row] = Starts[^1] + place;
        Shares[row] = 1 / count;
    }

    /// <summary>Copies the rows of a cluster when all of it is added up.</summary>
    public void End(
        ReadOnlySpan<double> design, ReadOnlySpan<double> random, ReadOnlySpan<double> counts, ReadOnlySpan<ulong> hashes)
    {
        Design.AddRange(design);
        Random.AddRange(random);
        Counts.AddRange(counts);
        Hashes.AddRange(hashes);
        Starts.Add(Counts.Count);
    }
}

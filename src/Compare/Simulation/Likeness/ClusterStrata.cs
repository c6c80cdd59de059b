using System.Globalization;
using MarginalConditional.Data.Frames;

namespace MarginalConditional.Compare.Simulation.Likeness;

/// <summary>
/// The clusters of the data by arm, from which whole clusters are drawn: one stratum for each treatment that a cluster has throughout, and
/// one for clusters in which treatments change. Immutable.
/// </summary>
internal sealed class ClusterStrata
{
    private readonly int[][] members;
    private readonly int[] stratumOf;

    private ClusterStrata(int[] stratumOf, int count)
    {
        this.stratumOf = stratumOf;
        members = [.. Enumerable.Range(0, count).Select(stratum =>
            Enumerable.Range(0, stratumOf.Length).Where(cluster => stratumOf[cluster] == stratum).ToArray())];
    }

    /// <summary>The number of strata.</summary>
    public int Count => members.Length;

    /// <summary>The clusters of the data, from 0, of a stratum.</summary>
    public ReadOnlySpan<int> Members(int stratum) => members[stratum];

    /// <summary>Sorts the clusters of a frame by the columns of the treatment, in the order of first appearance.</summary>
    /// <param name="frame">The data.</param>
    /// <param name="columns">The columns of the design that tell the arms apart.</param>
    public static ClusterStrata Of(ModelFrame frame, IReadOnlyList<int> columns)
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var stratumOf = new int[frame.Clusters.Count];
        for (var c = 0; c < stratumOf.Length; c++)
        {
            var (start, size) = (frame.Clusters.Start(c), frame.Clusters.Size(c));
            var isConstant = columns.All(column =>
                !frame.Design.Column(column).Slice(start, size).ContainsAnyExcept(frame.Design.Column(column)[start]));
            var arm = isConstant
                ? string.Join(' ', columns.Select(column => frame.Design.Column(column)[start].ToString("R", CultureInfo.InvariantCulture)))
                : "several";
            if (!known.TryGetValue(arm, out stratumOf[c]))
            {
                stratumOf[c] = known.Count;
                known.Add(arm, known.Count);
            }
        }

        return new ClusterStrata(stratumOf, known.Count);
    }

    /// <summary>Shares clusters out as the data do: by largest remainders, with one at least in every stratum.</summary>
    /// <param name="clusters">How many there are to be, as many as strata or more.</param>
    public int[] Shares(int clusters)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(clusters, Count);
        var wanted = Array.ConvertAll(members, stratum => (double)clusters * stratum.Length / stratumOf.Length);
        var shares = Array.ConvertAll(wanted, share => Math.Max(1, (int)share));
        for (var left = clusters - shares.Sum(); left != 0; left -= Math.Sign(left))
        {
            // Ties go to the first; what has to be given back comes from the stratum that has most too much.
            var best = Enumerable.Range(0, Count)
                .Where(stratum => left > 0 || shares[stratum] > 1)
                .MaxBy(stratum => Math.Sign(left) * (wanted[stratum] - shares[stratum]));
            shares[best] += Math.Sign(left);
        }

        return shares;
    }

    /// <summary>How often a cluster of the data is expected among those drawn, for every row of a frame.</summary>
    public double[] RowShares(ModelFrame frame, IReadOnlyList<int> shares)
    {
        var rows = new double[frame.Rows];
        for (var c = 0; c < stratumOf.Length; c++)
        {
            rows.AsSpan(frame.Clusters.Start(c), frame.Clusters.Size(c)).Fill((double)shares[stratumOf[c]] / members[stratumOf[c]].Length);
        }

        return rows;
    }
}

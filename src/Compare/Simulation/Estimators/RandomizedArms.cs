using MarginalConditional.Compare.Summaries;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>Which arm a simulated trial gave to whom, read off the columns of its design.</summary>
internal static class RandomizedArms
{
    /// <summary>The columns of the treatment, that of the second arm first.</summary>
    public static int[] Columns(Replicate replicate)
    {
        var design = replicate.Frame.Design;
        if (replicate.Mechanism?.Design is { } own)
        {
            return [.. Enumerable.Range(1, Math.Max(1, own.Treatments - 1)).Select(own.ColumnOf)];
        }

        // Coefficients of one term of a formula are one treatment's.
        var term = design.Terms[replicate.Model.EffectColumn];
        return [.. Enumerable.Range(0, design.Columns).Where(column => design.Terms[column] == term)];
    }

    /// <summary>The arm of each cluster of a trial that randomizes clusters.</summary>
    /// <exception cref="InvalidOperationException">The treatment varies within clusters, or is no choice of arms.</exception>
    public static TrialArms OfClusters(Replicate replicate)
    {
        var (design, clusters) = (replicate.Frame.Design, replicate.Frame.Clusters);
        var columns = Columns(replicate);
        var arms = new int[clusters.Count];
        for (var k = 0; k < columns.Length; k++)
        {
            var column = design.Column(columns[k]);
            for (var c = 0; c < arms.Length; c++)
            {
                var value = column[clusters.Start(c)];
                if (column.Slice(clusters.Start(c), clusters.Size(c)).ContainsAnyExcept(value))
                {
                    throw new InvalidOperationException(
                        $"{design.Names[columns[k]]} varies within clusters, so the clusters' means cannot be compared by arm.");
                }

                if (value is not (0 or 1))
                {
                    throw new InvalidOperationException(
                        $"{design.Names[columns[k]]} has values other than 0 and 1, so it makes no arms whose clusters could be compared.");
                }

                arms[c] += (int)value * (k + 1);
            }
        }

        return new TrialArms([.. Enumerable.Range(1, columns.Length + 1).Select(arm => $"{arm}")], arms, new int[arms.Length]);
    }
}

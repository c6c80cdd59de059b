using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Gee.Correlation;

/// <summary>The groups that an auxiliary column forms within each cluster.</summary>
internal static class SubclusterCodes
{
    /// <summary>For each row the index of its group within its cluster, counted from 0 in order of first appearance.</summary>
    public static int[] Within(ModelFrame frame, string name)
    {
        var column = frame.Auxiliary(name);
        var codes = new int[frame.Rows];
        var seen = new Dictionary<double, int>();
        for (var i = 0; i < frame.Clusters.Count; i++)
        {
            seen.Clear();
            for (var row = frame.Clusters.Start(i); row < frame.Clusters.Start(i) + frame.Clusters.Size(i); row++)
            {
                var value = column is FactorColumn factor ? factor.Codes[row] : ((NumericColumn)column).Values[row];
                if (!seen.TryGetValue(value, out codes[row]))
                {
                    codes[row] = seen.Count;
                    seen.Add(value, codes[row]);
                }
            }
        }

        return codes;
    }
}

using MarginalConditional.Data.Tables;

namespace MarginalConditional.Cli.Imputed;

/// <summary>Puts the rows of imputed sets into one order by their own id, where each has its id once.</summary>
internal sealed class RowAlignment
{
    private readonly FactorColumn id;

    /// <summary>Takes the column.</summary>
    /// <param name="id">An id a row.</param>
    public RowAlignment(FactorColumn id) => this.id = id;

    /// <summary>The rows in the order of their ids; as they are where an id is missing or stands twice.</summary>
    public int[] Ordered(IEnumerable<int> rows)
    {
        int[] own = [.. rows];
        var seen = new HashSet<int>();
        return own.All(row => !id.IsMissing(row) && seen.Add(id.Codes[row])) ? [.. own.OrderBy(row => id.Codes[row])] : own;
    }
}

namespace MarginalConditional.Cli.RowFiles;

/// <summary>A table of results, whatever file it becomes: named columns, each of whole numbers, numbers, dates or texts.</summary>
internal sealed class ResultTable
{
    private readonly ResultColumn[] columns;

    /// <summary>Starts with the names of the columns.</summary>
    public ResultTable(params string[] columns)
    {
        this.columns = [.. columns.Select(name => new ResultColumn(name))];
    }

    /// <summary>The columns.</summary>
    public IReadOnlyList<ResultColumn> Columns => columns;

    /// <summary>The number of rows.</summary>
    public int RowCount { get; private set; }

    /// <summary>Adds a row of texts, numbers and nulls; what is not finite is missing.</summary>
    public ResultTable Row(params object?[] fields)
    {
        for (var j = 0; j < columns.Length; j++)
        {
            columns[j].Add(fields[j]);
        }

        RowCount++;
        return this;
    }

    /// <summary>The table as CSV, its texts as they are.</summary>
    public override string ToString() => CsvRows.Write(this, [.. columns.Select(column => column.Name)], neutral: false);
}

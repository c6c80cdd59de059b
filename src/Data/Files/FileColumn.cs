namespace MarginalConditional.Data.Files;

/// <summary>The fields of one column as a file holds them: numbers or texts.</summary>
internal abstract class FileColumn
{
    private FileColumn()
    {
    }

    /// <summary>How many fields hold which code for a missing value; empty in formats that have one kind of missing only.</summary>
    internal IReadOnlyList<MissingCount> Missing { get; init; } = [];

    /// <summary>What was read otherwise than it stands in the file, a sentence each.</summary>
    internal IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Numbers, NaN where missing.</summary>
    internal sealed class Numbers(double[] values) : FileColumn
    {
        /// <summary>One a row.</summary>
        internal double[] Values => values;

        /// <summary>The names of codes, by code; empty for a column of plain numbers.</summary>
        internal IReadOnlyDictionary<double, string> Labels { get; init; } = new Dictionary<double, string>();
    }

    /// <summary>Texts by their numbers, −1 where missing.</summary>
    internal sealed class Texts(int[] codes, string[] levels) : FileColumn
    {
        /// <summary>One a row.</summary>
        internal int[] Codes => codes;

        /// <summary>The distinct texts, in the order in which they come first.</summary>
        internal string[] Levels => levels;

        /// <summary>For dates the days since 1970-01-01, a text each; empty for other text.</summary>
        internal double[] Days { get; init; } = [];
    }
}

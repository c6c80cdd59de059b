namespace MarginalConditional.Data.Files.Cdisc;

/// <summary>A column of a Dataset-JSON file as its head describes it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Label">What it is.</param>
/// <param name="Type">The type of its values: string, integer, decimal, float, double, boolean, datetime, date, time or URI.</param>
internal readonly record struct DatasetJsonItem(string Name, string? Label, string Type)
{
    /// <summary>Whether its values are numbers.</summary>
    internal bool IsNumber => Type is "integer" or "decimal" or "float" or "double";

    /// <summary>Whether its values are dates, with or without a time.</summary>
    internal bool IsDate => Type is "date" or "datetime";

    /// <summary>Whether the type is one of version 1.1.</summary>
    internal bool IsKnown => IsNumber || IsDate || Type is "string" or "boolean" or "time" or "URI";
}

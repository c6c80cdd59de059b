using System.Globalization;

namespace MarginalConditional.Data.Tables;

/// <summary>Numbers as labels of levels, clusters and waves.</summary>
internal static class NumberLabel
{
    /// <summary>The shortest decimal text that reads back as the same number, as in most files.</summary>
    internal static string Of(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

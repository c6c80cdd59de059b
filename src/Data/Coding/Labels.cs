using System.Globalization;

namespace MarginalConditional.Data.Coding;

/// <summary>Numbers as labels of levels, clusters and waves.</summary>
internal static class Labels
{
    /// <summary>The shortest decimal text that reads back as the same number, as in most files.</summary>
    internal static string Of(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

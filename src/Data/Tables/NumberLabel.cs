using System.Globalization;

namespace MarginalConditional.Data.Tables;

/// <summary>Numbers as labels of levels, clusters and waves.</summary>
internal static class NumberLabel
{
    /// <summary>
    /// The shortest decimal text that reads back as the same number, as in most files; that of −0 is 0, which it is equal to and in one
    /// level with.
    /// </summary>
    internal static string Of(double value) => (value + 0.0).ToString("R", CultureInfo.InvariantCulture);
}

namespace MarginalConditional.Data.Tables;

/// <summary>Reads CSV files into typed columns.</summary>
public static class DatasetReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file as the user named it.</param>
    /// <param name="options">How to read it; null for the defaults.</param>
    /// <exception cref="InputException">The file cannot be read as a table; the message gives line and column.</exception>
    public static Dataset Read(string path, DatasetReaderOptions? options = null) => throw new InputException($"{path} cannot be read.");
}

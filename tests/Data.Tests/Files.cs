using System.Text;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests;

/// <summary>Files for the tests: those that come with them, and small ones written for the moment.</summary>
internal static class Files
{
    internal static string Golden(string name) => Path.Combine(AppContext.BaseDirectory, "Golden", name);

    internal static string Reference(string name) => Path.Combine(AppContext.BaseDirectory, "reference", "data", name + ".csv");

    internal static IEnumerable<string> Cases() =>
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "reference", "cases"), "*.json").Order(StringComparer.Ordinal);

    internal static Dataset Read(string text, DatasetReaderOptions? options = null) => Read(Encoding.UTF8.GetBytes(text), options);

    internal static Dataset Read(byte[] content, DatasetReaderOptions? options = null) =>
        With(content, path => DatasetReader.Read(path, options));

    internal static T With<T>(byte[] content, Func<string, T> use)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, content);
            return use(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Place, message and hint on three lines, the temporary file called data.csv.</summary>
    internal static string Complaint(string text, Action<Dataset>? use = null, DatasetReaderOptions? options = null) =>
        Complaint(Encoding.UTF8.GetBytes(text), use, options);

    internal static string Complaint(byte[] content, Action<Dataset>? use = null, DatasetReaderOptions? options = null) =>
        With(content, path =>
        {
            var exception = Assert.Throws<InputException>(() =>
            {
                var data = DatasetReader.Read(path, options);
                use?.Invoke(data);
            });
            return Text(exception).Replace(path, "data.csv", StringComparison.Ordinal);
        });

    internal static string Text(InputException exception) =>
        (exception.Place.Length > 0 ? exception.Place + ": " : string.Empty) + exception.Message + (exception.Hint is { } hint
            ? "\n" + hint
            : string.Empty);
}

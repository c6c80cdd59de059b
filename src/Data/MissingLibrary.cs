namespace MarginalConditional.Data;

/// <summary>
/// Tells a library that the installation lacks from a file that somebody named: .NET throws the same exceptions for both.
/// </summary>
/// <example>
/// <code>
/// using MarginalConditional.Data;
///
/// try
/// {
///     Console.WriteLine(File.ReadAllText("trial.csv"));
/// }
/// catch (IOException exception) when (MissingLibrary.NameOf(exception) is null)
/// {
///     Console.WriteLine("There is no such file.");
/// }
/// </code>
/// </example>
public static class MissingLibrary
{
    /// <summary>The library that could not be loaded, by its name; null where something else went wrong.</summary>
    /// <param name="exception">A failure, or what it led to.</param>
    public static string? NameOf(Exception? exception)
    {
        for (var next = exception; next is not null; next = next.InnerException)
        {
            var file = next switch
            {
                FileNotFoundException missing => missing.FileName,
                FileLoadException unloaded => unloaded.FileName,
                BadImageFormatException damaged => damaged.FileName,
                _ => null,
            };

            // The full name of an assembly, where a file has its path.
            if (file is not null && !Path.IsPathRooted(file) && file.IndexOf(", Version=", StringComparison.Ordinal) is var end and > 0)
            {
                return file[..end];
            }
        }

        return null;
    }
}

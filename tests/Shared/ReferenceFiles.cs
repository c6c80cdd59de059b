using System.Text.Json;

namespace MarginalConditional.Tests;

/// <summary>Finds the reference numbers and data sets of the repository.</summary>
internal static class ReferenceFiles
{
    /// <summary>The folder that holds the solution.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>A data set of tests/reference.</summary>
    public static string Data(string name) => Path.Combine(RepositoryRoot, "tests", "reference", "data", name + ".csv");

    /// <summary>A file beside the tests of a project.</summary>
    /// <param name="parts">The project of tests, folders in it, the file.</param>
    public static string Beside(params string[] parts) => Path.Combine([RepositoryRoot, "tests", .. parts]);

    /// <summary>A case of tests/reference.</summary>
    public static JsonElement Case(string name) => Json(Path.Combine(RepositoryRoot, "tests", "reference", "cases", name + ".json"));

    /// <summary>The content of a JSON file.</summary>
    public static JsonElement Json(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    }

    /// <summary>The numbers of a property that holds an array.</summary>
    public static double[] Numbers(this JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MarginalConditional.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests have to run inside the repository.");
    }
}

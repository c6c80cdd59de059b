using System.Text.Json;

namespace MarginalConditional.Compare.Tests;

/// <summary>Finds the reference numbers and data sets of the repository.</summary>
internal static class ReferenceFiles
{
    public static string Data(string name) => Path.Combine(Root(), "data", name + ".csv");

    public static JsonElement Case(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root(), "cases", name + ".json")));
        return document.RootElement.Clone();
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "tests", "reference");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new DirectoryNotFoundException("tests/reference is not above the test binaries.");
    }
}

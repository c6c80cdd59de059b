using System.Text;

namespace MarginalConditional.Fuzzing.Commands;

/// <summary>The folder in which command lines run: it holds the file of the command line that runs and nothing else.</summary>
internal static class Workshop
{
    private static readonly string Folder = Open();

    /// <summary>Empties the folder and puts the file there.</summary>
    public static void Prepare(string csv) =>
        Prepare((CommandLine.DataFile, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(csv)));

    /// <summary>Empties the folder and puts files there, whose names may begin with that of a folder in it.</summary>
    public static void Prepare(params ReadOnlySpan<(string Name, byte[] Content)> files)
    {
        foreach (var file in Directory.EnumerateFiles(Folder))
        {
            File.Delete(file);
        }

        foreach (var folder in Directory.EnumerateDirectories(Folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        foreach (var (name, content) in files)
        {
            var path = Path.Combine(Folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
        }
    }

    /// <summary>The files of the folder and of those in it, by their names from it on.</summary>
    public static (string Name, byte[] Content)[] Read() =>
    [
        .. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(path => (Path.GetRelativePath(Folder, path), File.ReadAllBytes(path))),
    ];

    private static string Open()
    {
        var folder = Directory.CreateTempSubdirectory("fuzzing-").FullName;
        Directory.SetCurrentDirectory(folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }
}

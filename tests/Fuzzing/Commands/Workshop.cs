using System.Text;

namespace MarginalConditional.Fuzzing.Commands;

/// <summary>The folder in which command lines run: it holds the file of the command line that runs and nothing else.</summary>
internal static class Workshop
{
    private static readonly string Folder = Open();

    /// <summary>Empties the folder and puts the file there.</summary>
    public static void Prepare(string csv)
    {
        foreach (var file in Directory.EnumerateFiles(Folder))
        {
            File.Delete(file);
        }

        File.WriteAllText(
            Path.Combine(Folder, CommandLine.DataFile), csv, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    private static string Open()
    {
        var folder = Directory.CreateTempSubdirectory("fuzzing-").FullName;
        Directory.SetCurrentDirectory(folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }
}

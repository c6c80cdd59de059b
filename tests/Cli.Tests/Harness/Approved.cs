using System.Runtime.CompilerServices;
using System.Text;

namespace MarginalConditional.Cli.Tests.Harness;

/// <summary>
/// Compares text with a committed <c>*.approved.txt</c> beside the test; on a
/// difference it writes <c>*.received.txt</c> and fails with the lines that differ.
/// </summary>
/// <remarks>To approve, read the received file and rename it.</remarks>
internal static class Approved
{
    /// <summary>Requires the text to be the approved one of that name.</summary>
    public static void Match(string name, string received, [CallerFilePath] string caller = "")
    {
        var folder = Path.Combine(Path.GetDirectoryName(caller)!, "Approved");
        var approvedPath = Path.Combine(folder, name + ".approved.txt");
        var receivedPath = Path.Combine(folder, name + ".received.txt");
        var approved = File.Exists(approvedPath) ? File.ReadAllText(approvedPath) : string.Empty;
        if (approved == received)
        {
            File.Delete(receivedPath);
            return;
        }

        Directory.CreateDirectory(folder);
        File.WriteAllText(receivedPath, received);
        Assert.Fail($"{name} is not as approved. Read {receivedPath}; if it is right, rename it to "
            + $"{Path.GetFileName(approvedPath)}.\n{Differences(approved, received)}");
    }

    /// <summary>The lines around the first difference: those expected with −, those received with +.</summary>
    public static string Differences(string expected, string received)
    {
        var before = expected.Split('\n');
        var after = received.Split('\n');
        var first = 0;
        while (first < before.Length && first < after.Length && before[first] == after[first])
        {
            first++;
        }

        var text = new StringBuilder().Append("First difference at line ").Append(first + 1).Append('\n');
        foreach (var line in before.Skip(first).Take(12))
        {
            text.Append("- ").Append(line).Append('\n');
        }

        foreach (var line in after.Skip(first).Take(12))
        {
            text.Append("+ ").Append(line).Append('\n');
        }

        return text.ToString();
    }
}

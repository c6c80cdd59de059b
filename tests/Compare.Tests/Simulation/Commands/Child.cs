namespace MarginalConditional.Compare.Tests.Simulation.Commands;

/// <summary>A child process of a few lines of shell, which is there wherever the tests of children run.</summary>
internal static class Child
{
    /// <summary>Why tests with children are skipped here; null where they run.</summary>
    public static string? Missing => OperatingSystem.IsWindows() ? "needs a Unix shell" : null;

    /// <summary>Writes a script that greets, and then runs a body for each line, which stands in <c>$line</c>.</summary>
    /// <returns>The command that runs it.</returns>
    public static string Write(string folder, string body, string greeting = """{"ready": "child 1"}""")
    {
        var path = Path.Combine(folder, Path.GetRandomFileName() + ".sh");
        File.WriteAllText(path, $$"""
            echo '{{greeting}}'
            of() { printf '%s' "$line" | sed -n "s/.*\"$1\":\([0-9.]*\).*/\1/p"; }
            while IFS= read -r line; do
            {{body}}
            done
            """.ReplaceLineEndings("\n"));
        return $"sh '{path}'";
    }
}

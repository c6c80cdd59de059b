using MarginalConditional.Cli.Commands.Simulate;
using MarginalConditional.Fuzzing.Commands;
using MarginalConditional.Fuzzing.Texts;

namespace MarginalConditional.Fuzzing.Targets;

/// <summary>
/// Folders of studies with files that were torn or edited, given to what reads them: <c>report</c>, <c>simulate --resume</c>,
/// <c>merge</c>, <c>replay</c> and <c>summarize</c>. A command that refuses a folder leaves its rows as they are.
/// </summary>
internal sealed class FolderTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => "folder";

    /// <inheritdoc/>
    public override FuzzInput Make(Draws draws)
    {
        var folder = draws.Pick([.. StudyFolders.Names]);
        var words = Question(folder, draws);
        return Asking(words, folder, FolderNoise.Of(StudyFolders.Files, folder, draws));
    }

    /// <summary>The first two bytes choose folder, file and question; the others are that file, for which the manifest vouches.</summary>
    public override FuzzInput Of(byte[] bytes)
    {
        var (first, second) = (bytes.ElementAtOrDefault(0), bytes.ElementAtOrDefault(1));
        var folder = StudyFolders.Names[first % StudyFolders.Names.Count];
        var inside = StudyFolders.Files.Where(file => file.Name.StartsWith(folder + "/", StringComparison.Ordinal)).ToArray();
        var name = inside[second % inside.Length].Name;
        var files = StudyFolders.Files.Select(file => file.Name == name ? (name, bytes[Math.Min(2, bytes.Length)..]) : file).ToArray();
        return Asking(
            Question(folder, new Draws([(byte)(first * 8), second])), folder, FolderNoise.Vouched(files, folder));
    }

    private static string[] Question(string folder, Draws draws)
    {
        var study = folder == "rule" ? StudyFolders.RuleName : StudyFolders.StudyName;
        var rows = $"{folder}/{SimulateCommandFiles.ReplicatesName}";
        return draws.Below(8) switch
        {
            0 => ["report", folder, "--out", "page.html", "--no-timestamp"],
            1 => ["report", folder, "--tables", draws.Pick("t.md", "t.csv", "t.json", "t.txt"), "--replicates", "rows.csv"],
            2 => ["merge", "a", "b", "--out", "whole", "--format", "json"],
            3 => ["merge", folder, "--out", "whole", "--allow-gaps"],
            4 => ["summarize", rows, "--estimate", "estimate", "--se", "se", "--truth", "1", "--df", "df", "--by", "scenario,method",
                "--replicate", "replicate", "--converged", "outcome"],
            5 => ["report", folder, "--preregistration", "plan.md"],
            _ => ["simulate", study, "--out", folder, "--resume", "--threads", "1", .. Shard(folder), "--format",
                draws.Pick("json", "table")],
        };
    }

    private static string[] Shard(string folder) => folder switch
    {
        "a" => ["--shard", "1/2"],
        "b" => ["--shard", "2/2"],
        _ => [],
    };

    private static FuzzInput Asking(string[] words, string folder, (string Name, byte[] Content)[] all)
    {
        (string Name, byte[] Content)[] files = [.. all.Where(file => IsOf(file.Name, words, folder))];
        return new FuzzInput($"margcond {string.Join(' ', words)}\n{string.Join("\n\n", files.Select(Show))}", () =>
        {
            Workshop.Prepare(files);
            var outcome = CommandRun.Judge(words);
            return outcome.Refusal is not null && Changed(files) is { } name ? Outcome.Fault($"refused, and {name} has changed") : outcome;
        });
    }

    /// <summary>Whether a command may look at a file: one of the folder, of a part, or beside them.</summary>
    private static bool IsOf(string name, string[] words, string folder) =>
        !name.Contains('/', StringComparison.Ordinal)
            || name.StartsWith(folder + "/", StringComparison.Ordinal)
            || (words[0] == "merge" && name[0] is 'a' or 'b');

    private static string Show((string Name, byte[] Content) file) => $"{file.Name}\n{CsvBytes.Show(file.Content)}";

    /// <summary>A file of finished rows that is not as it was; null for none.</summary>
    private static string? Changed((string Name, byte[] Content)[] files)
    {
        var left = Workshop.Read().ToDictionary(file => file.Name, file => file.Content, StringComparer.Ordinal);
        return files.Where(file => file.Name.EndsWith(SimulateCommandFiles.ReplicatesName, StringComparison.Ordinal))
            .FirstOrDefault(file => !left.TryGetValue(file.Name, out var now) || !now.AsSpan().SequenceEqual(file.Content)).Name;
    }
}

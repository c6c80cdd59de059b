using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MarginalConditional.Cli.Commands.Simulate;
using MarginalConditional.Fuzzing.Commands;

namespace MarginalConditional.Fuzzing.Texts;

/// <summary>
/// Spoils the files of a study's folder: edited, cut off, exchanged, gone; with and without hashes that vouch for the edit.
/// </summary>
internal static class FolderNoise
{
    private static readonly string[] RowFields =
        ["0", "1", "2", "3", "5", "gee", "a b", "glmm", "marginal", "conditional", "NA", "converged", "warned", "failed", "", "1e-9"];

    /// <summary>The files with up to three of one folder spoiled.</summary>
    /// <param name="files">The good files.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="draws">The choices.</param>
    public static (string Name, byte[] Content)[] Of(IReadOnlyList<(string Name, byte[] Content)> files, string folder, Draws draws)
    {
        var spoiled = files.ToList();
        for (var count = draws.Pick(0, 1, 1, 1, 2, 3); count > 0; count--)
        {
            var places = Enumerable.Range(0, spoiled.Count)
                .Where(k => spoiled[k].Name.StartsWith(folder + "/", StringComparison.Ordinal)).ToArray();
            if (places.Length == 0)
            {
                break;
            }

            var at = draws.Pick(places);
            var (name, content) = spoiled[at];
            if (draws.OneIn(20))
            {
                spoiled.RemoveAt(at);
                continue;
            }

            var others = spoiled.Where(file => Path.GetFileName(file.Name) == Path.GetFileName(name)).ToArray();
            spoiled[at] = (name, draws.OneIn(20) ? draws.Pick(others).Content
                : draws.OneIn(20) ? draws.Pick([.. spoiled]).Content
                : draws.OneIn(12) ? content[..draws.Below(content.Length + 1)]
                : name.EndsWith(".json", StringComparison.Ordinal) ? JsonNoise.Of(Encoding.UTF8.GetString(content), draws)
                : Text(name, Encoding.UTF8.GetString(content), draws));
        }

        return draws.Below(4) > 0 ? Vouched(spoiled, folder) : [.. spoiled];
    }

    /// <summary>The files with hashes in the folder's manifest that are those of its files, where it still is one.</summary>
    public static (string Name, byte[] Content)[] Vouched(IReadOnlyList<(string Name, byte[] Content)> files, string folder)
    {
        var manifest = $"{folder}/{SimulateCommandManifest.FileName}";
        try
        {
            if (JsonNode.Parse(files.First(file => file.Name == manifest).Content) is not JsonObject root)
            {
                return [.. files];
            }

            Vouch(root, "studyFileSha256", files, $"{folder}/{SimulateCommandFiles.StudyName}");
            Vouch(root, "replicatesSha256", files, $"{folder}/{SimulateCommandFiles.ReplicatesName}");
            return [.. files.Select(file => file.Name == manifest ? (manifest, Encoding.UTF8.GetBytes(root.ToJsonString())) : file)];
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or ArgumentException or InvalidOperationException)
        {
            return [.. files];
        }
    }

    private static void Vouch(JsonObject manifest, string member, IReadOnlyList<(string Name, byte[] Content)> files, string name)
    {
        if (manifest[member] is JsonValue && files.FirstOrDefault(file => file.Name == name).Content is { } content)
        {
            manifest[member] = Convert.ToHexStringLower(SHA256.HashData(content));
        }
    }

    private static byte[] Text(string name, string text, Draws draws)
    {
        if (!name.EndsWith(".csv", StringComparison.Ordinal) || draws.OneIn(3))
        {
            return Encoding.UTF8.GetBytes(Mutation.Of(text, draws));
        }

        var rows = text.TrimEnd('\n').Split('\n').Where(row => !row.StartsWith('#')).ToList();
        for (var count = draws.Between(1, 4); count > 0 && rows.Count > 1; count--)
        {
            var at = draws.Between(1, rows.Count);
            var fields = rows[at].Split(',');
            switch (draws.Below(5))
            {
                case 0:
                    rows.RemoveAt(at);
                    break;
                case 1:
                    rows.Insert(at, rows[draws.Below(rows.Count)]);
                    break;
                default:
                    fields[draws.Below(fields.Length)] = draws.OneIn(2) ? draws.Pick(RowFields) : HostileWords.Label(draws);
                    rows[at] = string.Join(',', fields);
                    break;
            }
        }

        return name.EndsWith(SimulateCommandFiles.PartialName, StringComparison.Ordinal)
            ? StudyFolders.Journal(rows.Chunk(3).Select(block => string.Join('\n', block) + "\n"))
            : Encoding.UTF8.GetBytes(string.Join('\n', rows) + "\n");
    }
}

using System.Text;
using System.Text.Json.Nodes;
using MarginalConditional.Fuzzing.Commands;
using MarginalConditional.Fuzzing.Texts;

namespace MarginalConditional.Fuzzing.Targets;

/// <summary>Fits that were kept, edited afterwards or of other data, and what is asked of them by <c>--fit</c> and <c>--like</c>.</summary>
internal sealed class KeptTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => "kept";

    /// <inheritdoc/>
    public override FuzzInput Make(Draws draws)
    {
        var kept = draws.Pick([.. KeptFit.All]);
        var words = kept.Question(draws);
        var csv = draws.OneIn(6) ? Mutation.Of(KeptFit.Csv, draws) : KeptFit.Csv;
        var json = draws.OneIn(4) ? WithOtherWords(kept.Json, draws) : kept.Json;
        if (!draws.OneIn(6))
        {
            json = json.Replace(KeptFit.HashOf(KeptFit.Csv), KeptFit.HashOf(csv), StringComparison.Ordinal);
        }

        return Asking(words, draws.OneIn(8) ? Encoding.UTF8.GetBytes(json) : JsonNoise.Of(json, draws), csv);
    }

    /// <summary>The first byte chooses the question, and the others are the kept fit.</summary>
    public override FuzzInput Of(byte[] bytes)
    {
        var first = bytes.Length > 0 ? bytes[0] : 0;
        var words = KeptFit.All[first % KeptFit.All.Count].Question(new Draws([(byte)(first * 32), 0]));
        var json = Encoding.Latin1.GetString(bytes.AsSpan(Math.Min(1, bytes.Length)))
            .Replace(KeptFit.HashWord, KeptFit.HashOf(KeptFit.Csv), StringComparison.Ordinal);
        return Asking(words, Encoding.Latin1.GetBytes(json), KeptFit.Csv);
    }

    private static FuzzInput Asking(string[] words, byte[] json, string csv) => new(
        $"margcond {string.Join(' ', words)}\n{CsvBytes.Show(json)}\n{csv}",
        () =>
        {
            Workshop.Prepare(
                (CommandLine.DataFile, Encoding.UTF8.GetBytes(csv)),
                (KeptFit.FileName, json),
                (KeptFit.StudyName, Encoding.UTF8.GetBytes(KeptFit.StudyText)));
            return CommandRun.Judge(words);
        });

    /// <summary>The kept fit with the words of its command line spoiled.</summary>
    private static string WithOtherWords(string json, Draws draws)
    {
        var root = JsonNode.Parse(json)!;
        var words = root["saved"]!["arguments"]!.AsArray().Select(word => word!.GetValue<string>()).ToList();
        LineNoise.AddTo(words, draws);
        root["saved"]!["arguments"] = new JsonArray([.. words.Select(word => JsonValue.Create(word))]);
        return root.ToJsonString();
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MarginalConditional.Fuzzing.Commands;

/// <summary>A fit that <c>--save</c> kept of a small good trial, and what may be asked of it.</summary>
/// <param name="Command">The command that made it.</param>
/// <param name="Json">The file.</param>
internal sealed record KeptFit(string Command, string Json)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "fit.json";

    /// <summary>A study of trials like it.</summary>
    public const string StudyName = "study.yaml";

    /// <summary>What stands in the place of the data's SHA-256 in the files of a corpus.</summary>
    public const string HashWord = "HASH";

    /// <summary>The study's file.</summary>
    public const string StudyText = """
        study: like
        seed: 1
        replicates: 2
        data-generating-mechanisms: {like: fit.json, data: data.csv, effect: 0.5, clusters: 6}
        estimands: [marginal]
        methods: [gee: {correlation: independence}]
        """;

    private static readonly string[][] Lines =
    [
        ["gee", CommandLine.DataFile, "y ~ trt + x", "--cluster", "id", "--corr", "exchangeable"],
        ["gee", CommandLine.DataFile, "u ~ trt * t", "--cluster", "id", "--wave", "t", "--corr", "ar1", "--family", "gaussian"],
        ["glmm", CommandLine.DataFile, "y ~ trt + x + (1 | id)", "--nodes", "5"],
        ["glmm", CommandLine.DataFile, "o ~ trt + (1 | id)", "--family", "ordinal", "--nodes", "3"],
        ["lmm", CommandLine.DataFile, "u ~ trt + t + (1 | id)"],
        ["compare", CommandLine.DataFile, "y ~ trt", "--cluster", "id", "--treatment", "trt", "--nodes", "5", "--no-checks"],
    ];

    private static readonly Lazy<KeptFit[]> Made = new(() => [.. Lines.Select(Make)]);

    /// <summary>The trial.</summary>
    public static string Csv { get; } = Trial();

    /// <summary>A kept fit of each kind.</summary>
    public static IReadOnlyList<KeptFit> All => Made.Value;

    /// <summary>The SHA-256 of data, as a kept fit has it.</summary>
    public static string HashOf(string csv) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(csv)));

    /// <summary>A command line that asks something of the kept fit in the folder.</summary>
    public string[] Question(Draws draws) => draws.Below(8) switch
    {
        0 => ["simulate", "--like", FileName, "--replicates", "2", "--clusters", "6", "--effect", "0.5", "--threads", "1"],
        1 =>
        [
            "simulate", "--like", FileName, "--data", CommandLine.DataFile, "--replicates", "1", "--coefficient", "trt", "--threads", "1",
        ],
        2 => ["simulate", StudyName, "--threads", "1", "--format", "json"],
        3 => ["report", StudyName, "--preregistration", "plan.md"],
        4 => [Command, "--fit", FileName, "--newdata", CommandLine.DataFile, "--predictions", "p.csv", "--threads", "1"],
        5 => [Command, "--fit", FileName, "--contrast", "trt", "--format", "json", "--threads", "1"],
        6 => [draws.Pick("gee", "glmm", "lmm", "compare"), CommandLine.DataFile, "--fit", FileName, "--se", "robust", "--threads", "1"],
        _ => [Command, "--fit", FileName, "--format", "json", "--threads", "1"],
    };

    private static KeptFit Make(string[] words)
    {
        Workshop.Prepare(Csv);
        CommandRun.Require([.. words, "--threads", "1", "--save", FileName]);
        var json = Workshop.Read().Single(file => file.Name == FileName).Content;
        return new KeptFit(words[0], Encoding.UTF8.GetString(json));
    }

    private static string Trial()
    {
        var draws = new Draws("kept trial", 1);
        var text = new StringBuilder("y,u,o,x,trt,t,id\n");
        for (var row = 0; row < 36; row++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{draws.Below(2)},{draws.Uniform():F3},{draws.Pick("1", "2", "3")},{draws.Uniform():F3},{row / 3 % 2},"
                    + $"{(row % 3) + 1},{(row / 3) + 1}\n");
        }

        return text.ToString();
    }
}

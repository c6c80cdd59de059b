using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using MarginalConditional.Cli.Commands.Likeness;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Commands.Simulate;

/// <summary>The options that make a study of a kept fit: <c>--like --data --treatment --coefficient --effect --clusters</c>.</summary>
internal sealed class LikeOptions
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Option<string?> like = new("--like")
    {
        Description = "Trials like one that was fitted: a file that gee, glmm, lmm or compare kept by --save, in place of a study file.",
        HelpName = "FIT.json",
    };
    private readonly Option<string?> data = new("--data")
    {
        Description = "The data of that fit, unchanged (SHA-256); by default where the fit says they are.",
        HelpName = "DATA.csv",
    };
    private readonly Option<string?> treatment = new("--treatment")
    {
        Description = "The column that tells the arms apart, if several have two values.",
        HelpName = "COLUMN",
    };
    private readonly Option<string?> coefficient = new("--coefficient")
    {
        Description = "The coefficient of interest, such as arm:time; by default the treatment's.",
        HelpName = "NAME",
    };
    private readonly Option<string?> effect = new Option<string?>("--effect")
    {
        Description = "What that coefficient is to be, on the link scale; several make a grid: 0,0.3. By default as fitted.",
        HelpName = "NUMBERS",
    }.Require(
        text => Numbers(text).All(word => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value)),
        "has to be a number, or several such as 0,0.3");
    private readonly Option<string?> clusters = new Option<string?>("--clusters")
    {
        Description = "How many clusters a trial has; several make a grid: 20,40. By default as in the data.",
        HelpName = "NUMBERS",
    }.Require(
        text => Numbers(text).All(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 4),
        "has to be 4 or more, or several such as 20,40");

    /// <summary>Adds them, and what they need of each other.</summary>
    /// <param name="command">The command.</param>
    /// <param name="file">The study file, whose place they take.</param>
    public void AddTo(DocumentedCommand command, Argument<string?> file)
    {
        command.AddGroup("A trial like mine", like, data, treatment, coefficient, effect, clusters);
        command.Check(result =>
        {
            if (result.GetValue(file) is not null && result.GetValue(like) is not null)
            {
                result.AddError("--like takes the place of a study file: name one of them.");
            }
            else if (result.GetValue(file) is null && result.GetValue(like) is null)
            {
                result.AddError("There is no study.\nName a study file, or a kept fit by --like.");
            }
        });
        foreach (Option option in new Option[] { data, treatment, coefficient, effect, clusters })
        {
            command.HasEffect(
                option, result => result.GetValue(like) is not null, "without --like, whose trial it is about",
                "Name a kept fit by --like, or write it into the study file.");
        }
    }

    /// <summary>The file of the fit.</summary>
    public string? Fit(ParseResult parse) => parse.GetValue(like);

    /// <summary>The study, as a file would have it.</summary>
    /// <exception cref="InputException">The fit cannot be used.</exception>
    public string Study(ParseResult parse, CommandContext context)
    {
        var fit = parse.GetRequiredValue(like)!;
        var refitted = new KeptFits(context).Refit(fit, parse.GetValue(data));
        string?[] lines =
        [
            $"study: {Quoted(Path.GetFileNameWithoutExtension(fit))}",
            "seed: 1",
            "replicates: 1000",
            $"aims: {Quoted($"How methods do on trials like the one of {Path.GetFileName(fit)}.")}",
            "data-generating-mechanisms:",
            $"  like: {Quoted(fit)}",
            Line("data", parse.GetValue(data), Quoted),
            Line("treatment", parse.GetValue(treatment), Quoted),
            Line("coefficient", parse.GetValue(coefficient), Quoted),
            Line("effect", parse.GetValue(effect), text => $"[{string.Join(", ", Numbers(text))}]"),
            Line("clusters", parse.GetValue(clusters), text => $"[{string.Join(", ", Numbers(text))}]"),
            $"estimands: [{string.Join(", ", refitted.Estimands)}]",
            "methods:",
            .. refitted.Methods.Select(method => $"  - {method}"),
        ];
        return string.Concat(lines.OfType<string>().Select(line => line + "\n"));
    }

    private static string? Line(string name, string? value, Func<string, string> write) =>
        value is null ? null : $"  {name}: {write(value)}";

    private static string[] Numbers(string? text) => text?.Split(',', StringSplitOptions.TrimEntries) ?? [];

    /// <summary>A text in double quotes, by rules that JSON and YAML share.</summary>
    private static string Quoted(string text) => JsonSerializer.Serialize(text, Plain);
}

using System.CommandLine;
using System.CommandLine.Parsing;
using MarginalConditional.Cli.Files;
using MarginalConditional.Cli.Options;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Saving;

/// <summary>The options that keep a fit and use it again.</summary>
internal sealed class KeepOptions
{
    /// <summary>Groups of options that ask questions of a fit, rather than say what it is.</summary>
    private static readonly string[] Questions = ["Output", "Means", "Predictions", "Files", "Pictures and report", "Keeping"];

    /// <summary>Single options of the same kind.</summary>
    private static readonly string[] MoreQuestions =
    [
        "--predictions", "--newdata", "--diagnostics", "--score-test", "--contrast", "--lrt", "--ci", "--bootstrap", "--seed", "--width",
        "--ascii",
    ];

    private readonly Option<string?> save = OptionRule.OutputFile(
        "--save", "Keep the result in this JSON file, to ask more of it later by --fit, or to simulate trials like it.", rows: false);

    private readonly Option<string?> fit = new("--fit")
    {
        Description = "Use a fit that was kept, in the place of data and formula: margcond COMMAND --fit fit.json --newdata new.csv. The "
            + "data have to be there unchanged (SHA-256).",
        HelpName = "FILE",
    };

    private DocumentedCommand? command;

    /// <summary>Both.</summary>
    public Option[] All => [save, fit];

    /// <summary>Adds them under a heading of their own.</summary>
    public void AddTo(DocumentedCommand owner)
    {
        command = owner;
        fit.Validators.Add(RequireAsKept);
        owner.AddGroup("Keeping", save, fit);
    }

    /// <summary>Refuses to keep a result of a kind that is not kept.</summary>
    /// <exception cref="InputException">It is to be kept.</exception>
    public void Refuse(ParseResult parse, string reason)
    {
        if (parse.GetValue(save) is not null)
        {
            throw new InputException(reason) { Hint = "Leave out --save; --format json and --out write the result." };
        }
    }

    /// <summary>What is to be kept, and what was.</summary>
    /// <exception cref="InputException">The data came through a pipe and could not be read again.</exception>
    public Keeping Read(ParseResult parse, DataArguments data)
    {
        var path = parse.GetValue(save);
        if (path is not null && (data.Content is not null || data.Tables?.Find(data.JoinPath ?? string.Empty) is not null))
        {
            throw new InputException("--save keeps a fit whose data can be read again, and these did not come from a file.")
            {
                Hint = "Name a file of data.",
            };
        }

        return new Keeping(
            path,
            parse.CommandResult.Command.Name,
            path is null ? [] : Words(parse),
            path is null ? string.Empty : FileHash.Of(data.Path),
            path is null || data.JoinPath is null ? null : FileHash.Of(data.JoinPath),
            parse.GetValue(fit) is { } kept ? SavedFile.Read(kept) : null);
    }

    private string[] Words(ParseResult parse)
    {
        var left = Left();
        var arguments = parse.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(result => result.Tokens.Select(token => token.Value));
        var options = parse.CommandResult.Children.OfType<OptionResult>()
            .Where(result => !result.Implicit && !left.Contains(result.Option.Name))
            .SelectMany(result => result.Tokens.Count == 0
                ? [result.Option.Name]
                : result.Tokens.Select(token => $"{result.Option.Name}={token.Value}"));
        return [.. arguments, .. options];
    }

    /// <summary>The options that no kept fit has: what is asked of it, and where that is written.</summary>
    private HashSet<string> Left() => command!.Groups
        .Where(group => Questions.Contains(group.Heading, StringComparer.Ordinal))
        .SelectMany(group => group.Options)
        .SelectMany(option => option.Aliases.Prepend(option.Name))
        .Concat(MoreQuestions)
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>Refuses a file that somebody changed: it would write other files, which whoever asks for the fit did not name.</summary>
    private void RequireAsKept(OptionResult result)
    {
        var left = Left();
        if (result.GetValueOrDefault<string?>() is { } path
            && SavedFile.Read(path).Arguments.Skip(1).FirstOrDefault(word => left.Contains(word.Split('=')[0])) is { } foreign)
        {
            result.AddError($"{path} has been changed: it holds {foreign.Split('=')[0]}, which --save keeps of no fit. Fit again.");
        }
    }
}

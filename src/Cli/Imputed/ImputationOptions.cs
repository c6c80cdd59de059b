using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Predictions;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Imputed;

/// <summary>The options of data with several imputed sets: <c>--imputation --imputed --drop-failed --pool-scale</c>.</summary>
internal sealed class ImputationOptions
{
    /// <summary>The word of <c>--df</c> that takes mice's complete-data degrees of freedom.</summary>
    public const string Mice = "mice";

    private readonly Option<string?> column = new("--imputation")
    {
        Description = "The column that numbers multiply imputed data sets, such as mice's .imp: the model is fitted to each, and the fits "
            + "are pooled by Rubin's rules. Rows of number 0, the incomplete data, are left out.",
        HelpName = "COLUMN",
    };
    private readonly Option<string[]> files = new("--imputed")
    {
        Description = "Imputed data sets in files of their own, such as \"imp*.csv\"; repeatable. DATA.csv is then the incomplete data, or "
            + "one of the files.",
        HelpName = "FILES",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<bool> dropFailed = new("--drop-failed")
    {
        Description = "Leave out imputed sets whose fit does not converge, rather than stop.",
    };
    private readonly Option<string> scale = Choice.Option(
        "--pool-scale", "Scale on which risks and other averaged responses are pooled.", "response", "logit");

    /// <summary>Adds them under a heading of their own.</summary>
    public void AddTo(DocumentedCommand command)
    {
        command.AddGroup("Imputed data", column, files, dropFailed, scale);
        command.Check(result =>
        {
            if (result.IsGiven(column) && result.IsGiven(files))
            {
                result.AddError("--imputation and --imputed both say where the imputed sets are.\nLeave one of the two out.");
            }
        });
        command.HasEffect(dropFailed, IsAsked, "on data without imputed sets", "Add --imputation COLUMN, or leave it out.");
        command.HasEffect(scale, IsAsked, "on data without imputed sets", "Add --imputation COLUMN, or leave it out.");
    }

    /// <summary>Refuses options that have no meaning for several imputed sets.</summary>
    /// <param name="command">The command.</param>
    /// <param name="why">A clause that follows the option and a colon.</param>
    /// <param name="options">The options.</param>
    public void Refuse(DocumentedCommand command, string why, params Option[] options) => command.Check(result =>
    {
        if (IsAsked(result) && Array.Find(options, option => result.IsGiven(option)) is { } given)
        {
            result.AddError($"{given.Name} does not go with imputed data: {why}.\nLeave one of the two out.");
        }
    });

    /// <summary>Refuses values of an option that have no meaning for several imputed sets, or for one.</summary>
    /// <param name="command">The command.</param>
    /// <param name="what">The option as typed, such as <c>--corr all</c>.</param>
    /// <param name="why">A clause that follows it and a colon.</param>
    /// <param name="isAsked">Whether it was typed.</param>
    public void Refuse(DocumentedCommand command, string what, string why, Func<CommandResult, bool> isAsked) => command.Check(result =>
    {
        if (IsAsked(result) && isAsked(result))
        {
            result.AddError($"{what} does not go with imputed data: {why}.\nLeave one of the two out.");
        }
    });

    /// <summary>Refuses files of one data set.</summary>
    /// <param name="command">The command.</param>
    /// <param name="files">Those of a mixed model.</param>
    public void Refuse(DocumentedCommand command, MixedFiles files)
    {
        Refuse(command, "predicted effects belong to one data set", files.RandomEffects);
        Refuse(command, "influence belongs to one data set", files.Diagnostics);
        Refuse(command, files.Predictions, files.NewData);
    }

    /// <summary>Refuses predictions of the rows that were fitted; new rows have pooled ones.</summary>
    /// <param name="command">The command.</param>
    /// <param name="predictions">The file of predictions.</param>
    /// <param name="newData">The file of new rows.</param>
    public void Refuse(DocumentedCommand command, Option predictions, NewDataOption newData) => Refuse(
        command, "--predictions", "residuals belong to one data set; new rows are predicted by --newdata",
        result => result.IsGiven(predictions) && !result.IsGiven(newData.Option));

    /// <summary>Allows mice's degrees of freedom with imputed data only.</summary>
    /// <param name="command">The command.</param>
    /// <param name="degreesOfFreedom">Its option <c>--df</c>.</param>
    public void CheckMice(DocumentedCommand command, Option<string> degreesOfFreedom) => command.HasEffect(
        degreesOfFreedom, result => IsAsked(result) || result.GetValue(degreesOfFreedom) != Mice,
        "as mice without imputed sets, whose complete data it describes", "Add --imputation COLUMN, or choose another.");

    /// <summary>Whether the data have several imputed sets.</summary>
    public bool IsAsked(SymbolResult result) => result.IsGiven(column) || result.IsGiven(files);

    /// <summary>Whether the data have several imputed sets.</summary>
    public bool IsAsked(ParseResult parse) => IsAsked(parse.CommandResult);

    /// <summary>What the user asked for.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="degreesOfFreedom">The value of <c>--df</c>; null where the command has none.</param>
    /// <exception cref="InputException">No file has such a name.</exception>
    public ImputedRequest Read(ParseResult parse, string? degreesOfFreedom) => new()
    {
        Column = parse.GetValue(column),
        Files = [.. (parse.GetValue(files) ?? []).SelectMany(Matching).DistinctBy(Path.GetFullPath, StringComparer.Ordinal)],
        DropsFailed = parse.GetValue(dropFailed),
        ByLogOdds = parse.GetValue(scale) == "logit",
        CountsRows = degreesOfFreedom == Mice,
    };

    /// <summary>The files that a pattern means, numbers in their names by value.</summary>
    private static IEnumerable<string> Matching(string pattern)
    {
        if (!pattern.AsSpan().ContainsAny('*', '?'))
        {
            return [pattern];
        }

        var folder = Path.GetDirectoryName(pattern) is { Length: > 0 } named ? named : ".";
        if (folder.AsSpan().ContainsAny('*', '?'))
        {
            throw new InputException($"--imputed cannot read \"{pattern}\": stars may stand in the file's name, not in the folder's.");
        }

        string[] found = Directory.Exists(folder) ? Directory.GetFiles(folder, Path.GetFileName(pattern)) : [];
        return found.Length == 0
            ? throw new InputException($"No file has a name like \"{pattern}\".")
            {
                Hint = $"Looked in {Path.GetFullPath(folder)}; put the pattern in quotes.",
            }
            : found.Select(file => folder == "." ? Path.GetFileName(file) : file).OrderBy(NaturalKey, StringComparer.Ordinal);
    }

    /// <summary>A name whose numbers are padded, so that 2 stands before 10.</summary>
    internal static string NaturalKey(string name) =>
        Regex.Replace(name, "[0-9]+", number => number.Value.PadLeft(20, '0'), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}

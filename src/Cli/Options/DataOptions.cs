using System.CommandLine;
using System.CommandLine.Completions;
using MarginalConditional.Data;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Cli.Options;

/// <summary>The data file and how to read it: <c>DATA.csv --na --join --on --member --sheet --decimal-comma --separator</c>.</summary>
internal sealed class DataOptions
{
    private readonly Argument<string> path = new("DATA.csv")
    {
        Description = "The data: CSV with a header line, SAS transport, Stata, Dataset-JSON, Excel or Parquet; - reads standard input.",
    };
    private readonly Option<string[]> missing = new("--na")
    {
        Description = "A token read as missing, beside the empty field, NA and NaN; repeatable.",
        HelpName = "TOKEN",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<bool> decimalComma = new("--decimal-comma")
    {
        Description = "Numbers are written 3,5 (the fields are then separated by something else).",
    };
    private readonly Option<string?> separator = new("--separator")
    {
        Description = "What separates the fields: one character, or tab; by default it is found out from the first lines.",
        HelpName = "CHARACTER",
    };

    private readonly Option<string?> join = new("--join")
    {
        Description = "A second file, one row a key, whose columns are joined to the rows of the first.",
        HelpName = "FILE",
    };
    private readonly Option<string?> keys = new("--on")
    {
        Description = "The columns by which --join matches rows, such as USUBJID or \"site,id\".",
        HelpName = "COLUMNS",
    };
    private readonly Option<string?> member = new("--member")
    {
        Description = "Which data set of a SAS transport file that holds several.",
        HelpName = "NAME",
    };
    private readonly Option<string?> sheet = new("--sheet")
    {
        Description = "Which sheet of an Excel workbook that has several.",
        HelpName = "NAME",
    };

    public DataOptions() =>
        separator.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && text.Length != 1 && text is not ("tab" or "\\t"))
            {
                result.AddError("--separator has to be one character, or the word tab.");
            }
        });

    /// <summary>The data file's argument, for a command that places arguments itself.</summary>
    public Argument<string> Path => path;

    /// <summary>
    /// Adds the reading options under a heading of their own; the argument <see cref="Path"/>
    /// is added by the caller. Call it after the command's own options were added.
    /// </summary>
    public void AddTo(DocumentedCommand command)
    {
        command.AddGroup("Reading the data", missing, join, keys, member, sheet, decimalComma, separator);
        command.Check(result =>
        {
            var (file, columns) = (result.GetValue(join), result.GetValue(keys));
            if (file is null != columns is null)
            {
                result.AddError(file is null
                    ? "--on has no effect without --join.\nName the file whose columns are joined: --join adsl.xpt --on USUBJID."
                    : "--join does not say which columns match.\nName them: --join adsl.xpt --on USUBJID.");
            }
        });
        foreach (var option in command.Options.Where(option => option.HelpName == "COLUMN"))
        {
            option.CompletionSources.Add(context => Header(context.ParseResult).Select(name => new CompletionItem(name)));
        }
    }

    /// <summary>What the user asked for.</summary>
    public DataArguments Read(ParseResult parse)
    {
        var file = parse.GetRequiredValue(path);
        var given = GivenTables.Of(parse);
        var content = given?.Find(file);
        var piped = content is null && file == "-";
        if (piped && given is not null)
        {
            throw new InputException("A request has no standard input to read.") { Hint = "Give the data in its tables, and name them." };
        }

        return new DataArguments
        {
            Path = piped ? "standard input" : file,
            Content = piped ? StandardInput() : content,
            Tables = given,
            Reading = new DatasetReaderOptions
            {
                Separator = parse.GetValue(separator) switch { null => (char?)null, "tab" or "\\t" => '\t', var text => text[0] },
                DecimalComma = parse.GetValue(decimalComma),
                MissingTokens = parse.GetValue(missing) ?? [],
                Member = parse.GetValue(member),
                Sheet = parse.GetValue(sheet),
                Threads = OptionRule.ThreadsOf(parse),
            },
            JoinPath = parse.GetValue(join),
            Keys = parse.GetValue(keys)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
        };
    }

    /// <summary>The names of the columns for the completion of a command line, which may not be finished.</summary>
    private IReadOnlyList<string> Header(ParseResult parse)
    {
        try
        {
            return parse.GetValue(path) is { } file
                && File.Exists(file) ? DatasetReader.Read(file, new DatasetReaderOptions { Separator = null, Columns = [] }).Header : [];
        }
        catch (InputException)
        {
            return [];
        }
    }

    private static ReadOnlyMemory<byte> StandardInput()
    {
        using var input = Console.OpenStandardInput();
        using var content = new MemoryStream();
        input.CopyTo(content);
        return content.ToArray();
    }
}

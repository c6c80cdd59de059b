namespace MarginalConditional.Fuzzing.Commands;

/// <summary>A command line and the file it reads.</summary>
internal sealed class CommandLine
{
    /// <summary>The file that every command line reads.</summary>
    public const string DataFile = "data.csv";

    private readonly Draws draws;

    public CommandLine(Draws draws, string command, string csv, bool careful = false)
    {
        this.draws = draws;
        Careful = careful;
        Words = [command];
        Csv = csv;
    }

    /// <summary>The words after the program's name.</summary>
    public List<string> Words { get; }

    /// <summary>Whether its words go with each other and with the file, as a person's who read the manual.</summary>
    public bool Careful { get; }

    /// <summary>The text of the file.</summary>
    public string Csv { get; }

    /// <summary>What a person would type, and the file's text.</summary>
    public string Text =>
        $"margcond {string.Join(' ', Words.Select(word => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'"))}\n{Csv}";

    /// <summary>Adds a number of nodes; few where their number is raised to the third power and more.</summary>
    public void Nodes()
    {
        var several = Words.Exists(word => word.Contains("(x + t |", StringComparison.Ordinal));
        if (several && (Has("--factor") || Words.Exists(word => word.Contains("factor(t)", StringComparison.Ordinal))))
        {
            // An effect for each of up to seven levels: a grid of few nodes each has thousands a cluster.
            Choice(1, "--nodes", "1");
        }
        else if (several)
        {
            Choice(1, "--nodes", "1", "2", "3");
        }
        else if (Words.Exists(word => word.Contains("id/sub", StringComparison.Ordinal) || word.Contains("(x |", StringComparison.Ordinal)
            || word.Contains("+ (1 | sub)", StringComparison.Ordinal)))
        {
            // Squared, and worth seconds with as many as are asked for of one effect.
            Choice(1, "--nodes", "1", "2", "3", "5", "7");
        }
        else
        {
            Choice(2, "--nodes", Careful ? ["1", "2", "5", "7", "15", "25", "auto"] : ["1", "2", "5", "15", "25", "auto", "1000"]);
        }
    }

    /// <summary>Whether a word, or the beginning of one, is on the line.</summary>
    public bool Has(string word) => Words.Exists(given => given.StartsWith(word, StringComparison.Ordinal));

    /// <summary>Adds words.</summary>
    public void Add(params ReadOnlySpan<string> words) => Words.AddRange(words);

    /// <summary>Adds words once in so many times.</summary>
    public void Sometimes(int times, params ReadOnlySpan<string> words)
    {
        if (draws.OneIn(times))
        {
            Add(words);
        }
    }

    /// <summary>Adds an option once in so many times, with one of several values.</summary>
    public void Choice(int times, string option, params ReadOnlySpan<string> values)
    {
        if (draws.OneIn(times))
        {
            Add(option, draws.Pick(values));
        }
    }
}

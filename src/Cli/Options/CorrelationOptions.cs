using System.CommandLine;
using System.CommandLine.Parsing;
using MarginalConditional.Data;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Correlation;

namespace MarginalConditional.Cli.Options;

/// <summary>The options that describe a working correlation of GEE: <c>--wave --corr --m --within --corr-file --moments</c>.</summary>
/// <param name="all">Whether <c>--corr all</c> may ask for a comparison of the structures, and the local odds ratios of ordinal
/// outcomes are known.</param>
internal sealed class CorrelationOptions(bool all = false)
{
    private const string AllWord = "all";

    private readonly Option<string?> wave = new("--wave")
    {
        Description = "The column that orders rows within a cluster; gaps are allowed.",
        HelpName = "COLUMN",
    };
    private readonly Option<string> structure = Choice.Option(
        "--corr",
        all ? "Working correlation of GEE, or all, to compare their criteria." : "Working correlation of GEE.",
        [
            "exchangeable", "independence", "ar1", "unstructured", "m-dependent", "toeplitz", "decay", "nested", "block", "fixed",
            .. all ? [.. LocalOdds.Select(choice => choice.Name), AllWord] : Array.Empty<string>(),
        ]);
    private static readonly WorkingCorrelation[] LocalOdds =
    [
        WorkingCorrelation.LocalOddsUniform, WorkingCorrelation.LocalOddsByPair, WorkingCorrelation.LocalOddsByScore,
        WorkingCorrelation.LocalOddsByPairAndScore,
    ];

    private readonly Option<int?> m = new Option<int?>("--m")
    {
        Description = "The longest distance with correlation of m-dependent; 1 unless given.",
        HelpName = "N",
    }
        .Require(distance => distance >= 1, "has to be 1 or more");
    private readonly Option<string?> within = new("--within")
    {
        Description = "The column of subclusters (nested), or of individuals (block).",
        HelpName = "COLUMN",
    };
    private readonly Option<string?> matrixFile = new("--corr-file")
    {
        Description = "The matrix of fixed: a CSV of numbers, one row a wave, without header.",
        HelpName = "FILE",
    };
    private readonly Option<string> moments = Choice.Option("--moments", "Divisors of GEE's moment estimates.", "n-p", "geepack");

    /// <summary>All of them, for a group of the command's help.</summary>
    public IReadOnlyList<Option> All => [wave, structure, m, within, matrixFile, moments];

    /// <summary>Refuses the options of one structure beside another.</summary>
    public void RefuseIdle(Command command)
    {
        command.HasEffect(
            m, result => result.GetValue(structure) is "m-dependent" or AllWord, "without --corr m-dependent, whose longest distance it is",
            "Say --corr m-dependent, or leave it out.");
        command.HasEffect(
            within,
            result => result.GetValue(structure) is "nested" or "block" or AllWord,
            "without --corr nested or --corr block, which it is for",
            "Say --corr nested for subclusters, --corr block for individuals seen several times, or leave it out.");
        command.HasEffect(
            matrixFile, result => result.GetValue(structure) == "fixed", "without --corr fixed, whose matrix it names",
            "Say --corr fixed, or leave it out.");
    }

    /// <summary>The option <c>--corr</c>.</summary>
    public Option Structure() => structure;

    /// <summary>Whether <c>--corr</c> has the word.</summary>
    public bool Is(SymbolResult result, string word) => result.GetValue(structure) == word;

    /// <summary>The word of <c>--corr</c>.</summary>
    public string Word(ParseResult parse) => parse.GetRequiredValue(structure);

    /// <summary>Whether <c>--corr</c> was typed, rather than left at its default.</summary>
    public bool IsGiven(ParseResult parse) => parse.GetResult(structure) is { Implicit: false };

    /// <summary>The column of <c>--wave</c>, or null.</summary>
    public string? Wave(ParseResult parse) => parse.GetValue(wave);

    /// <summary>The divisors of the moment estimates.</summary>
    public MomentConvention Moments(ParseResult parse) =>
        parse.GetValue(moments) == MomentConvention.Geepack.Name ? MomentConvention.Geepack : MomentConvention.LiangZeger;

    /// <summary>Whether every structure is asked for.</summary>
    public bool AsksForAll(SymbolResult result) => result.GetValue(structure) == AllWord;

    /// <summary>
    /// Every structure that the other options describe: with <c>--within</c> those of subclusters or individuals, else with <c>--wave</c>
    /// those of waves, each beside independence and one correlation for all.
    /// </summary>
    public IReadOnlyList<WorkingCorrelation> Structures(ParseResult parse)
    {
        WorkingCorrelation[] simple = [WorkingCorrelation.Independence, WorkingCorrelation.Exchangeable];
        return (Wave(parse), parse.GetValue(within)) switch
        {
            (null, null) => simple,
            (null, { } column) => [.. simple, WorkingCorrelation.Nested(column)],
            (_, { } column) => [.. simple, WorkingCorrelation.Nested(column), WorkingCorrelation.BlockExchangeable(column)],
            _ =>
            [
                .. simple, WorkingCorrelation.Ar1, WorkingCorrelation.Decay, WorkingCorrelation.MDependent(parse.GetValue(m) ?? 1),
                WorkingCorrelation.Toeplitz, WorkingCorrelation.Unstructured,
            ],
        };
    }

    /// <summary>The same for ordered outcomes, with the local odds ratios where there are waves.</summary>
    public IReadOnlyList<WorkingCorrelation> StructuresOfOrderedOutcomes(ParseResult parse) =>
        Wave(parse) is null ? Structures(parse) : [.. Structures(parse), .. LocalOdds];

    /// <summary>The structure asked for.</summary>
    /// <exception cref="InputException">It needs an option that was not given.</exception>
    public WorkingCorrelation Structure(ParseResult parse) => Word(parse) switch
    {
        "independence" => WorkingCorrelation.Independence,
        "ar1" => WorkingCorrelation.Ar1,
        "unstructured" => WorkingCorrelation.Unstructured,
        "toeplitz" => WorkingCorrelation.Toeplitz,
        "m-dependent" => WorkingCorrelation.MDependent(parse.GetValue(m) ?? 1),
        "decay" => Wave(parse) is null ? throw Missing("--corr decay", "--wave", "the column of times") : WorkingCorrelation.Decay,
        "nested" =>
            WorkingCorrelation.Nested(parse.GetValue(within) ?? throw Missing("--corr nested", "--within", "the column of subclusters")),
        "block" => Wave(parse) is null
            ? throw Missing("--corr block", "--wave", "the column of periods")
            : WorkingCorrelation.BlockExchangeable(parse.GetValue(within)
                ?? throw Missing("--corr block", "--within", "the column of individuals")),
        "fixed" =>
            CorrelationMatrixFile.Read(parse.GetValue(matrixFile) ?? throw Missing("--corr fixed", "--corr-file", "a CSV with the matrix")),
        var word => LocalOdds.FirstOrDefault(choice => choice.Name == word) ?? WorkingCorrelation.Exchangeable,
    };

    /// <summary>Adds what the structure needs of the frame: the wave, the order of rows, a column of its own.</summary>
    public FrameRequest Apply(ParseResult parse, WorkingCorrelation correlation, FrameRequest request) => request with
    {
        RequireClusters = true,
        Wave = Wave(parse),
        RequireDistinctWaves = !correlation.AllowsRepeatedWaves,
        PositionMatters = correlation.DependsOnWaves,
        AuxiliaryGroupings = [.. request.AuxiliaryGroupings, .. new[] { correlation.AuxiliaryColumn }.OfType<string>()],
    };

    /// <summary>Refuses waves that are text where distances in time are needed, and waves in another order than time's.</summary>
    public void RequireNumericWaves(ParseResult parse, WorkingCorrelation correlation, ModelFrame frame)
    {
        if (correlation == WorkingCorrelation.Decay && frame.WaveValues.IsEmpty)
        {
            throw new InputException($"--corr decay needs times as numbers, and the column \"{Wave(parse)}\" has categories.")
            {
                Hint = "Use --corr ar1 to count waves instead.",
            };
        }

        WaveOrder.Require(correlation, frame);
    }

    /// <summary>A command line that lacks an option which another one needs.</summary>
    public static InputException Missing(string what, string option, string meaning) => new($"{what} needs {option}, {meaning}.");
}

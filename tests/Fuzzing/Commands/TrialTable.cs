using System.Globalization;
using System.Text;

namespace MarginalConditional.Fuzzing.Commands;

/// <summary>
/// The table of a fit: outcome, covariates, groups, weights, offsets; small, and wrong in one of many ways. A careful one is a table
/// that can be fitted, with a column now and then that is hard to compute with.
/// </summary>
internal sealed class TrialTable
{
    private readonly Draws draws;
    private readonly double missing;
    private readonly bool bad;
    private readonly bool words;
    private readonly bool careful;

    public TrialTable(Draws draws, bool careful)
    {
        this.draws = draws;
        this.careful = careful;
        missing = draws.OneIn(6) ? 0.2 : 0;
        bad = draws.OneIn(careful ? 60 : 12);
        words = draws.OneIn(25);
        Outcome = Kind(
            HostileColumn.Binary, HostileColumn.Binary, HostileColumn.Count, HostileColumn.Exponential, HostileColumn.Ordinary);
        Covariate = Kind(HostileColumn.Unit, HostileColumn.Ordinary, HostileColumn.Binary, HostileColumn.Count);
        Csv = Write();
    }

    /// <summary>What the outcome is like.</summary>
    public HostileColumn Outcome { get; }

    /// <summary>What the covariate x is like.</summary>
    public HostileColumn Covariate { get; }

    /// <summary>Whether the outcome is Yes or No.</summary>
    public bool HasWords => words && Outcome == HostileColumn.Binary;

    /// <summary>The text of the file.</summary>
    public string Csv { get; }

    private string Write()
    {
        var rows = careful ? draws.Between(16, 64) : draws.OneIn(8) ? draws.Between(1, 4) : draws.Between(4, 60);
        var clusters = careful ? draws.Between(3, 13) : draws.OneIn(20) ? 1 : draws.Between(2, 13);
        var time = Kind(HostileColumn.Count, HostileColumn.Unit, HostileColumn.Ordinary);
        var weight = Kind(HostileColumn.Count, HostileColumn.Unit, HostileColumn.Exponential);
        var offset = Kind(HostileColumn.Unit, HostileColumn.Ordinary, HostileColumn.AtTheEdge);
        var (separated, alias, messy, oneLevel) =
            (draws.OneIn(careful ? 20 : 6), draws.Below(8), draws.OneIn(careful ? 20 : 4), draws.OneIn(careful ? 60 : 6));
        var ofClusters = careful && draws.OneIn(3)
            ? Enumerable.Range(0, clusters).Select(_ => (HostileNumber.Draw(draws, Covariate), Level())).ToArray()
            : null;
        var text = new StringBuilder("y,x,t,g,id,sub,w,o,n,z\n");
        for (var row = 0; row < rows; row++)
        {
            var (x, level) = ofClusters is null ? (HostileNumber.Draw(draws, Covariate), Level()) : ofClusters[row % clusters];
            var y = separated ? (x > 0.5 ? 1 : 0) : HostileNumber.Draw(draws, Outcome);
            var id = messy && draws.OneIn(10) ? draws.Below(clusters) : row % clusters;
            var wave = messy && draws.OneIn(5) ? HostileNumber.Draw(draws, time) : (row / clusters) + 1;
            text.Append(
                CultureInfo.InvariantCulture,
                $"{Word(Field(y))},{Field(x)},{WaveField(wave)},{(oneLevel ? "a" : level)},{id},{row % 3},"
                    + $"{Field(HostileNumber.Draw(draws, weight))},{Field(HostileNumber.Draw(draws, offset))},{Field(Trials())},"
                    + $"{Field(Alias(alias, x))}\n");
        }

        return text.ToString();
    }

    /// <summary>What a column is like; in a careful table mostly like the likely ones, else computable all the same.</summary>
    private HostileColumn Kind(params ReadOnlySpan<HostileColumn> likely) =>
        !careful ? HostileNumber.Kind(draws, likely)
        : draws.OneIn(10) ? draws.Pick(HostileColumn.FarOff, HostileColumn.Skewed, HostileColumn.Wide, HostileColumn.Unit)
        : draws.Pick(likely);

    private string Level() => draws.Pick("a", "b", "c", "d");

    private double Trials() => careful ? 20 + draws.Below(12) : draws.Below(12);

    /// <summary>A covariate that says what another says, or nearly, or not.</summary>
    private double Alias(int kind, double x) => kind switch
    {
        0 => x,
        1 => x * (1 + (1e-12 * draws.Uniform())),
        2 => (2 * x) + 1,
        _ => draws.Uniform(),
    };

    private string Field(double value) =>
        draws.Uniform() < missing ? "NA"
        : bad && draws.OneIn(30) ? draws.Pick("Infinity", "-1", "1e400", "NaN", "0", "-1e300")
        : HostileNumber.Text(value);

    /// <summary>A wave; as text it may be a level, and is to look like no number that went wrong.</summary>
    private string WaveField(double wave) => Field(wave).Replace("Infinity", "Inf", StringComparison.Ordinal);

    private string Word(string field) => !HasWords ? field : field switch
    {
        "0" => "No",
        "1" => "Yes",
        _ => field,
    };
}

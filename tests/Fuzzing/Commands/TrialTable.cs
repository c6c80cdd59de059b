using System.Globalization;
using System.Text;

namespace MarginalConditional.Fuzzing.Commands;

/// <summary>The table of a fit: outcome, covariates, groups, weights, offsets; small, and wrong in one of many ways.</summary>
internal sealed class TrialTable
{
    private readonly Draws draws;
    private readonly double missing;
    private readonly bool bad;
    private readonly bool words;

    public TrialTable(Draws draws)
    {
        this.draws = draws;
        missing = draws.OneIn(6) ? 0.2 : 0;
        bad = draws.OneIn(12);
        words = draws.OneIn(25);
        Outcome = HostileNumber.Kind(
            draws, HostileColumn.Binary, HostileColumn.Binary, HostileColumn.Count, HostileColumn.Exponential, HostileColumn.Ordinary);
        Csv = Write();
    }

    /// <summary>What the outcome is like.</summary>
    public HostileColumn Outcome { get; }

    /// <summary>Whether the outcome is Yes or No.</summary>
    public bool HasWords => words && Outcome == HostileColumn.Binary;

    /// <summary>The text of the file.</summary>
    public string Csv { get; }

    private string Write()
    {
        var rows = draws.OneIn(8) ? draws.Between(1, 4) : draws.Between(4, 60);
        var clusters = draws.OneIn(20) ? 1 : draws.Between(2, 13);
        var covariate = HostileNumber.Kind(draws, HostileColumn.Unit, HostileColumn.Ordinary, HostileColumn.Binary, HostileColumn.Count);
        var time = HostileNumber.Kind(draws, HostileColumn.Count, HostileColumn.Unit, HostileColumn.Ordinary);
        var weight = HostileNumber.Kind(draws, HostileColumn.Count, HostileColumn.Unit, HostileColumn.Exponential);
        var offset = HostileNumber.Kind(draws, HostileColumn.Unit, HostileColumn.Ordinary, HostileColumn.AtTheEdge);
        var (separated, alias, messy, oneLevel) = (draws.OneIn(6), draws.Below(8), draws.OneIn(4), draws.OneIn(6));
        var text = new StringBuilder("y,x,t,g,id,sub,w,o,n,z\n");
        for (var row = 0; row < rows; row++)
        {
            var x = HostileNumber.Draw(draws, covariate);
            var y = separated ? (x > 0.5 ? 1 : 0) : HostileNumber.Draw(draws, Outcome);
            var id = messy && draws.OneIn(10) ? draws.Below(clusters) : row % clusters;
            var wave = messy && draws.OneIn(5) ? HostileNumber.Draw(draws, time) : (row / clusters) + 1;
            text.Append(
                CultureInfo.InvariantCulture,
                $"{Word(Field(y))},{Field(x)},{Field(wave)},{(oneLevel ? "a" : draws.Pick("a", "b", "c", "d"))},{id},{row % 3},"
                    + $"{Field(HostileNumber.Draw(draws, weight))},{Field(HostileNumber.Draw(draws, offset))},{Field(draws.Below(12))},"
                    + $"{Field(Alias(alias, x))}\n");
        }

        return text.ToString();
    }

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

    private string Word(string field) => !HasWords ? field : field switch
    {
        "0" => "No",
        "1" => "Yes",
        _ => field,
    };
}

using System.Text;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Output;

/// <summary>Old consoles, files that other programs read, and spreadsheets.</summary>
public sealed class PlainCharacterTests
{
    private const string Compare =
        "compare examples/toenail/toenail.csv 'y ~ treatment * time' --cluster patientID --treatment treatment --no-checks";

    [Theory]
    [InlineData("\u22120.5 \u2013 \u03C3\u00B2 \u2264 \u221E", "-0.5 - sigma2 <= Inf")]
    [InlineData("\u2500\u2501\u2502\u253C\u2588", "--|+#")]
    [InlineData("Z\u00FCrich, \u0141\u00F3d\u017A, \u6771\u4EAC \U0001F600", "Zurich, Lodz, ?? ?")]
    [InlineData("\u03C3       1.2\n\u03C4\u00B2      3\n", "sigma   1.2\ntau2    3\n")]
    public void Characters_have_a_plain_spelling(string text, string plain) => Assert.Equal(plain, AsciiText.Of(text));

    [Fact]
    public void Ascii_leaves_nothing_else_and_keeps_tables_straight()
    {
        const string meta = "meta tests/reference/data/bcg.csv --measure RR --treat tpos,tneg --control cpos,cneg";
        foreach (var line in new[] { Compare, meta, "--help" })
        {
            var run = Margcond.RunLine(line + " --ascii");
            Assert.True(Ascii.IsValid(run.Out + run.Error), line);
        }
    }

    [Fact]
    public void Json_says_the_same_in_escapes()
    {
        Assert.Equal("{\"a\": \"\\u03C3\"}", AsciiText.OfJson("{\"a\": \"\u03C3\"}"));
        Assert.True(Ascii.IsValid(Margcond.RunLine(Compare + " --ascii --format json").Out));
    }

    [Fact]
    public void A_console_that_lacks_characters_gets_plain_ones_without_asking()
    {
        Assert.False(ConsoleStreams.Shows(Encoding.Latin1));
        Assert.False(ConsoleStreams.Shows(Encoding.ASCII));
        Assert.True(ConsoleStreams.Shows(Encoding.UTF8));
        using var output = new StringWriter();
        using var error = new StringWriter();
        new Application(new ConsoleStreams { Out = output, Error = error, LacksCharacters = true }).Run([.. Margcond.Words(Compare)]);
        Assert.True(Ascii.IsValid(output + error.ToString()));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("txt")]
    public void Files_have_the_minus_that_programs_read(string ending)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "result." + ending);
        Assert.Equal(0, Margcond.RunLine($"{Compare} --out '{path}'").ExitCode);
        var text = File.ReadAllText(path);
        Assert.DoesNotContain("\u2212", text, StringComparison.Ordinal);
        Assert.Contains("-0.0", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Programs_may_have_the_texts_as_they_are()
    {
        using var folder = new TemporaryFolder();
        var data = folder.Write("m.csv", "study,y,v\n=1+1,.1,.2\nb,.3,.2\nc,.2,.3\n");
        string[] line = ["meta", data, "--yi", "y", "--vi", "v", "--format", "csv"];
        Assert.Contains(",'=1+1,", Margcond.Run(line).Out, StringComparison.Ordinal);
        Assert.Contains(",=1+1,", Margcond.Run([.. line, "--raw-csv"]).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("harm", "benefit", "one more benefits")]
    [InlineData("benefit", "harm", "one more is harmed")]
    public void A_number_needed_to_treat_says_whether_it_is_for_benefit_or_harm(string kind, string direction, string shown)
    {
        var run = Margcond.RunLine($"{Compare} --event-is {kind}");
        Assert.Contains($"event is a {kind}", run.Out, StringComparison.Ordinal);
        Assert.Contains(shown, run.Out, StringComparison.Ordinal);
        var json = Margcond.RunLine($"{Compare} --event-is {kind} --format json").Out;
        Assert.Contains($"\"to\": \"{direction}\"", json, StringComparison.Ordinal);
    }
}

using System.Text.Json;
using MarginalConditional.Cli.Commands.Summarize;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Summarize;

/// <summary><see cref="SummarizeCommand"/> through the console.</summary>
public sealed class SummarizeCommandTests : IDisposable
{
    private const string Example = "summarize examples/missing-covariates/estimates.csv --estimate b --se se --truth 0.5 --by method";

    private const string Estimates = """
        n,law,method,r,b,se,lo,hi,df,p,ok,theta
        20,t,a,1,1.2,0.5,0.2,2.2,4,.04,yes,1
        20,t,b,1,1.1,0.4,0.3,1.9,4,.03,yes,1
        20,t,a,2,0.7,0.5,-0.3,1.7,4,.2,yes,1
        20,t,b,2,Inf,NA,NA,NA,NA,NA,failed,1
        100,t,a,1,1.0,0.2,0.6,1.4,NA,.001,warned,2
        100,t,a,2,2.9,0.3,2.3,3.5,Inf,.001,yes,3
        100,t,b,1,1.5,0.2,1.1,1.9,30,.001,yes,2

        """;

    private readonly TemporaryFolder folder = new();
    private readonly string file;

    public SummarizeCommandTests() => file = folder.Write("estimates.csv", Estimates);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_example_has_the_numbers_of_rsimsum_in_every_form()
    {
        var table = Margcond.RunLine(Example + " --replicate dataset --measures all");
        Assert.Equal(0, table.ExitCode);
        Assert.Contains("CC", table.Out, StringComparison.Ordinal);
        Assert.Contains("0.0168 (0.0048)", table.Out, StringComparison.Ordinal);
        Assert.Contains("31.0 (3.9)", table.Out, StringComparison.Ordinal);
        using var json = Json(Example + " --replicate dataset --format json");
        var cell = json.RootElement.GetProperty("cells")[2];
        Assert.Equal("MI_LOGT", cell.GetProperty("method").GetString());
        Assert.Equal(3.9374725, cell.GetProperty("relativePrecision").GetProperty("mcse").GetDouble(), 1e-6);
        var own = json.RootElement.GetProperty("cells")[0].GetProperty("relativePrecision").GetProperty("value");
        Assert.Equal(JsonValueKind.Null, own.ValueKind);
        var csv = Margcond.RunLine(Example + " --replicate dataset --format csv").Out.Split('\n');
        Assert.StartsWith(
            "method,truth,attempted,converged,warned,failed,absent,outliers,incomplete,mean,mean_mcse,bias,", csv[0],
            StringComparison.Ordinal);
        Assert.Equal(5, csv.Length);
        Assert.Contains("\\begin{tabular}", Margcond.RunLine(Example + " --format latex").Out, StringComparison.Ordinal);
        Assert.Contains("| CC |", Margcond.RunLine(Example + " --format markdown").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Scenarios_failures_and_replicates_without_a_row_are_counted()
    {
        var line = $"summarize {file} --estimate b --se se --truth theta --by n,law,method --replicate r --converged ok";
        using var json = Json(line + " --df df --format json");
        var cells = json.RootElement.GetProperty("cells");
        var sizes = cells.EnumerateArray().Select(cell => cell.GetProperty("by").GetProperty("n").GetString());
        Assert.Equal(["20", "20", "100", "100"], sizes);
        Assert.Equal([0, 1, 0, 0], Counts(cells, "failed"));
        Assert.Equal([0, 0, 1, 0], Counts(cells, "warned"));
        Assert.Equal([0, 0, 0, 1], Counts(cells, "absent"));
        Assert.True(cells[2].GetProperty("truthVaries").GetBoolean());
        Assert.Equal(-0.55, cells[2].GetProperty("bias").GetProperty("value").GetDouble(), 1e-12);
        Assert.Equal(3, json.RootElement.GetProperty("warnings").GetArrayLength());
        var table = Margcond.RunLine(line).Out;
        Assert.Contains("mean 2.5000", table, StringComparison.Ordinal);
        Assert.Contains("no row", table, StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_p_values_and_complete_replicates_are_taken_as_given()
    {
        using var json = Json(
            $"summarize {file} --estimate b --lower lo --upper hi --p p --truth 1 --by n,law --method method --replicate r --complete "
                + "--format json");
        var cells = json.RootElement.GetProperty("cells");
        Assert.Equal([1, 1, 1, 1], Counts(cells, "converged"));
        Assert.Equal([1, 0, 1, 0], Counts(cells, "incomplete"));
        Assert.Equal([1.0, 1, 1, 0], cells.EnumerateArray().Select(cell => cell.GetProperty("coverage").GetProperty("value").GetDouble()));
    }

    [Fact]
    public void Several_columns_name_one_method_and_outliers_are_dropped_on_request()
    {
        var two = folder.Write("two.csv", "m1,m2,b\nMI,T,1\nMI,,2\nMI,T,3\nMI,,2.5\nMI,T,2\nMI,T,2.5\nMI,T,90\n");
        using var all = Json($"summarize {two} --estimate b --method m1,m2 --format json");
        var cells = all.RootElement.GetProperty("cells").EnumerateArray();
        Assert.Equal(["MI T", "MI"], cells.Select(cell => cell.GetProperty("method").GetString()));
        using var dropped = Json($"summarize {two} --estimate b --method m1,m2 --drop-outliers --reference MI --format json");
        Assert.Equal([1, 0], Counts(dropped.RootElement.GetProperty("cells"), "outliers"));
        Assert.Equal("MI", dropped.RootElement.GetProperty("reference").GetString());
    }

    [Fact]
    public void Methods_that_are_bare_numbers_are_shown_with_their_column()
    {
        var path = folder.Write("numbered.csv", Estimates.Replace("t,a,", "t,1,", StringComparison.Ordinal)
            .Replace("t,b,", "t,2,", StringComparison.Ordinal).Replace("law,method,", "law,analysis,", StringComparison.Ordinal));
        var line = $"summarize {path} --estimate b --se se --truth theta --by n,law --method analysis";
        Assert.Contains("analysis 2", Margcond.RunLine(line).Out, StringComparison.Ordinal);
        using var json = Json(line + " --format json");
        Assert.Equal("2", json.RootElement.GetProperty("cells")[1].GetProperty("method").GetString());
        var picture = Path.Combine(folder.Path, "loop.svg");
        Assert.Equal(0, Margcond.RunLine($"{line} --plot nested-loop={picture}").ExitCode);
        Assert.Contains(">analysis 1<", File.ReadAllText(picture), StringComparison.Ordinal);
        Assert.DoesNotContain("analysis a", Margcond.RunLine(line.Replace(path, file, StringComparison.Ordinal)
            .Replace("--method analysis", "--method method", StringComparison.Ordinal)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_pictures_and_its_report_are_written()
    {
        var page = At("page.html");
        var run = Margcond.RunLine(
            $"{Example} --replicate dataset --plot zip={At("zip.svg")} --plot nested-loop={At("loop.svg")} --report {page} "
                + "--no-timestamp");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Intervals of", File.ReadAllText(At("zip.svg")), StringComparison.Ordinal);
        var text = File.ReadAllText(page);
        Assert.Contains("How 3 methods did: estimates", text, StringComparison.Ordinal);
        Assert.Contains("Monte Carlo", text, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--estimate c --se se", "There is no column \"c\"")]
    [InlineData("--estimate b --se se --truth thta", "--truth is neither a number nor a column")]
    [InlineData("--estimate b --se se --truth law", "\"t\" is not a number")]
    [InlineData("--estimate law", "\"t\" is not a number")]
    [InlineData("--estimate b --se df --truth lo", "The truth of this row is missing")]
    [InlineData("--estimate b --se se --by n --method method", "There is no method \"c\"", "--reference c")]
    [InlineData("--estimate b --se se --by n,method", "is there twice", "--replicate law")]
    [InlineData("--estimate b --se se", "--complete has no effect", "--complete")]
    [InlineData("--estimate b --lower lo", "belong together")]
    [InlineData("--estimate b --lower hi --upper lo", "above its upper limit")]
    [InlineData("--estimate b --se lo", "is negative")]
    [InlineData("--estimate b --p b", "not between 0 and 1")]
    [InlineData("--estimate b --converged method", "does not say whether a fit converged")]
    [InlineData("--estimate b --measures bais", "Did you mean \"bias\"?")]
    [InlineData("--estimate b --largest-se 3", "--drop-outliers")]
    [InlineData("--estimate b --df df", "--df has no effect")]
    [InlineData("--estimate b --reference a", "no column says which method")]
    public void What_cannot_be_summarized_is_refused_with_what_would_help(string options, string message, string more = "")
    {
        var run = Margcond.RunLine($"summarize {file} {options} {more}");
        Assert.Equal(2, run.ExitCode);
        var words = run.Error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(message, string.Join(' ', words), StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    private string At(string name) => Path.Combine(folder.Path, name);

    private static JsonDocument Json(string line)
    {
        var run = Margcond.RunLine(line);
        Assert.Equal(0, run.ExitCode);
        return JsonDocument.Parse(run.Out);
    }

    private static IEnumerable<int> Counts(JsonElement cells, string name) =>
        [.. cells.EnumerateArray().Select(cell => cell.GetProperty(name).GetInt32())];
}

using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Results;
using MarginalConditional.Cli.RowFiles;

namespace MarginalConditional.Cli.Tests.Results;

public sealed class ResultWriterTests
{
    [Theory]
    [InlineData("Table", "table", true)]
    [InlineData("Csv", "csv\n", true)]
    [InlineData("Json", "json", false)]
    public void Remarks_go_beside_a_table_and_inside_json(string format, string written, bool remarked)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var arguments = new OutputArguments { Format = Enum.Parse<OutputFormat>(format) };
        using var context = new CommandContext(new ConsoleStreams { Out = output, Error = error }, arguments);
        ResultWriter.Write(context, () => "json", () => new ResultTable("csv"), () => context.Text.Write("table"), ["One."], ["Two."]);
        context.Deliver();
        Assert.Equal(written, output.ToString());
        Assert.Equal(remarked ? "margcond: note: One.\nmargcond: warning: Two.\n" : string.Empty, error.ToString());
    }
}

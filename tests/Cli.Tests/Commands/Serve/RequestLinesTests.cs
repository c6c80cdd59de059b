using System.Text;
using MarginalConditional.Cli.Commands.Serve;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Tests.Commands.Serve;

public sealed class RequestLinesTests
{
    [Fact]
    public void Lines_are_those_of_the_text_however_it_comes()
    {
        var text = string.Join('\n', Enumerable.Range(0, 300).Select(i => new string((char)('a' + (i % 26)), i * i % 4001)));
        for (var most = 1; most < 100_000; most *= 7)
        {
            using var stream = new SlowStream(Encoding.UTF8.GetBytes(text), most);
            Assert.Equal(text.Split('\n'), All(new RequestLines(stream)));
        }
    }

    [Fact]
    public void Of_a_line_that_is_too_long_the_beginning_is_kept_and_the_next_is_read()
    {
        using var stream = new SlowStream(Encoding.UTF8.GetBytes(new string('a', 200_000) + "\nb\n" + new string('c', 70_000)), 65_536);
        var lines = All(new RequestLines(stream, longest: 10)).ToArray();
        Assert.Equal("b", lines[1]);
        var exception = Assert.Throws<InputException>(() => RequestLines.RequireWhole(Encoding.UTF8.GetBytes(lines[0]), longest: 10));
        Assert.Equal("The request has more than 10 bytes.", exception.Message);
    }

    private static IEnumerable<string> All(RequestLines lines)
    {
        while (lines.Read() is { } line)
        {
            yield return Encoding.UTF8.GetString(line.Span);
        }
    }

    /// <summary>Gives a few bytes at a time, as a pipe does.</summary>
    private sealed class SlowStream(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, most));
    }
}

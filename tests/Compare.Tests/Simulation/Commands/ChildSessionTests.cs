using System.Diagnostics;
using MarginalConditional.Compare.Simulation.Commands;
using MarginalConditional.Data;

namespace MarginalConditional.Compare.Tests.Simulation.Commands;

/// <summary>A line in, a line out; and every way in which a child can fail to answer ends in a sentence that says which.</summary>
public sealed class ChildSessionTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("margcond").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("Rscript method.R", new[] { "Rscript", "method.R" })]
    [InlineData("  python3   -u 'my method.py' \"a b\"c  ", new[] { "python3", "-u", "my method.py", "a bc" })]
    [InlineData("x ''", new[] { "x", "" })]
    public void Words_are_parted_by_blanks_and_kept_by_quotes(string text, string[] words) =>
        Assert.Equal(words, new ChildCommand { Text = text }.Words());

    [Theory]
    [InlineData("")]
    [InlineData("Rscript 'method.R")]
    public void Commands_without_words_are_refused(string text) =>
        Assert.Throws<InputException>(() => new ChildCommand { Text = text }.Words());

    [UnixFact]
    public void Each_line_gets_its_answer_from_one_process()
    {
        using var session = Start("""n=$((n + 1)); echo "{\"n\": $n, \"x\": $(of x), \"pid\": $$}" """);
        Assert.Equal("child 1", session.Ready);
        var first = session.Ask("""{"x":7}""");
        var second = session.Ask("""{"x":8}""");
        Assert.Equal((1, 7), (first.GetProperty("n").GetInt32(), first.GetProperty("x").GetInt32()));
        Assert.Equal((2, 8), (second.GetProperty("n").GetInt32(), second.GetProperty("x").GetInt32()));
        Assert.Equal(first.GetProperty("pid").GetInt32(), second.GetProperty("pid").GetInt32());
    }

    [UnixFact]
    public void Long_lines_pass_both_ways()
    {
        using var session = Start("""echo "{\"back\": \"$line\"}" | tr -d '{}"' | sed 's/^/{"n": "/; s/$/"}/' """);
        var text = new string('a', 1_000_000);
        Assert.Contains(text, session.Ask("{\"x\":\"" + text + "\"}").GetProperty("n").GetString(), StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_line_without_an_end_is_not_read_for_ever()
    {
        // Two million bytes that end in no line feed, and a child that would wait for the next line.
        const string Body = "head -c 2000000 /dev/zero | tr '\\0' 'a'";
        var command = new ChildCommand { Text = Child.Write(folder, Body), MostBytes = 1024 * 1024 };
        using var session = ChildSession.Start(command);
        Assert.EndsWith(
            "answered with more than 1 MB on a line",
            Assert.Throws<ChildException>(() => session.Ask("{}")).Message,
            StringComparison.Ordinal);
        Assert.Equal(256 * 1024 * 1024, new ChildCommand { Text = "x" }.MostBytes);
    }

    [UnixFact]
    public void A_child_that_ends_says_how()
    {
        using var session = Start("echo 'Error in solve: singular' >&2; exit 3");
        Assert.EndsWith(
            "ended with exit code 3, saying: Error in solve: singular",
            Assert.Throws<ChildException>(() => session.Ask("{}")).Message,
            StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_child_that_takes_too_long_is_ended_with_all_it_started()
    {
        var command = new ChildCommand { Text = Child.Write(folder, "sleep 60"), TimeLimit = TimeSpan.FromSeconds(1) };
        using var session = ChildSession.Start(command);
        var clock = Stopwatch.StartNew();
        Assert.EndsWith(
            "gave no answer in 1 s", Assert.Throws<ChildException>(() => session.Ask("{}")).Message, StringComparison.Ordinal);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30));
    }

    [UnixTheory]
    [InlineData("echo hello", "answered \"hello\", which is not an object of JSON")]
    [InlineData("echo 17", "answered \"17\", which is not an object of JSON")]
    public void An_answer_that_is_no_object_is_shown(string body, string said)
    {
        using var session = Start(body);
        Assert.EndsWith(said, Assert.Throws<ChildException>(() => session.Ask("{}")).Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_first_line_that_is_no_greeting_is_shown() => Assert.Contains(
        "and not with {\"ready\"",
        Assert.Throws<ChildException>(
            () => ChildSession.Start(new ChildCommand { Text = Child.Write(folder, "echo", "{}") }).Dispose()).Message,
        StringComparison.Ordinal);

    [UnixFact]
    public void A_program_that_is_not_there_is_named() => Assert.Contains(
        "no-such-program-7",
        Assert.Throws<ChildException>(() => ChildSession.Start(new ChildCommand { Text = "no-such-program-7 x" }).Dispose()).Message,
        StringComparison.Ordinal);

    private ChildSession Start(string body) => ChildSession.Start(new ChildCommand { Text = Child.Write(folder, body) });
}

using System.Diagnostics;
using MarginalConditional.Cli.Publishing;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Publishing;

/// <summary>A command line that was written down is read by a shell as the words that it was made of.</summary>
public sealed class ShellTextTests
{
    private static readonly string[][] CommandLines =
    [
        ["gee", "trial.csv", "y ~ arm * time", "--cluster", "id"],
        ["plan", "--control", "0.3", "--df", "k-2"],
        ["gee", "my data.csv", "said == \"yes\" ~ arm", "--where", "cost > $5 & `x` != 'b'"],
        ["meta", string.Empty, "a\\b", "it's", "don't \"quote\" me", "!history", "*", "#comment", "~home", "(1 | id)"],
        ["lmm", "tab\there", "two\nlines", "umlaut ü", "-", "--", "=x", "a;b", "a&b", "<in", ">out", "{a,b}", "[ab]", "a?"],
    ];

    public static TheoryData<int> Lines => [0, 1, 2, 3, 4];

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_shell_reads_back_the_words(int line)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Assert.Equal(CommandLines[line], Read(ShellText.Of(CommandLines[line])));
        foreach (var width in new[] { 20, 40, 80, 400 })
        {
            Assert.Equal(CommandLines[line], Read(string.Join('\n', ShellText.Lines(CommandLines[line], width))));
        }
    }

    [Fact]
    public void Plain_words_stand_without_quotes() => Assert.Equal(
        "gee data/trial.csv \"y ~ x\" --level 0.9 --at age=40,60",
        ShellText.Of(["gee", "data/trial.csv", "y ~ x", "--level", "0.9", "--at", "age=40,60"]));

    [Fact]
    public void Lines_are_within_the_width_where_their_words_are()
    {
        string[] words = ["simulate", "study.yaml", "--replicates", "100", "--plot", "zip=zip.svg", "--out", "folder", "--threads", "2"];
        for (var width = 30; width < 100; width += 7)
        {
            var lines = ShellText.Lines(words, width).ToArray();
            Assert.All(lines, line => Assert.True(line.Length <= width, $"{width}: {line}"));
            Assert.All(lines[..^1], line => Assert.EndsWith(" \\", line, StringComparison.Ordinal));
            Assert.Equal(ShellText.Of(words), Answers.Flat(string.Join(' ', lines).Replace("\\", string.Empty, StringComparison.Ordinal)));
        }
    }

    /// <summary>A formula is longer than a line: it goes on in the next, within its quotes.</summary>
    [Fact]
    public void A_long_text_in_quotes_is_broken_at_its_spaces()
    {
        var formula = "outcome ~ " + string.Join(" + ", Enumerable.Range(1, 30).Select(k => $"covariate{k}"));
        var lines = ShellText.Lines(["gee", "t.csv", formula, "--cluster", "id"], 60).ToArray();
        Assert.True(lines.Length > 6);
        Assert.All(lines, line => Assert.True(line.Length <= 60, line));
        var joined = string.Join('\n', lines).Replace("\\\n", string.Empty, StringComparison.Ordinal);
        Assert.Equal($"gee t.csv \"{formula}\" --cluster id", Answers.Flat(joined));
    }

    private static string[] Read(string words)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"printf '%s\\0' {words}");
        using var shell = Process.Start(start)!;
        var output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
        return output.Split('\0')[..^1];
    }
}

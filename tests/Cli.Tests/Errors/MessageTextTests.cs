using MarginalConditional.Cli.Errors;
using MarginalConditional.Cli.Output;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Tests.Errors;

/// <summary>
/// Sentences on standard error: a lead, lines within the width, hints below, and nothing lost but the middle of very long ones.
/// </summary>
public sealed class MessageTextTests
{
    private const string Sentence =
        "The column of clusters holds 12 values, of which three are missing; say which rows belong together, or leave these rows out.";

    public static TheoryData<int> Widths => [40, 55, 80, 200];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Lines_are_as_wide_as_they_may_be_and_no_wider(int width)
    {
        var lines = PlainWrap.Lines(Sentence, width - 10, width).ToArray();
        Assert.Equal(Sentence, string.Join(' ', lines));
        Assert.True(lines[0].Length <= width - 10);
        Assert.All(lines[1..], line => Assert.True(line.Length <= width));

        // The next word would not have fitted.
        for (var k = 0; k + 1 < lines.Length; k++)
        {
            Assert.True(lines[k].Length + 1 + lines[k + 1].Split(' ')[0].Length > (k == 0 ? width - 10 : width));
        }
    }

    [Fact]
    public void A_word_longer_than_a_line_stays_whole_and_line_feeds_stay()
    {
        var word = new string('w', 70);
        Assert.Equal(["to", word, "be"], PlainWrap.Lines($"to {word} be", 40, 40));
        Assert.Equal(["first line", "second"], PlainWrap.Lines("first  line\nsecond", 40, 40));
        Assert.Equal([string.Empty], PlainWrap.Lines(string.Empty, 40, 40));
    }

    [Fact]
    public void A_lead_stands_before_the_first_line_and_blanks_before_the_others()
    {
        using var text = new StringWriter { NewLine = "\n" };
        PlainWrap.Beside(ConsoleFactory.Create(text, 60, terminal: false), "  says   ", Sentence, 60);
        var lines = text.ToString().TrimEnd('\n').Split('\n');
        Assert.StartsWith("  says   The column", lines[0], StringComparison.Ordinal);
        Assert.All(lines[1..], line => Assert.StartsWith(new string(' ', 9), line, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.True(line.TrimEnd().Length <= 60));
        Assert.Equal("says " + Sentence, Harness.Answers.Flat(text.ToString()));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void An_error_has_its_place_its_sentence_and_its_hints_on_lines_of_their_own(int width)
    {
        var exception = new InputException(Sentence) { File = "trial.csv", Line = 7, Hint = "Add --cluster id.\nOr leave it out." };
        var text = MessageText.Error(exception, width);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var lines = text.TrimEnd('\n').Split('\n');
        Assert.StartsWith("margcond: trial.csv", lines[0], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.True(line.Length <= width, line));
        Assert.All(lines[1..], line => Assert.StartsWith(new string(' ', 10), line, StringComparison.Ordinal));
        Assert.Contains(exception.Place, lines[0], StringComparison.Ordinal);
        Assert.Equal(["Add --cluster id.", "Or leave it out."], lines[^2..].Select(line => line.Trim()));
        Assert.Equal(
            $"margcond: {exception.Place}: {Sentence} Add --cluster id. Or leave it out.", Harness.Answers.Flat(text));
    }

    [Fact]
    public void Warnings_and_notes_say_what_they_are()
    {
        Assert.Equal("margcond: warning: Few clusters.\n", MessageText.Warning("Few clusters.", 80));
        Assert.Equal("margcond: note: Read as a number.\n", MessageText.Note("Read as a number.", 80));
        Assert.Equal("margcond: Give --rho.\n", MessageText.Error(new InputException("Give --rho."), 80));
        Assert.Equal("Disk full.", MessageText.Sentence("Disk full"));
        Assert.Equal("Disk full.", MessageText.Sentence("Disk full. "));
    }

    [Fact]
    public void A_defect_is_said_to_be_one_and_how_to_report_it()
    {
        var text = Harness.Answers.Flat(MessageText.Defect(new InvalidOperationException("no\nway"), 80, verbose: false));
        Assert.Equal(
            "margcond: InvalidOperationException: no way This is a defect of margcond, please report it with the command line and the "
                + "output of --verbose.", text);
        var verbose = Harness.Answers.Flat(MessageText.Defect(new InvalidOperationException("no"), 80, verbose: true));
        Assert.EndsWith("please report it.", verbose, StringComparison.Ordinal);
    }

    /// <summary>A formula of a megabyte is quoted by its beginning and its end.</summary>
    [Fact]
    public void Of_a_very_long_sentence_the_middle_is_left_out()
    {
        var sentence = $"begin {new string('m', 100_000)} end";
        var text = MessageText.Error(new InputException(sentence), 80);
        Assert.StartsWith("margcond: begin", text, StringComparison.Ordinal);
        Assert.EndsWith("end\n", text, StringComparison.Ordinal);
        Assert.Contains('\u2026', text);
        Assert.True(text.Length < 2_000);
    }

    [Fact]
    public void Control_characters_of_what_was_given_do_not_reach_a_terminal() => Assert.DoesNotContain(
        MessageText.Error(new InputException("There is no column \"a\u001b[31mb\u0007\"."), 80),
        character => char.IsControl(character) && character != '\n');
}

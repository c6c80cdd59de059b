using System.Text;
using MarginalConditional.Compare.Simulation.Commands;

namespace MarginalConditional.Compare.Tests.Simulation.Commands;

/// <summary><see cref="ChildAnswer"/>: a line is an object whose names and texts can be read, or a failure of the child.</summary>
public sealed class ChildAnswerTests
{
    private static readonly ChildCommand Command = new() { Text = "child" };

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("Loading required package: Matrix")]
    [InlineData("{\"a\": 1")]
    [InlineData("{\"csv\": \"\\ud800\"}")]
    [InlineData("{\"\\udc00\": 1}")]
    [InlineData("{\"a\": [{\"b\": \"\\udc00\\ud800\"}]}")]
    public void What_is_no_object_of_text_is_a_failure_that_shows_the_line(string line)
    {
        var failure = Assert.Throws<ChildException>(() => ChildAnswer.Object(Command, Encoding.UTF8.GetBytes(line)));
        Assert.Contains($"answered \"{line}\", which is not an object of JSON", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_a_failure_and_no_control_character_is_shown()
    {
        byte[] line = [.. "{\"csv\": \""u8, 0xFF, 0x1B, .. "\"}"u8];
        var failure = Assert.Throws<ChildException>(() => ChildAnswer.Object(Command, line));
        Assert.DoesNotContain(failure.Message, char.IsControl);
    }

    [Fact]
    public void Whole_pairs_of_surrogates_and_other_escapes_are_text()
    {
        var answer = ChildAnswer.Object(Command, "{\"csv\": \"\\ud83d\\ude00\\u001b\\n\"}"u8.ToArray());
        Assert.Equal("\ud83d\ude00\u001b\n", answer.GetProperty("csv").GetString());
        Assert.Equal("mine 1", ChildAnswer.Ready(Command, ChildAnswer.Object(Command, "{\"ready\": \"mine 1\"}"u8.ToArray())));
        foreach (var wrong in new[] { "{}", "{\"ready\": 1}", "{\"ready\": \" \"}" })
        {
            var other = ChildAnswer.Object(Command, Encoding.UTF8.GetBytes(wrong));
            var failure = Assert.Throws<ChildException>(() => ChildAnswer.Ready(Command, other));
            Assert.Contains("began with", failure.Message, StringComparison.Ordinal);
        }
    }
}

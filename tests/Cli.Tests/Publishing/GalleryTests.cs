using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Publishing;

/// <summary>Every picture of docs/pictures.md is made again by the command beside it: the same elements, texts and places.</summary>
/// <remarks>With <c>MARGCOND_UPDATE_DOCUMENTS=1</c> in the environment the pictures are rewritten; look at each of them then.</remarks>
public sealed partial class GalleryTests
{
    private const string Folder = "docs/pictures/";

    /// <summary>A picture's places may differ in the last digit between processors.</summary>
    private const double Pixels = 0.06;

    public static TheoryData<string> Commands => [.. ((string[])["docs/pictures.md", "README.md"])
        .SelectMany(document => File.ReadLines(Repository.File(document)))
        .Where(line => line.StartsWith("margcond ", StringComparison.Ordinal) && line.Contains("=" + Folder, StringComparison.Ordinal))
        .Distinct()];

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_command_draws_the_pictures_beside_it(string command)
    {
        var update = Environment.GetEnvironmentVariable("MARGCOND_UPDATE_DOCUMENTS") == "1";
        using var folder = new TemporaryFolder();
        var words = Margcond.Words(command["margcond ".Length..]).ToArray();
        var places = words.Where(word => word.Contains(Folder, StringComparison.Ordinal)).Select(word => word.Split('=')[1]).ToArray();
        Assert.NotEmpty(places);
        var to = update ? Repository.File(Folder) + "/" : folder.Path + "/";
        var result = Margcond.Run([.. words.Select(word => word.Replace(Folder, to, StringComparison.Ordinal))]);
        Assert.Equal(0, result.ExitCode);
        foreach (var place in places)
        {
            var made = XDocument.Load(Path.Combine(to, Path.GetFileName(place))).Root!;
            Same(XDocument.Load(Repository.File(place)).Root!, made, place);
        }
    }

    [Fact]
    public void Every_picture_has_its_command_and_is_shown_with_words_for_it()
    {
        var text = File.ReadAllText(Repository.File("docs/pictures.md"));
        Assert.All(Directory.GetFiles(Repository.File(Folder), "*.svg"), path =>
        {
            Assert.Contains($"={Folder}{Path.GetFileName(path)}", text, StringComparison.Ordinal);
            Assert.Matches($@"!\[[^\]]{{20,}}\]\(pictures/{Regex.Escape(Path.GetFileName(path))}\)", text);
        });
    }

    [Fact]
    public void The_README_shows_two_pictures_made_by_the_commands_beside_them()
    {
        var text = File.ReadAllText(Repository.File("README.md"));
        string[] shown = [.. Shown().Matches(text).Select(match => match.Groups["place"].Value)];
        Assert.Equal(2, shown.Length);
        Assert.All(shown, place => Assert.Contains("=" + place, text, StringComparison.Ordinal));
    }

    private static void Same(XElement expected, XElement actual, string where)
    {
        Assert.True(expected.Name == actual.Name, $"{where}: {actual.Name} in place of {expected.Name}");
        Assert.Equal(expected.Attributes().Select(one => one.Name), actual.Attributes().Select(one => one.Name));
        foreach (var (one, other) in expected.Attributes().Zip(actual.Attributes()))
        {
            Same(one.Value, other.Value, where);
        }

        Assert.Equal(
            expected.Nodes().OfType<XText>().Select(text => text.Value), actual.Nodes().OfType<XText>().Select(text => text.Value));
        Assert.Equal(expected.Elements().Count(), actual.Elements().Count());
        foreach (var (one, other) in expected.Elements().Zip(actual.Elements()))
        {
            Same(one, other, where);
        }
    }

    private static void Same(string expected, string actual, string where)
    {
        Assert.Equal(Number().Replace(expected, "#"), Number().Replace(actual, "#"));
        foreach (var (one, other) in Number().Matches(expected).Zip(Number().Matches(actual)))
        {
            var difference = double.Parse(one.Value, CultureInfo.InvariantCulture) - double.Parse(other.Value,
                CultureInfo.InvariantCulture);
            Assert.True(Math.Abs(difference) <= Pixels, $"{where}: {expected} and {actual}");
        }
    }

    [GeneratedRegex(@"!\[[^\]]{20,}\]\((?<place>docs/pictures/[^)]+\.svg)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Shown();

    [GeneratedRegex(@"-?\d+(\.\d+)?(E-?\d+)?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Number();
}
